import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { noMachine } from './no-machine.ts';

it('finds paths of one machine and registries', () => {
  for (const text of [
    "const a = '/tmp/x';",
    'cd /home/me/lianbing',
    "read('/root/a')",
    'https://registry.npmmirror.com/x',
  ])
    expect(lookAt(noMachine, { 'docs/a.md': text }), text).toHaveLength(1);
});

it('passes paths of the program and of the web', () => {
  for (const text of [
    "href('/office/people')",
    'src/lib/work/a.ts',
    'https://example.org/home/',
    "join(tmpdir(), 'x')",
  ])
    expect(lookAt(noMachine, { 'src/a.ts': text }), text).toEqual([]);
});
