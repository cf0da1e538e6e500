import { expect, it } from 'vitest';
import { browserFloor } from './browser-floor.ts';
import { lookAt } from './look-at.ts';

it('finds what the oldest browser or plain http lacks, in a component and in what it imports', () => {
  const files = {
    'src/lib/ui/A.svelte':
      "<script>\n  import { last } from './last.ts';\n  const id = crypto.randomUUID();\n</script>",
    'src/lib/ui/last.ts': "import { deep } from '#lib/kernel/deep.ts';\nrows.findLast(a);",
    'src/lib/kernel/deep.ts': 'structuredClone(a);',
    'src/app.css': 'p:has(a) {}',
  };
  expect(lookAt(browserFloor, files).map((line) => line.split(' ')[0])).toEqual([
    'src/lib/ui/A.svelte:3',
    'src/lib/ui/last.ts:2',
    'src/lib/kernel/deep.ts:1',
    'src/app.css:1',
  ]);
});

it('passes the server, and what only its types are taken from', () => {
  const files = {
    'src/lib/ui/A.svelte': "<script>\n  import type { Row } from '#lib/exams/rows.ts';\n</script>",
    'src/lib/exams/rows.ts': 'rows.toSorted();',
    'src/lib/server/log.ts': 'rows.toSorted();',
  };
  expect(lookAt(browserFloor, files)).toEqual([]);
});
