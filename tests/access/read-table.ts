/** Who asks: the columns of the table, in their order. */
export const WHO = [
  'visitor',
  'trainee',
  'village',
  'huiting',
  'xiayi',
  'lushi',
  'xuchang',
  'instructor',
  'officer',
  'invigilator',
  'enterprise',
  'worker',
  'admin',
] as const;
export type Who = (typeof WHO)[number];

/** One line: what is asked, with what form if it is a POST, and what each gets. */
export type Line = { route: string; form: string; expected: string };

/** Reads `POST /a/[b]?/close reason=x | 303 403 …`; blank lines and lines that begin with # are for people. */
export function readTable(text: string): Line[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [left = '', right = ''] = line.split('|').map((part) => part.trim());
      const [method, address, ...form] = left.split(/\s+/);
      const expected = right.split(/\s+/);
      if (expected.length !== WHO.length)
        throw new Error(`${left}: ${expected.length} answers for ${WHO.length} people`);
      return { route: `${method} ${address}`, form: form.join(' '), expected: expected.join(' ') };
    });
}
