import { tableWorkbook, type TableCell, type TableColumn } from '#lib/server/sheets/write-table.ts';
import { identities, villageNames, type Identity } from './names.ts';
import type { Chance } from './random.ts';

/** How many people a demo county has in each kind of post. */
export type CountySize = {
  county: number;
  enforcement: number;
  perTownship: number;
  villagesPerTownship: number;
  /** Share of villages with an information officer A and B. */
  informantA: number;
  informantB: number;
};

export type RosterLine = Identity & { category: string; township: string; unit: string; title: string };

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

const COUNTY_SECTIONS = ['应急指挥中心', '安全生产执法大队', '防汛抗旱股', '救灾和物资保障股', '危险化学品监管股', '办公室', '森林防灭火股', '应急救援大队'];
const TOWNSHIP_TITLES = ['分管副镇长', '应急办主任', '应急办副主任', '安全员', '专职消防队长', '应急办科员'];

/** The roster of a county, with the same people every time for the same chance. */
export function countyRoster(
  chance: Chance,
  county: { name: string; townships: string[] },
  size: CountySize,
  year: number,
): RosterLine[] {
  const identity = identities(chance);
  const bureau = `${county.name}应急管理局`;
  const lines: RosterLine[] = [];
  const add = (category: string, township: string, unit: string, title: string, age = { from: 26, to: 58 }) =>
    lines.push({ ...identity(age, year), category, township, unit, title });
  for (let index = 0; index < size.county; index += 1)
    add('县级应急人员', '县直', bureau, `${COUNTY_SECTIONS[index % COUNTY_SECTIONS.length]}${index < 8 ? '负责人' : '科员'}`);
  for (let index = 0; index < size.enforcement; index += 1)
    add('执法人员', '县直', `${county.name}应急管理综合行政执法大队`, index < 3 ? '中队长' : '执法员');
  for (const township of county.townships) {
    for (let index = 0; index < size.perTownship; index += 1)
      add('乡镇应急人员', township, `${township}人民政府`, TOWNSHIP_TITLES[index % TOWNSHIP_TITLES.length]!);
    for (const village of villageNames(chance, size.villagesPerTownship)) {
      const unit = `${township}${village}`;
      add('安全劝导站站长', township, unit, '村安全劝导站站长', { from: 38, to: 62 });
      if (chance.happens(size.informantA)) add('灾害信息员A角', township, unit, '村委会委员');
      if (chance.happens(size.informantB)) add('灾害信息员B角', township, unit, '村文书');
    }
  }
  return lines;
}

/** The roster as the county would send it: an Excel file with a title, a reporting line and a heading. */
export function rosterWorkbook(countyName: string, reportedOn: string, lines: RosterLine[]): Promise<Uint8Array> {
  const rows: TableCell[][] = lines.map((line, index) => [
    index + 1,
    line.name,
    line.sex,
    line.idNumber,
    line.category,
    line.township,
    line.unit,
    line.title,
    line.phone,
  ]);
  const title = `${countyName}应急管理人员集中轮训花名册`;
  const frame = { left: `填报单位：${countyName}应急管理局`, right: `填报日期：${reportedOn}`, sheetName: '花名册' };
  return tableWorkbook(title, COLUMNS, rows, frame);
}
