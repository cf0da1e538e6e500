import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeAddress, safeMarkdown } from './safe-markdown.ts';

test('sets headings, lists, emphasis and tables', () => {
  const html = safeMarkdown('# 汛期\n\n- **转移**\n- 报告\n\n| 乡镇 | 人 |\n|---|--:|\n| 会亭镇 | 12 |\n');
  expect(html).toContain('<h2>汛期</h2>');
  expect(html).toContain('<li><strong>转移</strong></li>');
  expect(html).toContain('<th scope="col">乡镇</th>');
  expect(html).toContain('<td class="end">12</td>');
});

test('the highest heading takes the level the page has room for', () => {
  expect(safeMarkdown('## 一\n\n### 二')).toBe('<h2>一</h2>\n<h3>二</h3>\n');
  expect(safeMarkdown('### 二\n\n# 一', 3)).toBe('<h5>二</h5>\n<h3>一</h3>\n');
});

test('raw HTML is shown, never obeyed', () => {
  const html = safeMarkdown('<script>alert(1)</script>\n\n点<img src=x onerror=alert(1)>此');
  expect(html).not.toMatch(/<(script|img)/);
  expect(html).toContain('&lt;script&gt;');
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:x',
  '//elsewhere.example/x',
  '\\\\elsewhere.example/x',
  'https:',
])('refuses the address %j', (href) => {
  expect(safeAddress(href)).toBeNull();
});

test.each([
  'https://www.mem.gov.cn/',
  'http://192.168.1.5/x',
  'mailto:a@b.cn',
  'tel:12350',
  '/courses/1',
  '#a',
  '?q=1',
  'b/c',
])('allows the address %j', (href) => {
  expect(safeAddress(href)).toBe(href);
});

test('a link with a refused address becomes its words', () => {
  expect(safeMarkdown('[看这里](javascript:alert(1))')).toBe('<p>看这里</p>\n');
  expect(safeMarkdown('![图](data:image/svg+xml,x)')).toBe('<p>图</p>\n');
  expect(safeMarkdown('![图](http://x.example/a.png)')).toBe('<p>图</p>\n');
});

test('attributes cannot be broken out of', () => {
  expect(safeMarkdown('[a](/x "t\\" onclick=\\"alert(1)")')).not.toMatch(/ onclick="/);
  expect(safeMarkdown('![a" onerror="alert(1)](/x.png)')).not.toMatch(/ onerror="/);
});

test('whatever is written, only known elements come out', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '[a](',
    ')',
    '![',
    ']',
    'javascript:',
    '\n',
    '`',
    '*',
    '<svg onload=x>',
    '&lt;',
    '#',
    '|',
    '汛',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
      const html = safeMarkdown(parts.join(''));
      const names = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map((match) => match[1]?.toLowerCase());
      const known = [
        'p',
        'h2',
        'h3',
        'h4',
        'h5',
        'h6',
        'ul',
        'ol',
        'li',
        'em',
        'strong',
        'del',
        'code',
        'pre',
        'blockquote',
        'a',
        'img',
        'br',
        'hr',
        'div',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'input',
      ];
      for (const name of names) expect(known).toContain(name);
      expect(html).not.toMatch(/(href|src)="\s*(javascript|data|vbscript):/i);
    }),
  );
});
