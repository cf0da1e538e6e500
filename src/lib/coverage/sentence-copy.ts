import { grouped, rateText } from '#lib/kernel/chinese.ts';
import { dayText, timeText } from '#lib/kernel/day.ts';
import { GROUPING_NAMES, METRIC_UNITS, OWN_NAME } from './copy.ts';
import { bySlowness, dueOf, leadingRate, missingOf, uncoveredOf, type Figures } from './figure.ts';
import type { Gap, NameKind, NameRow } from './name-row.ts';
import type { Metric } from './rule.ts';

/** 250 → 2.5; what is missing is rounded up and what is done down, so that both add up to what is due. */
export function amountText(hundredths: number, rounding: 'up' | 'down' = 'down'): string {
  const tenths = rounding === 'up' ? Math.ceil(hundredths / 10) : Math.floor(hundredths / 10);
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

export function dueText(hundredths: number, metric: Metric, rounding: 'up' | 'down' = 'down'): string {
  return `${amountText(hundredths, rounding)} ${METRIC_UNITS[metric]}`;
}

/** 截至6月10日10:00 */
export function asOfText(at: Date): string {
  const [date, time] = timeText(at).split(' ') as [string, string];
  const [month, day] = date.split('-').map(Number);
  return `截至${month}月${day}日${time}`;
}

export type Spoken = {
  place: string;
  grouping: keyof typeof GROUPING_NAMES;
  figures: Figures;
  children: readonly { name: string; figures: Figures }[];
  /** Names, when they are few enough to be said. */
  names: readonly { place: string; name: string }[];
  at: Date;
};

/** How many missing names are said on the phone instead of counted. */
export const SPOKEN_NAMES_MAX = 5;

/**
 * The two sentences a section chief says on the phone: how many were trained; who is missing and which
 * place is slowest.
 */
export function phoneSentences(spoken: Spoken): [string, string] {
  const { place, grouping, figures, at } = spoken;
  const who = GROUPING_NAMES[grouping];
  if (figures.headcount === 0)
    return [`${asOfText(at)}，${place}花名册里还没有${who}。`, '请先导入花名册，再看覆盖率。'];
  const covered = `${asOfText(at)}，${place}${who}应训 ${grouped(figures.headcount)} 人，已训 ${grouped(figures.covered)} 人，覆盖率 ${rateText(figures.covered, figures.headcount)}`;
  if (figures.ruled === 0) return [`${covered}。`, uncoveredSentence(spoken)];
  const exempt = figures.exempt === 0 ? '' : `（另有 ${grouped(figures.exempt)} 人经批准免训）`;
  const met = `按天数（学时）要求应达标 ${grouped(dueOf(figures))} 人${exempt}，已达标 ${grouped(figures.met)} 人，达标率 ${rateText(figures.met, dueOf(figures))}`;
  return [`${covered}；${met}。`, missingSentence(spoken)];
}

function missingSentence(spoken: Spoken): string {
  const missing = missingOf(spoken.figures);
  if (missing === 0) return '目前没有未达标人员。';
  return `还差 ${grouped(missing)} 人${whoOrWhere(spoken, missing)}。`;
}

function uncoveredSentence(spoken: Spoken): string {
  const uncovered = uncoveredOf(spoken.figures);
  const without = '本地本年度没有天数（学时）要求，只统计覆盖率';
  if (uncovered === 0) return `${without}；目前人人都参加过培训。`;
  return `${without}；还有 ${grouped(uncovered)} 人没有参加任何培训${whoOrWhere(spoken, uncovered)}。`;
}

function whoOrWhere({ names, children }: Spoken, count: number): string {
  if (names.length === count && count <= SPOKEN_NAMES_MAX) return `：${namesByPlace(names)}`;
  const slow = children
    .filter(({ figures }) => togo(figures) > 0)
    .sort((a, b) => bySlowness(a.figures, b.figures))
    .slice(0, 2);
  const said = slow.map(({ name, figures }) => {
    const rate = leadingRate(figures);
    const kind = figures.ruled > 0 ? '达标率' : '覆盖率';
    return `${name}（${kind} ${rateText(rate.numerator, rate.denominator)}，还差 ${grouped(togo(figures))} 人）`;
  });
  if (said.length === 0) return '';
  return `，最慢的是${said.join('，其次是')}`;
}

function togo(figures: Figures): number {
  const rate = leadingRate(figures);
  return rate.denominator - rate.numerator;
}

function namesByPlace(names: Spoken['names']): string {
  return inGroups(names, (one) => one.place)
    .map(([place, some]) => place + some.map((one) => one.name).join('、'))
    .join('，');
}

/** Rows by a word of theirs, in the order the words come: pages run this too, on browsers without groupBy. */
function inGroups<Row>(rows: readonly Row[], wordOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(wordOf(row));
    if (group) group.push(row);
    else groups.set(wordOf(row), [row]);
  }
  return [...groups];
}

/** 较上月: percentage points with a sign; a dash where there is nothing to compare with. */
export function changeText(tenths: number | null): string {
  if (tenths === null) return '—';
  const size = (Math.abs(tenths) / 10).toFixed(1);
  if (tenths === 0) return '持平';
  return tenths > 0 ? `+${size}` : `−${size}`;
}

export function gapText(gap: Gap): string {
  return `还差 ${dueText(gap.missing, gap.metric, 'up')}`;
}

