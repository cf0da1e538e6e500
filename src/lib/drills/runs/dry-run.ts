import type { Matcher } from '../scripts/script-expectations.ts';
import type { Script } from '../scripts/script.ts';
import { durationMs } from '../scripts/duration.ts';
import { indexOf, type ScriptIndex } from '../scripts/script-index.ts';
import { injectOf } from './inject-rules.ts';
import { advance, newRun, type RunSnapshot } from './run.machine.ts';
import type { Evidence, Fact, RunEvent, RunInput } from './run-state.ts';
import { nextWakeMs } from './settle.ts';

/**
 * A script played against the clock without people. Four casts show what the author should see: nobody
 * answers; everybody does what is expected, in time, or late; and everybody takes the other option.
 */
export const CASTS = ['nobody', 'in_time', 'late', 'other_option'] as const;
export type Cast = (typeof CASTS)[number];

export type DryRun = {
  cast: Cast;
  entries: { atMs: number; fact: Fact }[];
  /** Phases walked through, in order. */
  phases: string[];
  /** Whether the run came to a final phase; if not, it stood still or exceeded its time. */
  isFinished: boolean;
  endMs: number;
};

/** Longer than any drill: what goes on beyond is going round in circles. */
const STEPS_MAX = 5_000;
/** How much longer than planned a dry run may take, because nobody may be there to move it on. */
const OVERTIME = 3;

export function dryRun(script: Script, cast: Cast): DryRun {
  return played(script, cast).outcome();
}

/** The events of a dry run in their order: from them a log can be written that is the same each time. */
export function eventsOf(script: Script, cast: Cast): Planned[] {
  return played(script, cast).sent;
}

function played(script: Script, cast: Cast): Rehearsal {
  const player = new Rehearsal(script, cast);
  const limitMs = durationMs(script.meta.planned) * OVERTIME;
  player.send({ type: 'START' });
  for (let steps = 0; steps < STEPS_MAX && !player.isFinal; steps++) {
    const nextMs = player.nextMs();
    if (nextMs !== null && nextMs <= limitMs) player.goOn(nextMs);
    else if (!player.takeManualExit()) break;
  }
  return player;
}

export type Planned = { atMs: number; event: RunInput };

class Rehearsal {
  readonly script: Script;
  readonly cast: Cast;
  readonly index: ScriptIndex;
  run: RunSnapshot;
  seq = 0;
  planned: Planned[] = [];
  sent: Planned[] = [];
  entries: DryRun['entries'] = [];

  constructor(script: Script, cast: Cast) {
    this.script = script;
    this.cast = cast;
    this.index = indexOf(script);
    this.run = newRun(script);
  }

  get isFinal(): boolean {
    return this.index.phases.get(this.run.phase)?.final ?? false;
  }

  nextMs(): number | null {
    const wakes = [nextWakeMs(this.run.state, this.index), ...this.planned.map(({ atMs }) => atMs)];
    const times = wakes.filter((time) => time !== null);
    return times.length > 0 ? Math.min(...times) : null;
  }

  goOn(atMs: number): void {
    const next = this.planned.findIndex((planned) => planned.atMs <= atMs);
    const [planned] = next < 0 ? [] : this.planned.splice(next, 1);
    this.send(planned?.event ?? { type: 'TIME' }, atMs);
  }

  send(event: Planned['event'], atMs = this.run.state.atMs): void {
    this.sent.push({ atMs, event });
    this.run = advance(this.script, this.run, { ...event, atMs, seq: ++this.seq } as RunEvent);
    for (const fact of this.run.state.facts) {
      this.entries.push({ atMs: this.run.state.atMs, fact });
      this.answer(fact);
    }
  }

  /** A director alone at the desk brings out by hand what waits for a hand. */
  answer(fact: Fact): void {
    const { atMs } = this.run.state;
    if (fact.type === 'inject_due' || fact.type === 'inject_held') this.release(fact.inject, atMs);
    if (fact.type === 'phase_entered' && fact.why === 'start') this.planSuggested();
    if (this.cast === 'nobody') return;
    if (fact.type === 'inject_released') this.acknowledge(fact.inject, atMs);
    if (fact.type === 'decision_opened') this.decide(fact.inject, fact.dueMs, atMs);
    if (fact.type === 'expectation_opened') this.fulfil(fact.expectation, fact.dueMs, atMs);
  }

