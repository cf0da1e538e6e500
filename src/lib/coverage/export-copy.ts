import { rateText } from '#lib/kernel/chinese.ts';
import { dayOf, instantText } from '#lib/kernel/day.ts';
import type { Letter } from '#lib/server/documents/letter.ts';
import type { Table } from '#lib/server/sheets/write-table.ts';
import { DEFINITIONS, GROUPING_NAMES, OWN_NAME, STATE_NAMES } from './copy.ts';
import { bySlowness, dueOf, missingOf, uncoveredOf, type Figures } from './figure.ts';
import type { NameKind, NameRow } from './name-row.ts';
import { asOfText, KIND_NAMES, phoneSentences, reasonTexts, type Spoken } from './sentence-copy.ts';

/** What an export of a coverage page needs of it. */
export type Reported = Spoken & {
  year: number;
  own: Figures | null;
  categories: readonly { name: string; figures: Figures }[];
  holding: readonly { title: string; documentNumber: string }[];
};

const NOTES = [DEFINITIONS.coverage, DEFINITIONS.compliance, DEFINITIONS.own];

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}

function figureCells(figures: Figures) {
  const { headcount, covered, exempt, met } = figures;
  const due = dueOf(figures);
  return [
    headcount,
    covered,
    ratio(covered, headcount),
    uncoveredOf(figures),
    due,
    exempt,
    met,
    ratio(met, due),
    missingOf(figures),
  ];
}

const FIGURE_COLUMNS = [
  { heading: '应训人数', kind: 'integer' },
  { heading: '已训人数', kind: 'integer' },
  { heading: '覆盖率', kind: 'rate' },
  { heading: '未训人数', kind: 'integer' },
  { heading: '应达标人数', kind: 'integer' },
  { heading: '免训人数', kind: 'integer' },
  { heading: '达标人数', kind: 'integer' },
  { heading: '达标率', kind: 'rate' },
  { heading: '未达标人数', kind: 'integer' },
] as const;

/** Rows of an export: the place's own staff, the places below, and the sum that counts everybody once. */
function placeRows(reported: Reported): { name: string; figures: Figures }[] {
  const { own, children, figures } = reported;
  return [
    ...(own === null ? [] : [{ name: OWN_NAME, figures: own }]),
    ...children,
    { name: '合计', figures },
  ];
}

/** The figures of a coverage page as sheets: by place and by category. */
export function coverageTables(reported: Reported): Table[] {
  const { place, grouping, year, at } = reported;
  const title = `${place}${GROUPING_NAMES[grouping]}${year}年培训覆盖情况`;
  const frame = { left: `填报单位：${place}`, right: `统计时间：${instantText(at)}`, notes: NOTES };
  const sheet = (heading: string, rows: readonly { name: string; figures: Figures }[]): Table => ({
    title,
    columns: [{ heading, kind: 'text' }, ...FIGURE_COLUMNS],
    rows: rows.map((row) => [row.name, ...figureCells(row.figures)]),
    frame: { ...frame, sheetName: `按${heading}` },
  });
  return [sheet('区划', placeRows(reported)), sheet('岗位类别', reported.categories)];
}

/** A list of names as a sheet. */
export function namesTable(
  head: { place: string; kind: NameKind; year: number; at: Date },
  rows: readonly NameRow[],
): Table {
  return {
    title: `${head.place}${head.year}年培训${KIND_NAMES[head.kind]}名单`,
    columns: [
      { heading: '县（市、区）', kind: 'text' },
      { heading: '乡镇', kind: 'text' },
      { heading: '村（社区）', kind: 'text' },
      { heading: '单位', kind: 'text' },
      { heading: '姓名', kind: 'text' },
      { heading: '身份证号（脱敏）', kind: 'code' },
      { heading: '岗位', kind: 'text' },
      { heading: '状态', kind: 'text' },
      { heading: '情况', kind: 'text' },
    ],
    rows: rows.map((row) => [
      row.county,
      row.township,
      row.village,
      row.unit,
      row.name,
      row.idMasked,
      row.posts.join('、'),
      STATE_NAMES[row.state],
      reasonTexts(row).join('；'),
    ]),
    frame: { left: `填报单位：${head.place}`, right: `统计时间：${instantText(head.at)}` },
  };
}

