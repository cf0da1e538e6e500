import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Day } from '#lib/kernel/day.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { isBlank, type Grid } from '#lib/kernel/sheet-grid.ts';
import { isCreditCode } from './credit-code.ts';
import type { Enterprise } from './roster.ts';
import { readDay } from './roster-day.ts';
import { ENTERPRISE_NAME, HIGH_RISK_INDUSTRY, LABELS, ORDINARY_INDUSTRY } from './roster-words.ts';

/** What stands above and below the table. */
export type RosterLabels = {
  title: string;
  reportedBy: string;
  asOf: Day | null;
  enterprise: Enterprise | null;
};

type Label = keyof typeof LABELS;

/** Reads title, 填报单位, 填报日期 and the enterprise from the rows outside the table. */
export function readLabels(grid: Grid, firstHeadingRow: number, lastDataRow: number): RosterLabels {
  const outside = grid.sheet.rows.filter(({ row }) => row < firstHeadingRow || row > lastDataRow);
  const found = new Map<Label, Cell>();
  for (const { row, cells } of outside) {
    const filled = cells.filter((cell) => cell !== undefined && !isBlank(cell)) as Cell[];
    filled.forEach((cell, index) => {
      for (const [label, value] of labelled(cell.text)) {
        const answer = value === '' ? filled[index + 1] : textCell(value);
        const isBelow = row > lastDataRow;
        if (answer && !found.has(label) && !(isBelow && label !== 'asOf')) found.set(label, answer);
      }
    });
  }
  const text = (label: Label) => withoutSpaces(found.get(label)?.text ?? '');
  const reading = found.has('asOf') ? readDay(found.get('asOf')!) : null;
  return {
    title: titleOf(grid, firstHeadingRow),
    reportedBy: text('reportedBy'),
    asOf: reading && 'day' in reading ? reading.day : null,
    enterprise: enterpriseOf(text('enterprise'), text('creditCode'), text('industry'), text('reportedBy')),
  };
}

function titleOf(grid: Grid, firstHeadingRow: number): string {
  for (const { row, cells } of grid.sheet.rows) {
    if (row >= firstHeadingRow) return '';
    const first = cells.find((cell) => cell !== undefined && !isBlank(cell));
    if (first && labelled(first.text).length === 0) return withoutSpaces(first.text);
  }
  return '';
}

function enterpriseOf(name: string, code: string, industry: string, reportedBy: string): Enterprise | null {
  const called = name || (ENTERPRISE_NAME.test(reportedBy) ? reportedBy : '');
  const creditCode = halfWidth(code).toUpperCase();
  if (called === '' && creditCode === '') return null;
  return {
    name: called,
    creditCode,
    creditCodeRight: isCreditCode(creditCode),
    industry,
    highRisk: HIGH_RISK_INDUSTRY.test(industry) && !ORDINARY_INDUSTRY.test(industry),
  };
}

const WORDS = (Object.entries(LABELS) as [Label, readonly string[]][])
  .flatMap(([label, words]) => words.map((word) => ({ label, word })))
  .sort((one, other) => other.word.length - one.word.length);
const LABEL_PATTERN = new RegExp(`(${WORDS.map(({ word }) => spaced(word)).join('|')})\\s*[:\uff1a]`, 'gu');

/** Titles are often stretched: 填 报 日 期. */
function spaced(word: string): string {
  return Array.from(word).join('\\s*');
}

/** The labels in one cell, each with what stands behind it up to the next. */
function labelled(text: string): [Label, string][] {
  const marks = [...text.matchAll(LABEL_PATTERN)];
  return marks.map((mark, index) => {
    const word = withoutSpaces(mark[1]!);
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim();
    // Two spaces end a value; what follows is a label this program does not know.
    return [WORDS.find((entry) => entry.word === word)!.label, value.split(/\s{2,}(?=[^\s]*[:\uff1a])/u)[0]!];
  });
}

function textCell(text: string): Cell {
  return { kind: 'text', text, value: text, day: null };
}
