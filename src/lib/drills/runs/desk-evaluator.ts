import type { Expectation } from '../scripts/script-expectations.ts';
import type { Sheet, SheetItem } from '../scripts/script-evaluation.ts';
import { isAnswer, owesReason } from './answer.ts';
import type { EntryBody } from './run-log.ts';
import type { RunCommand } from './run-command.ts';
import type { ExpectationState, Fact } from './run-state.ts';
import type { Shown, ShownInject } from './visible.ts';

/** What an evaluator's phone knows: the fold of what the seat may see of the watched roles and of itself. */

/** One mark of 完成 or 未完成; `seq` is null while it waits for the network. */
export type Mark = {
  seq: number | null;
  doer: string;
  done: boolean;
  doneMs: number;
  note: string;
};

export type Watched = {
  expectation: Expectation;
  state: ExpectationState['state'];
  dueMs: number | null;
  doneMs: number | null;
  /** One's own marks, in order: the last of a doer counts, the earlier were put right by it. */
  marks: Mark[];
};

export type ItemAnswer = { answer: string; reason: string; observedMs: number; isSent: boolean };

export type Observation = {
  atMs: number;
  text: string;
  about: string | null;
  media: string[];
  isSent: boolean;
};

export type EvaluatorDesk = {
  watched: Watched[];
  /** By {@link answerKey}. */
  answers: Record<string, ItemAnswer>;
  observations: Observation[];
  locked: string[];
  injects: { atMs: number; inject: ShownInject }[];
};

export const answerKey = (sheet: string, item: string) => `${sheet}/${item}`;

type Fold = EvaluatorDesk & { byId: Map<string, Watched> };

/**
 * The desk of an evaluator's seat: what the server has told, and on top of it what was tapped here and
 * still waits for the network, so that a tap is seen at once wherever one stands.
 */
export function evaluatorDesk(
  shown: readonly Shown[],
  expectations: readonly Expectation[],
  waiting: readonly RunCommand[],
): EvaluatorDesk {
  const watched = expectations.map((expectation): Watched => ({
    expectation,
    state: 'dormant',
    dueMs: null,
    doneMs: null,
    marks: [],
  }));
  const fold: Fold = {
    watched,
    answers: {},
    observations: [],
    locked: [],
    injects: [],
    byId: new Map(watched.map((each) => [each.expectation.id, each])),
  };
  for (const { body, atMs } of shown) {
    if (body.kind === 'inject') fold.injects.push({ atMs, inject: body.inject });
    if (body.kind === 'entry') takeEntry(fold, body.body, body.seq);
  }
  for (const { deed } of waiting) takeDeed(fold, deed);
  const { byId: _byId, ...desk } = fold;
  return desk;
}

function takeEntry(fold: Fold, body: EntryBody, seq: number): void {
  if (body.kind === 'fact') return takeFact(fold, body.fact);
  if (body.kind === 'extended') {
    const each = fold.byId.get(body.expectation);
    if (each && each.dueMs !== null) each.dueMs += body.byMs;
    return;
  }
  takeOwn(fold, body, seq);
}

function takeDeed(fold: Fold, deed: RunCommand['deed']): void {
  if (deed.kind === 'confirm') takeOwn(fold, { ...deed, kind: 'confirmed' }, null);
  if (deed.kind === 'observe') takeOwn(fold, { ...deed, kind: 'observed' }, null);
  if (deed.kind === 'answer') takeOwn(fold, { ...deed, kind: 'answered' }, null);
  if (deed.kind === 'lock') takeOwn(fold, { ...deed, kind: 'locked' }, null);
}

/** What the evaluator did; without a place in the log it has not been answered yet. */
function takeOwn(fold: Fold, body: EntryBody, seq: number | null): void {
  switch (body.kind) {
    case 'confirmed': {
      const { doer, done, doneMs, note } = body;
      fold.byId.get(body.expectation)?.marks.push({ seq, doer, done, doneMs, note });
      return;
    }
    case 'observed': {
      const { text, about, media, observedMs } = body;
      fold.observations.push({ atMs: observedMs, text, about, media, isSent: seq !== null });
      return;
    }
    case 'answered': {
      const { answer, reason, observedMs } = body;
      fold.answers[answerKey(body.sheet, body.item)] = { answer, reason, observedMs, isSent: seq !== null };
      return;
    }
    case 'locked':
      fold.locked.push(body.sheet);
      return;
    default:
  }
}

const STATE_AFTER: Partial<Record<Fact['type'], ExpectationState['state']>> = {
  expectation_opened: 'open',
  expectation_met: 'met',
  expectation_late: 'late',
  expectation_missed: 'missed',
  expectation_rectified: 'rectified',
  expectation_voided: 'voided',
  expectation_not_applicable: 'not_applicable',
};

function takeFact(fold: Fold, fact: Fact): void {
  const state = STATE_AFTER[fact.type];
  if (!state || !('expectation' in fact)) return;
  const each = fold.byId.get(fact.expectation);
  if (!each) return;
  each.state = state;
  if (fact.type === 'expectation_opened') each.dueMs = fact.dueMs;
  if ('doneMs' in fact) each.doneMs = fact.doneMs;
}

/** Open actions, the one due first on top; then what was missed; then what is done; then what has not begun. */
export function ranked(desk: EvaluatorDesk): {
  open: Watched[];
  missed: Watched[];
  done: Watched[];
  later: Watched[];
} {
  const among = (...states: ExpectationState['state'][]) =>
    desk.watched.filter(({ state }) => states.includes(state));
  return {
    open: among('open').sort((a, b) => (a.dueMs ?? 0) - (b.dueMs ?? 0)),
    missed: among('missed'),
    done: among('met', 'late', 'rectified', 'voided', 'not_applicable'),
    later: among('dormant'),
  };
}

/** The mark that counts for a doer: the last. */
export function markOf({ marks }: Watched, doer: string): Mark | null {
  return marks.filter((mark) => mark.doer === doer).at(-1) ?? null;
}

export function itemsOf(sheet: Sheet): SheetItem[] {
  return sheet.categories.flatMap(({ items }) => items);
}

/** Items of a sheet that have no answer, or an answer without the reason it needs. */
export function openItems(sheet: Sheet, answers: EvaluatorDesk['answers']): SheetItem[] {
  return itemsOf(sheet).filter((item) => {
    const given = answers[answerKey(sheet.id, item.id)];
    if (!given || !isAnswer(item.scale, given.answer)) return true;
    return owesReason(item, given.answer) && given.reason.trim() === '';
  });
}
