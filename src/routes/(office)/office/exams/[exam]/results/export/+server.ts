import type { RequestEvent } from './$types';
import { RESULT_COLUMN_KINDS } from '#lib/exams/copy.ts';
import { exportResults } from '#lib/exams/results.server.ts';
import { instantText } from '#lib/kernel/day.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';
import { RESULT_SHEET } from '#lib/exams/copy.ts';
import { tableWorkbook } from '#lib/server/sheets/write-table.ts';

export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const { title, columns, rows } = await exportResults(locals.actor, params.exam, locals.now);
  const typed = columns.map((heading, at) => ({
    heading,
    kind: RESULT_COLUMN_KINDS[at] ?? ('text' as const),
  }));
  const name = RESULT_SHEET.name(title);
  const bytes = await tableWorkbook(name, typed, rows, {
    right: RESULT_SHEET.cutOff(instantText(locals.now)),
  });
  return download(bytes, `${name}.xlsx`);
});
