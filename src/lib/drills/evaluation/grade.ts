import { durationMs } from '../scripts/duration.ts';
import type { Script } from '../scripts/script.ts';
import type { Evaluation, Sheet, SheetItem } from '../scripts/script-evaluation.ts';
import type { Expectation } from '../scripts/script-expectations.ts';
import { BESIDE_SCALE } from '../runs/answer.ts';
import type { ExpectationState } from '../runs/run-state.ts';

/**
 * The grade of a run, from what the log shows and what evaluators saw. One pure function, so that a score and
 * the trail behind it cannot disagree. Weights, scales and cut-offs are data of the script: GB/T 46792-2025
 * annex D was not at hand, AQ/T 9009-2015 sets none.
 */

/** One evaluator's answer to an item; 不适用 and 未观察 are different things (../runs/answer.ts). */
export type SheetAnswer = {
  sheet: string;
  item: string;
  seat: string;
  answer: string;
  reason: string;
  seq: number;
};
/** What the lead evaluator settled after evaluators differed. */
export type Moderation = { sheet: string; item: string; answer: string; reason: string; seq: number };

export const [NOT_APPLICABLE, NOT_SEEN] = BESIDE_SCALE;

/** Answers of each scale and what they are worth; `points` takes a number from 0 to 100 instead. */
export const SCALE_FACTORS: Record<SheetItem['scale'], Readonly<Record<string, number>>> = {
  yes_no: { yes: 1, no: 0 },
  fit: { fit: 1, partly: 0.6, unfit: 0 },
  psmu: { P: 1, S: 0.7, M: 0.4, U: 0 },
  points: {},
};

export type ItemFlag = 'half' | 'single' | 'dispersed' | 'moderated' | 'vetoed';

export type ItemGrade = {
  sheet: string;
  id: string;
  code: string;
  indicator: string;
  objective: number | null;
  observed: number | null;
  factor: number | null;
  /** Everybody said that it does not apply. */
  notApplicable: boolean;
  flags: ItemFlag[];
  /** Places in the log that the figure rests on. */
  trail: number[];
};

export type GradeResult = {
  /** 0–100, two decimals; null when nothing could be judged. */
  total: number | null;
  /** A grade's name, or null: 不予定级, too little was judged. */
  grade: string | null;
  /** Judged weight ÷ weight that applied, 0–1. */
  coverage: number;
  vetoes: string[];
  /** How much of the judged weight rests on the log alone, 0–1. */
  objectiveShare: number;
  categories: { id: string; title: string; score: number | null }[];
  items: ItemGrade[];
};

export type Evidence = {
  expectations: Readonly<Record<string, ExpectationState>>;
  answers: readonly SheetAnswer[];
  moderations: readonly Moderation[];
};

/** Sheets that judge the unit; the others speak of the drill itself. */
const OF_UNIT: readonly Sheet['kind'][] = ['conduct', 'tabletop'];

/** The unit's grade. Faults of the control group stand in {@link gradeControl} and never lower it. */
export function gradeUnit(script: Script, evidence: Evidence): GradeResult {
  const sheets = script.evaluation.sheets.filter(({ kind }) => OF_UNIT.includes(kind));
  return grade(script, sheets, (item) => item.judges !== 'control', evidence);
}

/** How well the drill was prepared and led. */
export function gradeControl(script: Script, evidence: Evidence): GradeResult {
  const { sheets } = script.evaluation;
  return grade(
    script,
    sheets,
    (item, sheet) => item.judges === 'control' || sheet.kind === 'preparation',
    evidence,
  );
}

type Chosen = (item: SheetItem, sheet: Sheet) => boolean;

