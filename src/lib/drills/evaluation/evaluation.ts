import type { Sheet, SheetItem } from '../scripts/script-evaluation.ts';
import type { Script } from '../scripts/script.ts';
import type { Entry } from '../runs/run-log.ts';
import type { Evidence, GradeResult, ItemGrade, SheetAnswer } from './grade.ts';
import { answerFactor, expectationFactor, NOT_SEEN, psmuOf } from './grade.ts';
import type { Grades } from './evidence.ts';

/** The sheets of a run with everything that was answered, for the people who judge it. */

export type GivenAnswer = { seat: string; name: string; answer: string; reason: string; seq: number };

export type LinkedAction = {
  id: string;
  title: string;
  state: Evidence['expectations'][string]['state'];
  factor: number | null;
  openedMs: number | null;
  dueMs: number | null;
  doneMs: number | null;
  trail: number[];
};

export type ItemView = Pick<SheetItem, 'id' | 'code' | 'indicator' | 'weight' | 'scale' | 'method'> & {
  sheet: string;
  veto: boolean;
  /** Which grade it counts for, or neither: self reviews and experts' remarks. */
  counts: 'unit' | 'control' | 'none';
  grade: ItemGrade | null;
  psmu: ReturnType<typeof psmuOf>;
  /** Each evaluator's last answer; who answered before and changed it, in `changed`. */
  answers: GivenAnswer[];
  changed: number;
  moderation: { answer: string; reason: string; seq: number } | null;
  actions: LinkedAction[];
  objectiveShare: number | null;
};

export type SheetView = Pick<Sheet, 'id' | 'kind' | 'title' | 'basis'> & {
  categories: { id: string; title: string; weight: number; items: ItemView[] }[];
};

export type EvaluatorView = {
  seat: string;
  name: string;
  answered: number;
  of: number;
  /** Sheets not locked yet. */
  unlocked: string[];
};

type Seated = { id: string; name: string; roles: readonly string[] };

export function sheetViews(
  script: Script,
  evidence: Evidence,
  grades: Grades,
  seats: readonly Seated[],
): SheetView[] {
  const names = new Map(seats.map(({ id, name }) => [id, name]));
  return script.evaluation.sheets.map((sheet) => ({
    id: sheet.id,
    kind: sheet.kind,
    title: sheet.title,
    basis: sheet.basis,
    categories: sheet.categories.map(({ id, title, weight, items }) => ({
      id,
      title,
      weight,
      items: items.map((item) => itemView(script, sheet, item, evidence, grades, names)),
    })),
  }));
}

function itemView(
  script: Script,
  sheet: Sheet,
  item: SheetItem,
  evidence: Evidence,
  grades: Grades,
  names: ReadonlyMap<string, string>,
): ItemView {
  const of = (each: { sheet: string; item: string }) => each.sheet === sheet.id && each.item === item.id;
  const said = evidence.answers.filter(of);
  const last = new Map(said.map((answer) => [answer.seat, answer]));
  const [grade, counts] = gradeFor(sheet.id, item.id, grades);
  const { id, code, indicator, weight, scale, method } = item;
  const moderation = evidence.moderations.filter(of).at(-1);
  return {
    ...{ id, code, indicator, weight, scale, method },
    sheet: sheet.id,
    veto: item.veto === true,
    counts,
    grade,
    psmu: psmuOf(grade?.factor ?? null),
    answers: [...last.values()].map(({ seat, answer, reason, seq }: SheetAnswer) => ({
      ...{ seat, answer, reason, seq },
      name: names.get(seat) ?? '',
    })),
    changed: said.length - last.size,
    moderation: moderation
      ? { answer: moderation.answer, reason: moderation.reason, seq: moderation.seq }
      : null,
    actions: linkedActions(script, item, evidence),
    objectiveShare: item.objectiveShare ?? null,
  };
}

function gradeFor(
  sheet: string,
  id: string,
  { unit, control }: Grades,
): [ItemGrade | null, ItemView['counts']] {
  const find = ({ items }: GradeResult) => items.find((item) => item.sheet === sheet && item.id === id);
  const ofUnit = find(unit);
  if (ofUnit) return [ofUnit, 'unit'];
  const ofControl = find(control);
  return ofControl ? [ofControl, 'control'] : [null, 'none'];
}

function linkedActions(script: Script, item: SheetItem, { expectations }: Evidence): LinkedAction[] {
  return (item.expectations ?? []).flatMap((id) => {
    const expectation = script.expectations.find((each) => each.id === id);
    const state = expectations[id];
    if (!expectation || !state) return [];
    const { state: now, openedMs, dueMs, doneMs, evidence: trail } = state;
    const factor = expectationFactor(expectation, state);
    return [{ id, title: expectation.title, state: now, factor, openedMs, dueMs, doneMs, trail }];
  });
}

/** Evaluators, with how far each is and which of the sheets they began are still open. */
export function evaluatorViews(
  script: Script,
  entries: readonly Entry[],
  seats: readonly Seated[],
): EvaluatorView[] {
  const { sheets } = script.evaluation;
  const of = sheets.flatMap(({ categories }) => categories.flatMap(({ items }) => items)).length;
  const groups = new Map(script.roles.map(({ id, group }) => [id, group]));
  return seats
    .filter(({ roles }) => roles.some((role) => groups.get(role) === 'evaluator'))
    .map(({ id, name }) => {
      const mine = entries.filter(({ seat }) => seat === id).map(({ body }) => body);
      const answered = new Set(
        mine.flatMap((body) => (body.kind === 'answered' ? [`${body.sheet}/${body.item}`] : [])),
      );
      const locked = new Set(mine.flatMap((body) => (body.kind === 'locked' ? [body.sheet] : [])));
      return {
        seat: id,
        name,
        answered: answered.size,
        of,
        unlocked: sheets.filter((sheet) => !locked.has(sheet.id)).map(({ title }) => title),
      };
    });
}

/** What stands against publishing now, as a warning: whoever directs decides. */
export type PublishWarning = 'dispersed' | 'unlocked' | 'nobody' | 'low_coverage';

export function publishWarnings(
  script: Script,
  { unit, control }: Grades,
  evaluators: readonly EvaluatorView[],
): PublishWarning[] {
  const warnings: PublishWarning[] = [];
  if ([...unit.items, ...control.items].some(({ flags }) => flags.includes('dispersed')))
    warnings.push('dispersed');
  if (evaluators.some(({ answered }) => answered === 0)) warnings.push('nobody');
  if (evaluators.some(({ answered, unlocked }) => answered > 0 && unlocked.length > 0))
    warnings.push('unlocked');
  if (unit.coverage < script.evaluation.minCoverage) warnings.push('low_coverage');
  return warnings;
}

/** How far evaluators of an item lie apart, 0–1; null with fewer than two judgements. */
export function dispersionOf({ scale, answers }: Pick<ItemView, 'scale' | 'answers'>): number | null {
  const factors = answers
    .filter(({ answer }) => answer !== NOT_SEEN)
    .flatMap(({ answer }) => answerFactor(scale, answer) ?? []);
  return factors.length < 2 ? null : Math.max(...factors) - Math.min(...factors);
}
