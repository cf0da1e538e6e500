import { dayOf, dayText } from '#lib/kernel/day.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { tablesWorkbook, type Table } from '#lib/server/sheets/write-table.ts';
import { namesOf, partsAt } from './draft.ts';
import { MSEL_SHEETS, type MselContext } from './msel-columns-copy.ts';
import { MSEL_WORDS } from './msel-words.ts';
import { triggerNamesOf } from './msel.ts';
import { readDraft } from './scripts.server.ts';
import { TRIGGER_LANGUAGE } from './trigger-words.ts';
import { DRILL_MARK } from './words.ts';

/** The script as the workbook people know, to change and bring back. Refused: 404. */
export async function exportMsel(
  actor: Actor,
  scriptId: string,
  now: Date,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { title, draft } = await readDraft(actor, scriptId);
  const context: MselContext = { draft, name: namesOf(draft), triggers: triggerNamesOf(draft) };
  const order = ['injects', 'expectations', 'roles'];
  const sheets = [...MSEL_SHEETS].sort((a, b) => order.indexOf(a.list) - order.indexOf(b.list));
  const tables = sheets.map(({ name, list, columns }): Table => ({
    title: `${DRILL_MARK}${title} ${name}`,
    columns: columns.map(({ heading, width }) => ({ heading, kind: 'text', width })),
    rows: partsAt(draft, list).map((part) => columns.map((column) => column.write(part, context))),
    frame: { sheetName: name, right: MSEL_WORDS.exported(dayText(dayOf(now))) },
  }));
  const bytes = await tablesWorkbook([...tables, explained()]);
  return { bytes, name: MSEL_WORDS.fileName(title) };
}

function explained(): Table {
  const lines = [...MSEL_WORDS.explained, ...TRIGGER_LANGUAGE];
  return {
    title: MSEL_WORDS.explainedTitle,
    columns: [{ heading: MSEL_WORDS.explainedTitle, kind: 'text', width: 120 }],
    rows: lines.map((line) => [line]),
    frame: { sheetName: MSEL_WORDS.explainedTitle },
  };
}