function grade(script: Script, sheets: readonly Sheet[], isChosen: Chosen, evidence: Evidence): GradeResult {
  const rows = sheets.flatMap((sheet) =>
    sheet.categories.flatMap((category) => {
      const items = category.items.filter((item) => isChosen(item, sheet));
      const sum = items.reduce((total, { weight }) => total + weight, 0) || 1;
      return items.map((item) => ({
        category,
        weight: (category.weight * item.weight) / sum,
        of: item,
        item: gradeItem(script, sheet, item, evidence),
      }));
    }),
  );
  const judged = rows.filter(({ item }) => item.factor !== null);
  const applying = weightOf(rows.filter(({ item }) => !item.notApplicable));
  const vetoes = judged
    .filter(({ item }) => item.flags.includes('vetoed'))
    .map(({ item }) => `${item.code} ${item.indicator}`);
  const categories = categoriesOf(rows);
  const total = totalOf(categories);
  const coverage = applying === 0 ? 0 : weightOf(judged) / applying;
  return {
    total,
    grade: gradeName(script.evaluation, total, coverage, vetoes.length > 0),
    coverage: round(coverage),
    vetoes,
    objectiveShare:
      judged.length === 0
        ? 0
        : round(weightOf(judged.filter(({ item }) => item.observed === null)) / weightOf(judged)),
    categories: categories.map(({ id, title, score }) => ({
      id,
      title,
      score: score === null ? null : round(score),
    })),
    items: rows.map(({ item }) => item),
  };
}

type Row = { category: Sheet['categories'][number]; weight: number; of: SheetItem; item: ItemGrade };

const weightOf = (rows: readonly Row[]) => rows.reduce((sum, { weight }) => sum + weight, 0);
const scoreOf = (rows: readonly Row[]) =>
  rows.reduce((sum, { weight, item }) => sum + weight * item.factor!, 0);
const round = (value: number) => Math.round(value * 100) / 100;

/** A category counts with its whole weight however many of its items were judged; one without any not at all. */
function categoriesOf(rows: readonly Row[]) {
  const all = [...new Set(rows.map(({ category }) => category))];
  return all.map((category) => {
    const judged = rows.filter((row) => row.category === category && row.item.factor !== null);
    const score = judged.length === 0 ? null : (100 * scoreOf(judged)) / weightOf(judged);
    return { id: category.id, title: category.title, weight: category.weight, score };
  });
}

function totalOf(categories: readonly { weight: number; score: number | null }[]): number | null {
  const judged = categories.filter(({ score }) => score !== null);
  const weight = judged.reduce((sum, each) => sum + each.weight, 0);
  if (weight === 0) return null;
  return round(judged.reduce((sum, each) => sum + each.weight * each.score!, 0) / weight);
}

function gradeName(
  evaluation: Evaluation,
  total: number | null,
  coverage: number,
  isVetoed: boolean,
): string | null {
  if (total === null || coverage < evaluation.minCoverage) return null;
  if (isVetoed) return evaluation.vetoGrade;
  const down = [...evaluation.grades].sort((a, b) => b.min - a.min);
  return down.find(({ min }) => total >= min)?.name ?? null;
}

function gradeItem(script: Script, sheet: Sheet, item: SheetItem, evidence: Evidence): ItemGrade {
  const objective = objectiveOf(script, item, evidence);
  const observed = observedOf(script, sheet, item, evidence);
  const factor = joined(item, objective.factor, observed.factor);
  const isHalf = (item.objectiveShare ?? 0) > 0 && (objective.factor === null) !== (observed.factor === null);
  const isVetoed = factor !== null && ((item.veto === true && factor === 0) || objective.vetoed);
  return {
    sheet: sheet.id,
    id: item.id,
    code: item.code,
    indicator: item.indicator,
    objective: objective.factor,
    observed: observed.factor,
    factor,
    notApplicable: factor === null && observed.allNotApplicable,
    flags: [
      ...observed.flags,
      ...(isHalf ? (['half'] as const) : []),
      ...(isVetoed ? (['vetoed'] as const) : []),
    ],
    trail: [...objective.trail, ...observed.trail],
  };
}

function joined(item: SheetItem, objective: number | null, observed: number | null): number | null {
  if (objective === null || observed === null) return objective ?? observed;
  const share = item.objectiveShare ?? 0.5;
  return share * objective + (1 - share) * observed;
}