/** Places named one by one in the letter. */
const NAMED_PLACES = 3;

function placesParagraph(reported: Reported): string {
  const slow = reported.children
    .filter(({ figures }) => missingOf(figures) > 0 || (figures.ruled === 0 && uncoveredOf(figures) > 0))
    .sort((a, b) => bySlowness(a.figures, b.figures))
    .slice(0, NAMED_PLACES);
  if (slow.length === 0) return '各地均已完成，没有需要催办的人员。';
  const said = slow.map(({ name, figures }) =>
    figures.ruled > 0
      ? `${name}达标率${rateText(figures.met, dueOf(figures))}、还差${missingOf(figures)}人`
      : `${name}覆盖率${rateText(figures.covered, figures.headcount)}、还差${uncoveredOf(figures)}人`,
  );
  return `进度较慢的是：${said.join('；')}。`;
}

function basisParagraph({ holding, year, figures }: Reported): string {
  if (holding.length === 0 && figures.ruled > 0) return '统计依据：各县（市、区）采用的轮训规则。';
  if (holding.length === 0) return `${year}年度尚未采用天数（学时）规定，本通报只统计培训覆盖率。`;
  const named = holding.map(({ title, documentNumber }) =>
    documentNumber === '' ? title : `${title}（${documentNumber}）`,
  );
  return `统计依据：${named.join('、')}。`;
}

/** The 通报 of a coverage page, for the office to change, print and seal. */
export function coverageLetter(reported: Reported, signer: string): Letter {
  const { place, grouping, year, at } = reported;
  const [first, second] = phoneSentences(reported);
  return {
    title: `关于${year}年${GROUPING_NAMES[grouping]}培训进展情况的通报`,
    to: '',
    paragraphs: [
      { level: 1, text: '总体情况' },
      `${first.replaceAll(' ', '')}${second.replaceAll(' ', '')}`,
      basisParagraph(reported),
      { level: 1, text: '各地进展' },
      `${placesParagraph(reported)}各地情况见附表。`,
      { level: 1, text: '下一步要求' },
      '请各地对照名单逐人核实，应训未训的尽快安排；在外单位参加的培训，及时登记并附签到材料；确因病、产假等不能参加的，按程序申请免训。',
    ],
    tables: [
      {
        caption: `${place}培训覆盖情况表`,
        columns: [
          { heading: '区划', align: 'left', share: 2 },
          ...['应训', '已训', '覆盖率', '应达标', '达标', '达标率'].map((heading) => ({
            heading,
            align: 'right' as const,
          })),
        ],
        rows: placeRows(reported).map(({ name, figures }) => [
          name,
          String(figures.headcount),
          String(figures.covered),
          rateText(figures.covered, figures.headcount),
          String(dueOf(figures)),
          String(figures.met),
          rateText(figures.met, dueOf(figures)),
        ]),
        note: `${asOfText(at)}。${DEFINITIONS.coverage}${DEFINITIONS.compliance}`,
      },
    ],
    signer,
    day: dayOf(at),
  };
}

/** Who signs: the account's own unit where it is named after one, else the bureau of the place. */
export function signerOf(actorName: string, place: string): string {
  return /(局|办|委员会|政府)$/u.test(actorName) ? actorName : `${place}应急管理局`;
}

/** Names of downloaded files, without characters that a file system refuses. */
export function fileName(parts: readonly string[], extension: string): string {
  return `${parts.join('-').replaceAll(/[\\/:*?"<>|\s]/gu, '')}.${extension}`;
}

export const FILE_WORDS = { coverage: '培训覆盖情况', letter: '培训进展通报', names: '名单' } as const;
