import { Marked, type Tokens } from 'marked';
import { TABLE_LABEL } from './markdown-words.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

const BASE = 'https://here.invalid';
const ALLOWED = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/**
 * An address that may stand in a page: http, https, mailto, tel, or a path of our own; null for anything
 * else (javascript:, data:, //elsewhere and what browsers read as such after dropping control characters).
 */
export function safeAddress(href: string): string | null {
  const text = href.trim();
  const address = parsed(text);
  if (!address) return null;
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text)?.[0].toLowerCase();
  if (scheme === undefined) return address.origin === BASE ? text : null;
  return scheme === address.protocol && ALLOWED.has(scheme) && address.origin !== BASE ? text : null;
}

function parsed(href: string): URL | null {
  try {
    return new URL(href, BASE);
  } catch {
    return null; // Not an address at all: shown as text.
  }
}

/** Images come from this installation, or from elsewhere by https; nothing else is fetched. */
function safeImage(href: string): string | null {
  const address = safeAddress(href);
  return address !== null && /^(https:|[^:]*$)/i.test(address) ? address : null;
}

const plain = new Marked({ gfm: true, breaks: true, async: false });

function makeMarked(shift: number): Marked {
  return new Marked({
    gfm: true,
    breaks: true,
    async: false,
    renderer: {
      html: ({ text }) => escaped(text),
      heading({ tokens, depth }: Tokens.Heading) {
        const level = Math.max(1, Math.min(6, depth + shift));
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      link({ href, title, tokens }: Tokens.Link) {
        const inner = this.parser.parseInline(tokens);
        const address = safeAddress(href);
        if (address === null) return inner;
        const elsewhere = /^https?:/i.test(address) ? ' rel="noopener noreferrer"' : '';
        return `<a href="${escaped(address)}"${title ? ` title="${escaped(title)}"` : ''}${elsewhere}>${inner}</a>`;
      },
      image({ href, text }: Tokens.Image) {
        const address = safeImage(href);
        if (address === null) return escaped(text);
        return `<img src="${escaped(address)}" alt="${escaped(text)}" loading="lazy">`;
      },
      table({ header, rows }: Tokens.Table) {
        const cells = (row: Tokens.TableCell[], tag: 'th' | 'td') =>
          row
            .map(
              (cell) =>
                `<${tag}${tag === 'th' ? ' scope="col"' : ''}${cell.align === 'right' ? ' class="end"' : ''}>` +
                `${this.parser.parseInline(cell.tokens)}</${tag}>`,
            )
            .join('');
        const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
        return `<div class="wide" role="region" aria-label="${TABLE_LABEL}" tabindex="0"><table><thead><tr>${cells(header, 'th')}</tr></thead><tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
}

const byShift = new Map<number, Marked>();

/**
 * Markdown as HTML that may be put into a page: raw HTML is shown as text, addresses are checked, and the
 * highest heading becomes one of `headingLevel` so that the page keeps its own outline.
 */
export function safeMarkdown(text: string, headingLevel = 2): string {
  const tokens = plain.lexer(text);
  const depths = tokens.flatMap((token) =>
    token.type === 'heading' ? [(token as Tokens.Heading).depth] : [],
  );
  const shift = headingLevel - Math.min(6, ...depths);
  let marked = byShift.get(shift);
  if (!marked) byShift.set(shift, (marked = makeMarked(shift)));
  return marked.parser(tokens);
}
