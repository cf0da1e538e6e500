import { durationMs } from '../scripts/duration.ts';
import type { Expectation, Matcher } from '../scripts/script-expectations.ts';
import { sinceOf } from './known.ts';
import type { Evidence, ExpectationState, Fact, RunState } from './run-state.ts';
import type { ScriptIndex } from '../scripts/script-index.ts';

/**
 * Expected actions: they open, are done, are missed. All functions change the state they are given, which
 * is the step's own copy (settle.ts), and push what happened to `state.facts`.
 */

/** Received within this after the limit still counts as in time: the way through the network is not the player's. */
export const NETWORK_GRACE = 'PT2S';

export function newExpectation(): ExpectationState {
  return {
    state: 'dormant',
    openedMs: null,
    dueMs: null,
    missedMs: null,
    doneMs: null,
    doneBy: {},
    matched: {},
    fieldShare: 1,
    wrong: [],
    wrongMs: null,
    evidence: [],
  };
}

function change(state: RunState, id: string, part: Partial<ExpectationState>, ...facts: Fact[]): void {
  state.expectations[id] = { ...state.expectations[id]!, ...part };
  state.facts.push(...facts);
}

/** The last moment at which a deed still counts as in time. */
export function lastInTimeMs(expectation: Expectation, dueMs: number): number {
  return dueMs + durationMs(expectation.grace ?? NETWORK_GRACE);
}

/** Opens what its opening has happened for. True when something opened. */
export function openExpectations(state: RunState, index: ScriptIndex): boolean {
  let opened = false;
  for (const expectation of index.script.expectations) {
    const now = state.expectations[expectation.id]!;
    if (now.state !== 'dormant') continue;
    const openedMs = sinceOf(state, expectation.opensOn);
    if (openedMs === null) continue;
    opened = true;
    const dueMs = openedMs + durationMs(expectation.limit);
    change(
      state,
      expectation.id,
      { state: 'open', openedMs, dueMs },
      {
        type: 'expectation_opened',
        expectation: expectation.id,
        dueMs,
      },
    );
    finishIfDone(state, expectation);
  }
  return opened;
}

/** Misses what is open beyond its limit; what a jump passed over is voided instead. True when something changed. */
export function missExpectations(state: RunState, index: ScriptIndex): boolean {
  let changed = false;
  for (const expectation of index.script.expectations) {
    const now = state.expectations[expectation.id]!;
    if (now.state !== 'open' || state.atMs <= lastInTimeMs(expectation, now.dueMs!)) continue;
    changed = true;
    if (state.jump && now.dueMs! <= state.jump.toMs) voidExpectation(state, expectation.id, 'jump');
    else
      change(
        state,
        expectation.id,
        { state: 'missed', missedMs: state.atMs },
        {
          type: 'expectation_missed',
          expectation: expectation.id,
          why: 'limit',
        },
      );
  }
  return changed;
}

export function voidExpectation(state: RunState, id: string, why: 'jump' | 'hand' | 'end'): void {
  change(state, id, { state: 'voided' }, { type: 'expectation_voided', expectation: id, why });
}

/** Takes a deed into every expected action that waits for it, and into its wrong actions. */
export function takeEvidence(
  state: RunState,
  index: ScriptIndex,
  deed: { role: string; evidence: Evidence; doneMs: number; seq: number },
): void {
  for (const expectation of index.script.expectations) {
    const now = state.expectations[expectation.id]!;
    const isDoer = expectation.by.roles.includes(deed.role);
    if (!isDoer || ['met', 'late', 'voided', 'not_applicable'].includes(now.state)) continue;
    if (now.state !== 'dormant') takeWrong(state, expectation, deed);
    if (now.state === 'dormant' && !expectation.earlyAllowed) continue;
    takeRight(state, expectation, deed);
    if (now.state !== 'dormant') finishIfDone(state, expectation);
  }
}

function takeWrong(
  state: RunState,
  expectation: Expectation,
  { role, evidence }: { role: string; evidence: Evidence },
): void {
  for (const [wrong, { when }] of (expectation.wrong ?? []).entries()) {
    const now = state.expectations[expectation.id]!;
    if (now.wrong.includes(wrong) || !matches(when, evidence, expectation.id)) continue;
    change(
      state,
      expectation.id,
      { wrong: [...now.wrong, wrong], wrongMs: now.wrongMs ?? state.atMs },
      {
        type: 'expectation_wrong',
        expectation: expectation.id,
        wrong,
        role,
      },
    );
  }
}