/** Why a name is on the list: what is missing under each rule, and whether anything was done at all. */
export function reasonTexts(row: Pick<NameRow, 'gaps' | 'covered' | 'state'>): string[] {
  const reasons = [...new Set(row.gaps.map(gapText))];
  if (!row.covered) reasons.push('未参加任何培训');
  if (row.state === 'exempt') reasons.push('经批准免训');
  return reasons;
}

export const KIND_NAMES: Record<NameKind, string> = {
  missing: '未达标',
  uncovered: '未参加任何培训',
  met: '已达标',
  covered: '已训',
  exempt: '经批准免训',
  due: '应达标',
  all: '应训人员',
};

const KIND_TITLES: Record<NameKind, string> = {
  missing: '本年度培训还没有达标',
  uncovered: '本年度还没有参加任何培训',
  met: '本年度培训已经达标',
  covered: '本年度已经参加过培训',
  due: '本年度应完成规定天数（学时）',
  exempt: '本年度经批准免训',
  all: '列入本年度培训花名册',
};

/** Longest text of one paste: messages of a chat group are cut near 2,000 characters. */
export const PASTE_LENGTH_MAX = 1_800;

/**
 * Names as text to paste into a group, by township and village, in as many parts as needed. No numbers,
 * no phones.
 */
export function missingAsText(
  head: { place: string; kind: NameKind; total: number; at: Date },
  rows: readonly NameRow[],
): string[] {
  const parts: string[] = [];
  let lines: string[] = [];
  const title = (mark: string) =>
    `【${head.place}】${asOfText(head.at)}，以下人员${KIND_TITLES[head.kind]}（共 ${grouped(head.total)} 人${mark}）：`;
  const roomMax = PASTE_LENGTH_MAX - title('，99/99').length - CONTINUED_LENGTH_MAX;
  let room = roomMax;
  for (const { line, under } of textLines(rows, head.kind)) {
    if (room < line.length + 1 && lines.length > 0) {
      parts.push(lines.join('\n'));
      // A township that goes on in the next message is named there again.
      lines = under === '' ? [] : [`${under}（续）`];
      room = roomMax;
    }
    lines.push(line);
    room -= line.length + 1;
  }
  if (lines.length > 0) parts.push(lines.join('\n'));
  return parts.map(
    (body, index) => `${title(parts.length > 1 ? `，${index + 1}/${parts.length}` : '')}\n${body}`,
  );
}

/** One line a village; a village with very many names takes several. */
const NAMES_A_LINE = 40;
/** Room for the name of a township that goes on. */
const CONTINUED_LENGTH_MAX = 30;

/** Lines of the text, each with the township it stands under; headings stand under nothing. */
function* textLines(rows: readonly NameRow[], kind: NameKind): Generator<{ line: string; under: string }> {
  const severalCounties = rows.some((row) => row.county !== rows[0]?.county);
  const inTownships = inGroups(rows, (row) => {
    if (row.township === '') return row.county + OWN_NAME;
    return severalCounties ? row.county + row.township : row.township;
  });
  const several = inTownships.length > 1;
  for (const [township, some] of inTownships) {
    if (several) yield { line: `${township}（${grouped(some.length)} 人）`, under: '' };
    for (const [village, names] of inGroups(some, (row) => row.village))
      for (let start = 0; start < names.length; start += NAMES_A_LINE) {
        const said = names.slice(start, start + NAMES_A_LINE).map((row) => named(row, kind));
        const label = several && names[0]?.township === '' ? '' : `${village || OWN_NAME}：`;
        yield { line: label + said.join('、'), under: several ? township : '' };
      }
  }
}

function named(row: NameRow, kind: NameKind): string {
  const [worst] = [...row.gaps].sort((a, b) => b.missing - a.missing);
  return kind === 'missing' && worst
    ? `${row.name}（差 ${dueText(worst.missing, worst.metric, 'up')}）`
    : row.name;
}

type MySpoken = {
  metric: Metric;
  required: number;
  done: number;
  missing: number;
  hoursPerDay: number;
  exempt: boolean;
  met: boolean;
};

/** 本年度应完成 5 天（按本地口径 40 学时），已完成 3.5 天，还差 1.5 天，截止 12月31日 */
export function myRuleSentence(rule: MySpoken, dueOn: string): string {
  const due = dueText(rule.required, rule.metric);
  const other =
    rule.metric === 'day_hundredths'
      ? `${amountText(rule.required * rule.hoursPerDay)} 学时`
      : `${amountText(Math.ceil(rule.required / rule.hoursPerDay), 'up')} 天`;
  const asked = `本年度应完成 ${due}（按本地口径 ${other}）`;
  if (rule.exempt) return `${asked}，经批准免训。`;
  const done = `${asked}，已完成 ${dueText(rule.done, rule.metric)}`;
  if (rule.met) return `${done}，已达标。`;
  return `${done}，还差 ${dueText(rule.missing, rule.metric, 'up')}，截止 ${monthDay(dueOn)}。`;
}

function monthDay(day: string): string {
  return dayText(day).replace(/^\d+年/, '');
}

/** When no rule covers somebody, or the account belongs to nobody. */
export function myYearSentence(
  year: { rules: readonly unknown[]; covered: boolean; hasPost: boolean } | null,
): string {
  if (year === null) return '这个账号没有对应的花名册人员，不统计学习天数。';
  if (!year.hasPost) return '您现在没有在任岗位，本年度没有学习要求，学过的都会记入档案。';
  if (year.rules.length === 0)
    return year.covered
      ? '您的岗位没有规定天数，本年度已参加培训，计入覆盖率。'
      : '您的岗位没有规定天数，本年度请至少参加一次培训，计入覆盖率。';
  return '';
}
