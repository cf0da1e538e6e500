import { describe, expect, it } from 'vitest';
import { exampleScript } from '#tests/drills/example-script.ts';
import { evaluatorDesk, markOf, openItems, ranked } from './desk-evaluator.ts';
import type { RunCommand } from './run-command.ts';
import type { EntryBody } from './run-log.ts';
import type { Fact } from './run-state.ts';
import type { Shown } from './visible.ts';

const script = exampleScript();
const [sheet] = script.evaluation.sheets;
const MINUTE = 60_000;
let seq = 0;
const entry = (body: EntryBody): Shown => ({
  atMs: 0,
  wallMs: 0,
  role: null,
  body: { kind: 'entry', body, seq: ++seq, cause: null, seat: 's' },
});
const fact = (each: Fact) => entry({ kind: 'fact', fact: each });
const opened = (expectation: string, minutes: number) =>
  fact({ type: 'expectation_opened', expectation, dueMs: minutes * MINUTE });
const confirmed = (done: boolean, minutes: number): EntryBody => ({
  kind: 'confirmed',
  expectation: 'e-count',
  doer: 'head',
  done,
  doneMs: minutes * MINUTE,
  note: '',
  media: [],
});
const desk = (shown: Shown[], waiting: RunCommand[] = []) =>
  evaluatorDesk(shown, script.expectations, waiting);
const ids = (list: { expectation: { id: string } }[]) => list.map(({ expectation }) => expectation.id);

describe('ranked', () => {
  it('puts the action due first on top and moves what is over down', () => {
    const before = [opened('e-report', 12), opened('e-boat', 9), opened('e-order', 20)];
    expect(ids(ranked(desk(before)).open)).toEqual(['e-boat', 'e-report', 'e-order']);
    expect(ids(ranked(desk(before)).later)).toEqual(['e-count']);
    const after = desk([
      ...before,
      fact({ type: 'expectation_missed', expectation: 'e-boat', why: 'limit' }),
      fact({ type: 'expectation_met', expectation: 'e-report', doneMs: 5 * MINUTE }),
    ]);
    expect(ids(ranked(after).open)).toEqual(['e-order']);
    expect(ids(ranked(after).missed)).toEqual(['e-boat']);
    expect(ranked(after).done[0]).toMatchObject({ state: 'met', doneMs: 5 * MINUTE });
  });

  it('moves the limit when the director extends it', () => {
    const extended = entry({ kind: 'extended', expectation: 'e-boat', byMs: 5 * MINUTE, why: '等车' });
    const { open } = ranked(desk([opened('e-report', 12), opened('e-boat', 9), extended]));
    expect(ids(open)).toEqual(['e-report', 'e-boat']);
    expect(open[1]?.dueMs).toBe(14 * MINUTE);
  });
});

describe('marks', () => {
  it('the last of a doer counts, and one that still waits for the network is seen at once', () => {
    const deed = { ...confirmed(false, 7), kind: 'confirm' } as RunCommand['deed'];
    const [count] = ranked(desk([opened('e-count', 9), entry(confirmed(true, 6))])).open;
    expect(markOf(count!, 'head')).toMatchObject({ done: true, doneMs: 6 * MINUTE });
    const waiting = desk(
      [opened('e-count', 9), entry(confirmed(true, 6))],
      [{ id: 'x', role: 'watch', deed }],
    );
    expect(markOf(ranked(waiting).open[0]!, 'head')).toMatchObject({ done: false, seq: null });
    expect(markOf(count!, 'duty')).toBeNull();
  });
});

describe('the sheet', () => {
  const answered = (item: string, answer: string, reason = ''): EntryBody => ({
    kind: 'answered',
    sheet: 'tabletop',
    item,
    answer,
    reason,
    observedMs: 0,
  });
  const left = (...bodies: EntryBody[]) =>
    openItems(sheet!, desk(bodies.map(entry)).answers).map(({ id }) => id);

  it('is open in what has no answer, or owes a reason', () => {
    expect(left()).toEqual(['q1', 'q2', 'q3']);
    expect(left(answered('q1', 'yes'), answered('q2', 'unfit'), answered('q3', 'not_applicable'))).toEqual([
      'q2',
      'q3',
    ]);
    expect(left(answered('q1', 'yes'), answered('q2', 'unfit', '没有派出'), answered('q3', 'yes'))).toEqual(
      [],
    );
  });

  it('takes a later answer for the earlier one', () => {
    expect(left(answered('q1', 'yes'), answered('q1', 'no'))).toEqual(['q1', 'q2', 'q3']);
  });
});
