import { rememberedHeading, type FoundColumn } from './sheet-columns.ts';

/** The way of a sheet from upload to committed rows, as every feature that imports one shows it. */
export type ImportState = 'reading' | 'preview' | 'committing' | 'done' | 'failed' | 'discarded';

/** The tabs of a preview: one for each outcome a row can have. */
export const IMPORT_TABS = ['refused', 'confirm', 'create', 'update', 'unchanged'] as const;
export type ImportTab = (typeof IMPORT_TABS)[number];
export type OutcomeCounts = Record<ImportTab, number>;

/** The outcomes a tab shows; none for a word that is no tab. */
export function outcomesOfTab(tab: string): ImportTab[] {
  return IMPORT_TABS.filter((known) => known === tab);
}

/** A heading of the sheet and what it was taken for; `remembered` is how the bureau's memory knows it. */
export type ImportHeading = {
  column: number;
  heading: string;
  remembered: string;
  field: string | null;
  confidence: string;
};

/** The headings of a reading from the left, for the preview. */
export function shownHeadings(reading: {
  columns: readonly FoundColumn<string>[];
  unassigned: readonly { column: number; heading: string }[];
}): ImportHeading[] {
  const unassigned = reading.unassigned.map((one) => ({ ...one, field: null, confidence: '' }));
  return [...reading.columns, ...unassigned]
    .map((one) => ({ ...one, remembered: rememberedHeading(one.heading) }))
    .sort((one, other) => one.column - other.column);
}

/** How often something was cleaned or is worth a look in the rows that are taken, by its code. */
export function countedNotes(
  rows: readonly { outcome: string; notes?: readonly { code: string }[] }[],
): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { notes } of rows) for (const { code } of notes ?? []) counted[code] = (counted[code] ?? 0) + 1;
  return counted;
}

/** Which sheet of the file is read, and which others could be. */
export type ImportSheets = { read: string; others: string[] };

/** The sheets of an import; null before its first reading. The one asked for stands even if it was refused. */
export function sheetsOf(item: {
  choices: { sheetName?: string } | null;
  summary: { sheetName: string; otherSheets?: string[] } | null;
}): ImportSheets | null {
  if (item.summary === null) return null;
  // Imports read before other sheets were kept have none.
  const { sheetName, otherSheets = [] } = item.summary;
  const read = item.choices?.sheetName ?? sheetName;
  return { read, others: [sheetName, ...otherSheets].filter((name) => name !== read) };
}

/** What an import would do or did, as the command line prints it. */
export type SheetOutcome = {
  rows: { accepted: number; created: number; updated: number; unchanged: number; to_confirm: number };
  refused: { row: number; code: string; also: string[]; message: string }[];
};

/** Counts the decided rows of a file for {@link SheetOutcome}. */
export function outcomeOfRows(
  rows: readonly { row: number; outcome: ImportTab; decision: Record<string, unknown> }[],
): SheetOutcome {
  const count = (outcome: ImportTab) => rows.filter((row) => row.outcome === outcome).length;
  const refused = rows
    .filter((row) => row.outcome === 'refused')
    .map(({ row, decision }) => ({
      row,
      code: String(decision.code),
      also: decision.also as string[],
      message: String(decision.message),
    }));
  return {
    rows: {
      accepted: rows.length - refused.length,
      created: count('create'),
      updated: count('update'),
      unchanged: count('unchanged'),
      to_confirm: count('confirm'),
    },
    refused,
  };
}

/** Which remembered heading means which field, from the columns a person set (0: no column). */
export function correctedHeadings(
  headings: readonly ImportHeading[],
  mapping: Readonly<Record<string, number>>,
): Record<string, string> {
  const byColumn = new Map(headings.map(({ column, remembered }) => [column, remembered]));
  const meant: Record<string, string> = {};
  for (const [field, column] of Object.entries(mapping)) {
    const heading = byColumn.get(column);
    if (heading) meant[heading] = field;
  }
  return meant;
}
