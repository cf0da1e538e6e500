import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { write } from '#lib/server/db/open.ts';
import { record } from '#lib/server/events/record.ts';
import { tablesWorkbook, type Table } from '#lib/server/sheets/write-table.ts';
import { refuse } from './copy.ts';
import { SHEET_ROWS_MAX } from './export-copy.ts';

export type Download = { name: string; bytes: Uint8Array };

/** Refused: export_too_many. Never cut short in silence. */
export function demandFewEnough(rows: number): void {
  if (rows > SHEET_ROWS_MAX) throw refuse('export_too_many');
}

/**
 * A list of people's names leaves the system as a workbook: who took it, how many rows, by which
 * conditions stands among the events of the account.
 */
export async function handOut(
  actor: Actor,
  { table, kind, wanted }: { table: Table; kind: string; wanted: Record<string, string> },
  now: Date,
): Promise<Download> {
  const bytes = await tablesWorkbook([table]);
  const stream = `account:${actor.accountId ?? ''}`;
  await write(stream, async (tx) => {
    const path = actor.grants[0]?.path ?? '/';
    const detail = { rows: table.rows.length, wanted };
    await record(tx, { stream, kind, actor, at: now, path, detail });
  });
  return { name: `${table.title}-${dayOf(now)}.xlsx`, bytes };
}
