import ExcelJS from 'exceljs';
import { idOf } from '#tests/inputs/table.ts';

/** Small rosters of 夏邑县, written as people send them. */
export type Line = {
  name: string;
  id: string;
  unit: string;
  category: string;
  township: string;
  phone?: string;
};
export type RosterUpload = { divisionId: string; fileName: string; bytes: Uint8Array };

const HEADING = ['姓名', '身份证号', '单位', '人员类别', '所属乡镇', '手机号'];
const cellsOf = ({ name, id, unit, category, township, phone }: Line) => [
  ...[name, id, unit, category, township],
  phone ?? '',
];

/** A small roster of a county, as CSV. */
export function rosterOf(lines: Line[], fileName = '花名册.csv'): RosterUpload {
  const text = [HEADING, ...lines.map(cellsOf)].map((cells) => cells.join(',')).join('\n');
  return { divisionId: '411426', fileName, bytes: new TextEncoder().encode(text) };
}

/** A workbook with a roster on each of its sheets. */
export async function rosterBook(
  sheets: Record<string, Line[]>,
  fileName = '花名册.xlsx',
): Promise<RosterUpload> {
  const book = new ExcelJS.Workbook();
  for (const [name, lines] of Object.entries(sheets))
    book.addWorksheet(name).addRows([HEADING, ...lines.map(cellsOf)]);
  return { divisionId: '411426', fileName, bytes: new Uint8Array(await book.xlsx.writeBuffer()) };
}

/** A cadre of 会亭镇; the number is made of a sequence. */
export function cadre(name: string, sequence: number, change: Partial<Line> = {}): Line {
  return {
    name,
    id: idOf('19850101', sequence),
    unit: '会亭镇人民政府',
    category: '乡镇应急人员',
    township: '会亭镇',
    ...change,
  };
}