function objectiveOf(script: Script, item: SheetItem, { expectations }: Evidence) {
  const linked = (item.expectations ?? []).flatMap((id) => {
    const expectation = script.expectations.find((each) => each.id === id);
    const state = expectations[id];
    return expectation && state && expectation.mode !== 'observed' ? [{ expectation, state }] : [];
  });
  const judged = linked.flatMap(({ expectation, state }) => {
    const factor = expectationFactor(expectation, state);
    return factor === null ? [] : [{ expectation, state, factor }];
  });
  const points = judged.reduce((sum, { expectation }) => sum + (expectation.points || 1), 0);
  const earned = judged.reduce((sum, { expectation, factor }) => sum + (expectation.points || 1) * factor, 0);
  return {
    factor: judged.length === 0 ? null : earned / points,
    vetoed: judged.some(({ expectation, factor }) => expectation.veto === true && factor === 0),
    trail: judged.flatMap(({ state }) => state.evidence),
  };
}

/** What an expected action is worth, 0–1; null when it is out of the count or not decided yet. */
export function expectationFactor(expectation: Expectation, state: ExpectationState): number | null {
  if (['dormant', 'open', 'voided', 'not_applicable'].includes(state.state)) return null;
  if (state.state === 'missed' || state.state === 'rectified') return 0;
  const inTime = state.state === 'met' ? 1 : lateFactor(expectation, state.doneMs! - state.dueMs!);
  const penalty = state.wrong.reduce((sum, at) => sum + (expectation.wrong?.[at]?.penalty ?? 0), 0);
  return Math.min(1, Math.max(0, inTime * state.fieldShare - penalty / (expectation.points || 1)));
}

function lateFactor({ late }: Expectation, lateMs: number): number {
  if (late.rule === 'zero') return 0;
  if (late.rule === 'linear') return Math.max(0, 1 - lateMs / durationMs(late.zeroAfter));
  const step = [...late.steps]
    .sort((a, b) => durationMs(a.within) - durationMs(b.within))
    .find(({ within }) => lateMs <= durationMs(within));
  return step?.factor ?? 0;
}

function observedOf(script: Script, sheet: Sheet, item: SheetItem, { answers, moderations }: Evidence) {
  const of = (each: { sheet: string; item: string }) => each.sheet === sheet.id && each.item === item.id;
  // An evaluator who answers again changes the mind: the last answer of each counts.
  const last = new Map(answers.filter(of).map((answer) => [answer.seat, answer]));
  const moderation = moderations.filter(of).at(-1);
  const given = [...last.values()].filter(({ answer }) => answer !== NOT_SEEN);
  const factors = given.flatMap(({ answer }) => answerFactor(item.scale, answer) ?? []);
  const settled = moderation ? answerFactor(item.scale, moderation.answer) : null;
  const isDispersed =
    factors.length > 1 && Math.max(...factors) - Math.min(...factors) >= script.evaluation.dispersionAlert;
  const flags: ItemFlag[] = [];
  if (moderation) flags.push('moderated');
  else if (isDispersed) flags.push('dispersed');
  if (!moderation && factors.length === 1) flags.push('single');
  return {
    factor: moderation
      ? settled
      : factors.length === 0
        ? null
        : factors.reduce((sum, each) => sum + each, 0) / factors.length,
    allNotApplicable: moderation
      ? moderation.answer === NOT_APPLICABLE
      : given.length > 0 && given.every(({ answer }) => answer === NOT_APPLICABLE),
    flags,
    trail: [...given.map(({ seq }) => seq), ...(moderation ? [moderation.seq] : [])],
  };
}

/** What an answer is worth, 0–1; null for 不适用, 未观察 and what the scale does not know. */
export function answerFactor(scale: SheetItem['scale'], answer: string): number | null {
  if (scale !== 'points') return SCALE_FACTORS[scale][answer] ?? null;
  const points = /^\d{1,3}(\.\d)?$/.test(answer) ? Number(answer) : Number.NaN;
  return points <= 100 ? points / 100 : null;
}

/** The item in the four steps of HSEEP: Performed without challenges, with Some, with Major, Unable. */
export function psmuOf(factor: number | null): 'P' | 'S' | 'M' | 'U' | null {
  if (factor === null) return null;
  if (factor >= 0.9) return 'P';
  if (factor >= 0.6) return 'S';
  return factor > 0 ? 'M' : 'U';
}
