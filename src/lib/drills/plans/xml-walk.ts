/** An element of a document's XML; text stands between its children. */
export type XmlNode = { name: string; attributes: Record<string, string>; children: (XmlNode | string)[] };

const TOKEN =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Deeper than any document is written: a file made to be deep is refused. */
const DEPTH_MAX = 400;

/**
 * Reads XML without a document type: entities other than XML's own stay as they are, so that nothing can
 * grow. Null when it is not well formed.
 */
export function readXml(source: string): XmlNode | null {
  const root: XmlNode = { name: '', attributes: {}, children: [] };
  const open = [root];
  for (const [, cdata, closing, name, attributes, empty, text] of source.matchAll(TOKEN)) {
    const parent = open.at(-1)!;
    if (cdata !== undefined) parent.children.push(cdata);
    else if (text !== undefined) parent.children.push(unescaped(text));
    else if (name === undefined) continue;
    else if (closing) {
      if (open.length === 1 || open.pop()!.name !== name) return null;
    } else {
      const node = { name, attributes: attributesOf(attributes ?? ''), children: [] };
      parent.children.push(node);
      if (!empty && open.push(node) > DEPTH_MAX) return null;
    }
  }
  if (open.length !== 1) return null;
  return childrenOf(root)[0] ?? null;
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE))
    found[name!] = unescaped(double ?? single ?? '');
  return found;
}

function unescaped(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** The elements directly inside, of one name or all. */
export function childrenOf(node: XmlNode | undefined, name?: string): XmlNode[] {
  return (node?.children ?? []).filter(
    (child): child is XmlNode => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** Follows names down from a node, the first of each. */
export function within(node: XmlNode | undefined, ...names: string[]): XmlNode | undefined {
  return names.reduce<XmlNode | undefined>((found, name) => childrenOf(found, name)[0], node);
}

/** The `w:val` of an element of WordprocessingML. */
export function valueOf(node: XmlNode | undefined): string | undefined {
  return node?.attributes['w:val'];
}
