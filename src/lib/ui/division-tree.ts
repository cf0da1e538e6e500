import { isFoundBy } from './pinyin-match.ts';

/** A place in a tree of divisions. `children` is absent until they were loaded. */
export type DivisionNode = {
  id: string;
  code: string;
  name: string;
  pinyin?: string;
  hasChildren: boolean;
  children?: DivisionNode[];
};

export type DivisionRow = { node: DivisionNode; level: number; parent: string | null; expanded: boolean };

/**
 * The rows to show, from top to bottom. Without a query: the expanded branches. With one: every loaded
 * division found by name, pinyin or code, under its ancestors, which stand open.
 */
export function divisionRows(nodes: DivisionNode[], open: ReadonlySet<string>, query: string): DivisionRow[] {
  const searching = query.trim() !== '';
  const rowsOf = (siblings: DivisionNode[], level: number, parent: string | null): DivisionRow[] =>
    siblings.flatMap((node) => {
      const expanded = searching ? false : open.has(node.id);
      const below = searching || expanded ? rowsOf(node.children ?? [], level + 1, node.id) : [];
      const found =
        !searching || isFoundBy({ label: node.name, pinyin: node.pinyin, code: node.code }, query);
      if (!found && below.length === 0) return [];
      return [{ node, level, parent, expanded: expanded || (searching && below.length > 0) }, ...below];
    });
  return rowsOf(nodes, 1, null);
}

/** The names from the root down to one division: what tells two townships of one name apart. */
export function divisionPath(nodes: DivisionNode[], id: string): DivisionNode[] {
  for (const node of nodes) {
    if (node.id === id) return [node];
    const below = divisionPath(node.children ?? [], id);
    if (below.length > 0) return [node, ...below];
  }
  return [];
}

/** The tree with the children of one division put in. */
export function withChildren(nodes: DivisionNode[], id: string, children: DivisionNode[]): DivisionNode[] {
  return nodes.map((node) =>
    node.id === id
      ? { ...node, children }
      : node.children
        ? { ...node, children: withChildren(node.children, id, children) }
        : node,
  );
}