  release(inject: string, atMs: number): void {
    const needed =
      injectOf(this.run.state, this.index, inject)?.approval === 'two_person' ? ['a', 'b'] : ['a'];
    for (const seat of needed)
      this.planned.push({ atMs: atMs + 1_000, event: { type: 'RELEASE', inject, seat } });
  }

  planSuggested(): void {
    for (const { id, trigger } of this.script.injects)
      if ('manual' in trigger && trigger.suggestAt)
        this.planned.push({
          atMs: durationMs(trigger.suggestAt),
          event: { type: 'RELEASE', inject: id, seat: 'a' },
        });
  }

  acknowledge(inject: string, atMs: number): void {
    const { ackLimit = 'PT2M' } = injectOf(this.run.state, this.index, inject)!;
    const wait = this.cast === 'late' ? durationMs(ackLimit) * 2 : 20_000;
    for (const role of this.script.roles.filter(({ group }) => group === 'player'))
      this.planned.push({ atMs: atMs + wait, event: { type: 'ACK', inject, role: role.id } });
  }

  decide(inject: string, dueMs: number, atMs: number): void {
    const { options, decider, default: standard } = injectOf(this.run.state, this.index, inject)!.decision!;
    const others = options.filter(({ id }) => id !== standard);
    const option = this.cast === 'other_option' ? others[0]!.id : standard;
    if (this.cast !== 'late')
      this.planned.push({
        atMs: atMs + Math.floor((dueMs - atMs) / 2),
        event: { type: 'DECIDE', inject, option, role: decider },
      });
  }

  fulfil(id: string, dueMs: number, atMs: number): void {
    const expectation = this.index.expectations.get(id)!;
    const when = this.cast === 'late' ? dueMs + 60_000 : atMs + Math.floor((dueMs - atMs) / 2);
    const needed =
      expectation.evidenceLogic === 'all' || expectation.evidenceLogic === 'sequence'
        ? expectation.evidence
        : expectation.evidence.slice(0, 1);
    for (const role of expectation.by.roles)
      for (const matcher of needed) {
        const evidence = evidenceFor(matcher, id, this.index);
        if (evidence) this.planned.push({ atMs: when, event: { type: 'ACT', role, evidence, doneMs: when } });
      }
  }

  /** Nothing more comes by itself: the director moves on, if the phase has a way by hand. */
  takeManualExit(): boolean {
    const exit = this.index.phases.get(this.run.phase)?.exits.find(({ manual }) => manual);
    if (exit) this.send({ type: 'GOTO', phase: exit.to });
    return exit !== undefined;
  }

  outcome(): DryRun {
    const phases = this.entries.flatMap(({ fact }) => (fact.type === 'phase_entered' ? [fact.phase] : []));
    return {
      cast: this.cast,
      entries: this.entries,
      phases,
      isFinished: this.isFinal,
      endMs: this.run.state.atMs,
    };
  }
}

/** A deed that satisfies the matcher; null for what happens by itself (a decision, an acknowledgement). */
function evidenceFor(matcher: Matcher, expectation: string, index: ScriptIndex): Evidence | null {
  if ('document' in matcher) return { kind: 'document', document: matcher.document, fieldShare: 1 };
  if ('message' in matcher)
    return { kind: 'message', to: [matcher.message.to], text: (matcher.message.mentions ?? []).join(' ') };
  if ('dispatch' in matcher) {
    const { resource, kind, to = '', quantity = 1 } = matcher.dispatch;
    const resourceKind = kind ?? index.resources.get(resource ?? '')?.kind ?? '';
    return { kind: 'dispatch', resource: resource ?? '', resourceKind, quantity, to };
  }
  if ('mark' in matcher) return { kind: 'mark', mark: matcher.mark.kind };
  if ('call' in matcher) return { kind: 'call', to: matcher.call.to };
  if ('present' in matcher) return { kind: 'present' };
  return 'confirmed' in matcher ? { kind: 'confirmed', expectation } : null;
}
