import type { Sheet, Workbook } from './sheet.ts';

type Candidate = { sheet: Sheet; parted: { data: readonly number[] } };

export type SheetChoice<Found> = {
  /** Undefined when no sheet, or not the one asked for, is of the kind. */
  chosen: Found | undefined;
  /** Visible sheets that would have done too and are not read. */
  otherSheets: string[];
  /** False when no visible sheet has the name asked for. */
  isThere: boolean;
};

/**
 * Which sheet of a workbook to read: the one asked for, else the visible one with the most rows of data,
 * those named like instructions (`side`) last. What a person said of columns counts only for the sheet
 * they said it of: `candidateOf` is told whether it may (`isMeant`).
 */
export function chooseSheet<Found extends Candidate>(
  workbook: Workbook,
  sheetName: string | undefined,
  side: RegExp,
  candidateOf: (sheet: Sheet, isMeant: boolean) => Found | null,
): SheetChoice<Found> {
  const visible = workbook.sheets.filter(({ hidden }) => !hidden);
  const isMeant = ({ name }: Sheet) => sheetName === undefined || name === sheetName;
  const rank = ({ sheet, parted }: Found) => (side.test(sheet.name) ? -1_000_000 : 0) + parted.data.length;
  const candidates = visible
    .map((sheet) => candidateOf(sheet, isMeant(sheet)))
    .filter((candidate) => candidate !== null)
    .sort((one, other) => rank(other) - rank(one));
  const chosen = candidates.find(({ sheet }) => isMeant(sheet));
  const otherSheets = candidates.filter((other) => other !== chosen).map(({ sheet }) => sheet.name);
  return { chosen, otherSheets, isThere: visible.some(isMeant) };
}