function takeRight(
  state: RunState,
  expectation: Expectation,
  { role, evidence, doneMs, seq }: { role: string; evidence: Evidence; doneMs: number; seq: number },
): void {
  const now = state.expectations[expectation.id]!;
  if (role in now.doneBy) return;
  const before = now.matched[role] ?? [];
  const matched = nextMatched(expectation, before, evidence);
  if (matched === before) return;
  const isDone =
    expectation.evidenceLogic === 'all' || expectation.evidenceLogic === 'sequence'
      ? matched.length === expectation.evidence.length
      : true;
  change(state, expectation.id, {
    matched: { ...now.matched, [role]: matched },
    doneBy: isDone ? { ...now.doneBy, [role]: doneMs } : now.doneBy,
    fieldShare: evidence.kind === 'document' ? evidence.fieldShare : now.fieldShare,
    evidence: [...now.evidence, seq],
  });
  if (isDone) state.facts.push({ type: 'expectation_advanced', expectation: expectation.id, role });
}

function nextMatched(expectation: Expectation, before: number[], evidence: Evidence): number[] {
  if (expectation.evidenceLogic === 'sequence') {
    const next = before.length;
    const fits =
      next < expectation.evidence.length && matches(expectation.evidence[next]!, evidence, expectation.id);
    return fits ? [...before, next] : before;
  }
  const found = expectation.evidence.findIndex(
    (matcher, at) => !before.includes(at) && matches(matcher, evidence, expectation.id),
  );
  return found < 0 ? before : [...before, found];
}

/** Whether as many roles as needed have done their part; then the outcome is decided by the last of them. */
function finishIfDone(state: RunState, expectation: Expectation): void {
  const now = state.expectations[expectation.id]!;
  const { roles, need } = expectation.by;
  const needed = need === 'all' ? roles.length : need === 'any' ? 1 : Math.min(need, roles.length);
  const times = Object.values(now.doneBy).sort((a, b) => a - b);
  if (times.length < needed) return;
  const doneMs = Math.max(times[needed - 1]!, now.openedMs!);
  const { id } = expectation;
  if (doneMs <= lastInTimeMs(expectation, now.dueMs!))
    change(
      state,
      id,
      { state: 'met', doneMs, missedMs: null },
      { type: 'expectation_met', expectation: id, doneMs },
    );
  else if (expectation.late.rule === 'zero')
    change(
      state,
      id,
      { state: 'rectified', doneMs, missedMs: now.missedMs ?? now.dueMs },
      { type: 'expectation_rectified', expectation: id, doneMs },
    );
  else
    change(
      state,
      id,
      { state: 'late', doneMs },
      {
        type: 'expectation_late',
        expectation: id,
        doneMs,
        lateMs: doneMs - now.dueMs!,
      },
    );
}

/** Whether a deed is what a matcher asks for. */
export function matches(matcher: Matcher, evidence: Evidence, expectation: string): boolean {
  if ('acked' in matcher) return evidence.kind === 'acked' && evidence.inject === matcher.acked;
  if ('document' in matcher)
    return (
      evidence.kind === 'document' &&
      evidence.document === matcher.document &&
      (!matcher.complete || evidence.fieldShare === 1)
    );
  if ('message' in matcher)
    return (
      evidence.kind === 'message' &&
      evidence.to.includes(matcher.message.to) &&
      (matcher.message.mentions ?? []).every((word) => evidence.text.includes(word))
    );
  if ('decision' in matcher)
    return (
      evidence.kind === 'decision' &&
      evidence.inject === matcher.decision &&
      (matcher.options?.includes(evidence.option) ?? true)
    );
  if ('dispatch' in matcher) return matchesDispatch(matcher.dispatch, evidence);
  if ('mark' in matcher) return evidence.kind === 'mark' && evidence.mark === matcher.mark.kind;
  if ('call' in matcher) return evidence.kind === 'call' && evidence.to === matcher.call.to;
  if ('present' in matcher) return evidence.kind === 'present';
  return evidence.kind === 'confirmed' && evidence.expectation === expectation;
}

function matchesDispatch(
  wanted: Extract<Matcher, { dispatch: unknown }>['dispatch'],
  evidence: Evidence,
): boolean {
  if (evidence.kind !== 'dispatch') return false;
  if (wanted.resource !== undefined && wanted.resource !== evidence.resource) return false;
  if (wanted.kind !== undefined && wanted.kind !== evidence.resourceKind) return false;
  if (wanted.to !== undefined && wanted.to !== evidence.to) return false;
  return evidence.quantity >= (wanted.quantity ?? 1);
}
