import { writeFileSync } from 'node:fs';
import { tableWorkbook, type TableCell, type TableColumn } from '#lib/server/sheets/write-table.ts';
import { XIAYI } from '#tests/inputs/xiayi.ts';
import { chanceOf, idNumber, personName, villageName } from './names.ts';
import { SIZE } from './plan.ts';

const COLUMNS: TableColumn[] = [
  { heading: '序号', kind: 'integer' },
  { heading: '姓名', kind: 'text' },
  { heading: '性别', kind: 'text' },
  { heading: '身份证号', kind: 'code' },
  { heading: '人员类别', kind: 'text' },
  { heading: '所属乡镇', kind: 'text' },
  { heading: '单位', kind: 'text' },
  { heading: '职务', kind: 'text' },
  { heading: '手机号', kind: 'code' },
];
const POSTS = [
  { category: '安全劝导站站长', title: '村安全劝导站站长' },
  { category: '灾害信息员A角', title: '村委会委员' },
  { category: '灾害信息员B角', title: '村文书' },
] as const;

/** The roster of a bureau that loads 20,000 people nobody has heard of before. */
export async function writeRosterFile(file: string): Promise<void> {
  const chance = chanceOf('roster');
  const rows = Array.from({ length: SIZE.rosterRows }, (_, n): TableCell[] => {
    const id = idNumber(n);
    const township = XIAYI.townships[n % XIAYI.townships.length]!.name;
    const { category, title } = POSTS[n % POSTS.length]!;
    const unit = `${township}${villageName(chance.below(SIZE.villagesPerTownship))}`;
    const phone = `169${String(10_000_000 + n)}`;
    const sex = Number(id[16]) % 2 === 1 ? '男' : '女';
    return [n + 1, personName(chance), sex, id, category, township, unit, title, phone];
  });
  const frame = { left: '填报单位：夏邑县应急管理局', sheetName: '花名册' };
  writeFileSync(file, await tableWorkbook('夏邑县应急管理人员集中轮训花名册', COLUMNS, rows, frame));
}
