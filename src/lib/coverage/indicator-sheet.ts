import type { Sheet, Workbook } from '#lib/kernel/sheet.ts';
import { gridOf, isBlank, shownText } from '#lib/kernel/sheet-grid.ts';
import { readIndicatorRows, TABLE_CHARACTERS_MAX } from './indicator.ts';
import { refuse } from './copy.ts';

/** A sheet as if it had been copied out: lines of cells parted by tabs, the first line is row 1. */
export type CopiedSheet = { sheetName: string; text: string };

/**
 * The first visible sheet with a table of indicators, as the text that copying it gives, so that uploading
 * and pasting are decided by the same function. Refused: indicator_heading_missing, indicators_long.
 */
export function copyIndicatorSheet(workbook: Workbook): CopiedSheet {
  for (const sheet of workbook.sheets) {
    if (sheet.hidden) continue;
    const rows = rowsOf(sheet);
    if (!readIndicatorRows(rows).headingFound) continue;
    const text = rows.map((row) => row.join('\t').trimEnd()).join('\n');
    if (text.length > TABLE_CHARACTERS_MAX) throw refuse('indicators_long');
    return { sheetName: sheet.name, text };
  }
  throw refuse('indicator_heading_missing');
}

/** The cells by row number; what is merged downwards stands in each of its rows, across only in the first. */
function rowsOf(sheet: Sheet): string[][] {
  const grid = gridOf(sheet);
  // Further down there is no table that fits: whatever stands there makes the text too long.
  const last = Math.min(grid.lastRow, TABLE_CHARACTERS_MAX + 1);
  return Array.from({ length: last }, (_, index) =>
    grid.columns.map((column) => {
      const merge = grid.merged(index + 1, column);
      const cell = grid[merge?.left === column ? 'spread' : 'own'](index + 1, column);
      return isBlank(cell) ? '' : shownText(cell).replace(/\s+/gu, ' ').trim();
    }),
  );
}
