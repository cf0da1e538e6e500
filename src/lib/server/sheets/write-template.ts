import ExcelJS from 'exceljs';
import { columnLetters } from '#lib/kernel/sheet-grid.ts';
import { CATEGORY_HEADING, TEMPLATE_LISTS, TEMPLATES, type TemplateKind } from './sheet-copy.ts';

/** Rows in which Excel offers the lists and keeps digits as text. */
const ROWS_PREPARED = 2000;

type Validations = { dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void } };

/**
 * A blank workbook to fill in: title, 填报 line, one row of instructions, the heading. No sample person,
 * so that nothing can be imported by mistake. `categories` are the 人员类别 offered as a list.
 */
export async function writeTemplate(
  kind: TemplateKind,
  categories: readonly string[] = [],
): Promise<Uint8Array> {
  const { sheet, title, line, instruction, columns } = TEMPLATES[kind];
  const book = new ExcelJS.Workbook();
  const target = book.addWorksheet(sheet);
  columns.forEach(([, width], index) => {
    const column = target.getColumn(index + 1);
    column.width = width;
    column.numFmt = '@';
  });
  const wide = [title, line, instruction].filter((text) => text !== '');
  wide.forEach((text, index) => {
    target.mergeCells(index + 1, 1, index + 1, columns.length);
    const cell = target.getRow(index + 1).getCell(1);
    cell.value = text;
    cell.style = { font: { bold: index === 0, size: index === 0 ? 16 : 11 }, alignment: alignmentOf(index) };
  });
  target.getRow(wide.length).height = 48;
  const headingRow = wide.length + 1;
  columns.forEach(([heading], index) => {
    const cell = target.getRow(headingRow).getCell(index + 1);
    cell.value = heading;
    cell.style = HEADING_STYLE;
    const offered = heading === CATEGORY_HEADING ? categories : (TEMPLATE_LISTS[heading] ?? []);
    if (offered.length > 0) offerList(target, index + 1, headingRow + 1, offered);
  });
  target.views = [{ state: 'frozen', ySplit: headingRow }];
  return new Uint8Array(await book.xlsx.writeBuffer());
}

const HEADING_STYLE: Partial<ExcelJS.Style> = {
  font: { bold: true },
  alignment: { horizontal: 'center', vertical: 'middle' },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEFF2' } },
  border: { bottom: { style: 'thin' } },
};

function alignmentOf(index: number): Partial<ExcelJS.Alignment> {
  return { horizontal: index === 0 ? 'center' : 'left', vertical: 'middle', wrapText: index > 0 };
}

function offerList(target: ExcelJS.Worksheet, column: number, from: number, words: readonly string[]): void {
  const letters = columnLetters(column);
  // The library's types leave out ranges of validations.
  (target as unknown as Validations).dataValidations.add(
    `${letters}${from}:${letters}${from + ROWS_PREPARED}`,
    {
      type: 'list',
      allowBlank: true,
      formulae: [`"${words.join(',')}"`],
    },
  );
}
