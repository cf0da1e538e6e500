import type { Expectation } from '../scripts/script-expectations.ts';
import type { Inject, Resource, Role } from '../scripts/script.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';
import type { Value } from '../scripts/condition.ts';
import { injectOf } from './inject-rules.ts';
import { valueOf } from './known.ts';
import type { Entry } from './run-log.ts';
import type { DecisionState, ExpectationState, RunState } from './run-state.ts';

/** The right side of the director's desk: folds of the run's state and log. */

export type ExpectationRow = { expectation: Expectation; now: ExpectationState; roles: Role[] };

const OPEN = ['open'];
const MISSED = ['missed', 'rectified'];
const DONE = ['met', 'late', 'voided', 'not_applicable'];

/** Expected actions: open by their limit, missed and done with the last first, and how many have not opened. */
export function expectationsOf(
  state: RunState,
  index: ScriptIndex,
): { open: ExpectationRow[]; missed: ExpectationRow[]; done: ExpectationRow[]; dormant: number } {
  const rows = index.script.expectations.map((expectation) => ({
    expectation,
    now: state.expectations[expectation.id]!,
    roles: expectation.by.roles.flatMap((id) => index.roles.get(id) ?? []),
  }));
  const of = (states: readonly string[]) => rows.filter(({ now }) => states.includes(now.state));
  const lastOf = ({ now }: ExpectationRow) => now.doneMs ?? now.missedMs ?? 0;
  return {
    open: of(OPEN).sort((a, b) => (a.now.dueMs ?? 0) - (b.now.dueMs ?? 0)),
    missed: of(MISSED).sort((a, b) => lastOf(b) - lastOf(a)),
    done: of(DONE).sort((a, b) => lastOf(b) - lastOf(a)),
    dormant: of(['dormant']).length,
  };
}

export type DecisionRow = { inject: Inject; now: DecisionState; decider: Role | undefined };

/** Decisions that were asked for, those still open first. */
export function decisionsOf(state: RunState, index: ScriptIndex): DecisionRow[] {
  return Object.entries(state.decisions)
    .flatMap(([id, now]) => {
      const inject = injectOf(state, index, id);
      return inject?.decision ? [{ inject, now, decider: index.roles.get(inject.decision.decider) }] : [];
    })
    .sort(
      (a, b) =>
        Number(a.now.option !== null) - Number(b.now.option !== null) || b.now.openedMs - a.now.openedMs,
    );
}

export type ResourceRow = {
  resource: Resource;
  left: number;
  sent: { quantity: number; to: string; departsMs: number; arrivesMs: number; arrived: boolean }[];
};

/** Resources with what is left at home and what was sent where. */
export function resourcesOf(state: RunState, index: ScriptIndex): ResourceRow[] {
  return index.script.resources.map((resource) => {
    const sent = state.dispatches.filter((each) => each.resource === resource.id);
    return {
      resource,
      left: resource.quantity - sent.reduce((sum, { quantity }) => sum + quantity, 0),
      sent: sent.map(({ quantity, to, departsMs, arrivesMs, arrived }) => ({
        quantity,
        to: index.features.get(to)?.name ?? to,
        departsMs,
        arrivesMs,
        arrived,
      })),
    };
  });
}

export type VariableRow = {
  id: string;
  name: string;
  unit: string;
  value: Value | undefined;
  /** Set by an inject or by hand: its own series does not move it any more. */
  isSet: boolean;
};

/** The values as they are at a moment of exercise time. */
export function variablesOf(state: RunState, index: ScriptIndex, exMs: number): VariableRow[] {
  return index.script.variables.map(({ id, name, unit }) => ({
    id,
    name,
    unit: unit ?? '',
    value: valueOf(state, index, id, exMs),
    isSet: id in state.set,
  }));
}

/** A value typed by the director, of the kind the variable has; null when it is none. */
export function typedValue(before: Value | undefined, text: string): Value | null {
  const typed = text.trim();
  if (typed === '') return null;
  if (typeof before === 'number') return Number.isFinite(Number(typed)) ? Number(typed) : null;
  if (typeof before === 'boolean') return typed === 'true' ? true : typed === 'false' ? false : null;
  return typed;
}

export type Said = { seq: number; atMs: number; from: string; to: readonly string[]; text: string };
export type Talk = {
  /** The role of control's that is spoken to: 模拟县防办. */
  own: Role;
  said: Said[];
  /** Messages that came after the last answer. */
  unanswered: number;
};

/** What was said to and by control's own roles, those that wait for an answer first, then the latest. */
export function talksOf(entries: readonly Entry[], own: readonly Role[]): Talk[] {
  const messages = entries.flatMap(({ seq, atMs, role, body }) =>
    body.kind === 'message' ? [{ seq, atMs, from: role ?? '', to: body.to, text: body.text }] : [],
  );
  return own
    .map((role) => {
      const said = messages.filter(({ from, to }) => from === role.id || to.includes(role.id));
      const answers = said.filter(({ from }) => from === role.id);
      const lastAnswer = answers.at(-1)?.seq ?? 0;
      const unanswered = said.filter(({ seq, from }) => seq > lastAnswer && from !== role.id).length;
      return { own: role, said, unanswered };
    })
    .sort(
      (a, b) =>
        Number(b.unanswered > 0) - Number(a.unanswered > 0) ||
        (b.said.at(-1)?.seq ?? 0) - (a.said.at(-1)?.seq ?? 0),
    );
}

export type SeatRow = { name: string; roles: Role[]; checked: boolean };

/** Who sits where and whose communications work, from the log; and the player roles that nobody holds. */
export function seatsOf(entries: readonly Entry[], index: ScriptIndex): { seats: SeatRow[]; empty: Role[] } {
  const seats = new Map<string, { name: string; roles: string[] }>();
  const checked = new Set<string>();
  for (const { body, role } of entries) {
    if (body.kind === 'seated') {
      seats.delete(body.account);
      // Without a role nobody sits: the seat was taken away.
      if (body.roles.length > 0) seats.set(body.account, { name: body.name, roles: body.roles });
    }
    if (body.kind === 'checked' && role) checked.add(role);
  }
  const rows = [...seats.values()].map(({ name, roles }) => ({
    name,
    roles: roles.flatMap((id) => index.roles.get(id) ?? []),
    checked: roles.some((id) => checked.has(id)),
  }));
  const taken = new Set(rows.flatMap(({ roles }) => roles.map(({ id }) => id)));
  return {
    seats: rows,
    empty: index.script.roles.filter(({ id, group }) => group === 'player' && !taken.has(id)),
  };
}

/** Entries that are on the wall now. */
export function curatedOf(entries: readonly Entry[]): ReadonlySet<number> {
  const curated = new Set<number>();
  for (const { body } of entries) {
    if (body.kind !== 'curated') continue;
    if (body.shown) curated.add(body.entry);
    else curated.delete(body.entry);
  }
  return curated;
}
