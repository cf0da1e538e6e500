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
