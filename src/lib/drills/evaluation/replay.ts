import type { Naming } from '../runs/fact-copy.ts';
import { logLines, type LogLine } from '../runs/log-copy.ts';
import type { Entry } from '../runs/run-log.ts';
import type { RunState } from '../runs/run-state.ts';
import { emptyRun, fold, type Run } from '../runs/run.ts';
import type { Seat } from '../runs/seat.ts';
import { show, viewerOf, type Shown } from '../runs/visible.ts';
import { injectsOf } from '../runs/inject-rules.ts';
import { indexOf } from '../scripts/script-index.ts';
import type { Script } from '../scripts/script.ts';

/**
 * A run after its end, at any place of its log. The same fold as live and as after a crash, the same
 * projection: what a role saw then is computed here, not remembered.
 */

/** States kept on the way, so that going back does not fold from the beginning. */
const KEPT_EVERY = 25;

export class Replay {
  readonly script: Script;
  readonly entries: readonly Entry[];
  readonly #kept: Run[];

  constructor(script: Script, entries: readonly Entry[]) {
    this.script = script;
    this.entries = entries;
    this.#kept = [emptyRun(script)];
  }

  /** The run after an entry; after the last one for more than there are. */
  runAt(seq: number): Run {
    const until = Math.min(Math.max(0, seq), this.entries.length);
    let run = this.#kept[Math.min(Math.floor(until / KEPT_EVERY), this.#kept.length - 1)]!;
    while (run.seq < until) {
      run = fold(this.script, run, this.entries[run.seq]!);
      if (run.seq % KEPT_EVERY === 0 && this.#kept.length === run.seq / KEPT_EVERY) this.#kept.push(run);
    }
    return run;
  }

  /** The last entry at a moment of exercise time; 0 before the first. */
  seqAt(atMs: number): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entries[middle]!.atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** What a seat had been shown by then, entry by entry as it was shown live. */
  seenBy(seat: Seat, seq: number): Shown[] {
    const { state, stage } = this.runAt(seq).snapshot;
    const viewer = viewerOf(this.script, seat);
    const entryAt = (at: number) => this.entries[at - 1];
    const context = { script: this.script, state, stage, entryAt };
    return this.entries.slice(0, seq).flatMap((entry) => show(entry, viewer, context) ?? []);
  }
}

export type LaneMark = {
  seq: number;
  atMs: number;
  /** End of a span; null for a moment. */
  untilMs: number | null;
  text: string;
  tone: 'plain' | 'good' | 'late' | 'missed';
};
export type Lane = { id: 'injects' | 'expectations' | 'messages' | 'decisions'; marks: LaneMark[] };

const DECISIONS = ['decision_opened', 'decision_taken', 'decision_defaulted'];
const SAID = ['message', 'called', 'document', 'dispatched', 'marked', 'present'];

/** Injects, expected actions, messages and decisions by time, from the whole log. */
export function lanesOf(state: RunState, entries: readonly Entry[], name: Naming): Lane[] {
  const lines = new Map(logLines(entries, name).map((line) => [line.seq, line]));
  const marksWhere = (isOne: (entry: Entry) => boolean): LaneMark[] =>
    entries.filter(isOne).flatMap((entry) => {
      const line = lines.get(entry.seq);
      return line ? [momentOf(line)] : [];
    });
  const factIn = (types: readonly string[]) => (entry: Entry) =>
    entry.body.kind === 'fact' && types.includes(entry.body.fact.type);
  return [
    { id: 'injects', marks: marksWhere(factIn(['inject_released', 'inject_skipped'])) },
    { id: 'expectations', marks: expectationMarks(state, entries, name) },
    { id: 'messages', marks: marksWhere(({ body }) => SAID.includes(body.kind)) },
    { id: 'decisions', marks: marksWhere(factIn(DECISIONS)) },
  ];
}

function momentOf({ seq, atMs, text, who }: LogLine): LaneMark {
  return { seq, atMs, untilMs: null, text: who ? `${who} ${text}` : text, tone: 'plain' };
}

/** From its opening to when it was done, or to its limit. */
function expectationMarks(state: RunState, entries: readonly Entry[], name: Naming): LaneMark[] {
  return entries.flatMap(({ seq, body }) => {
    if (body.kind !== 'fact' || body.fact.type !== 'expectation_opened') return [];
    const { expectation: id } = body.fact;
    const now = state.expectations[id];
    if (!now || now.openedMs === null) return [];
    const untilMs = now.doneMs ?? now.missedMs ?? now.dueMs ?? now.openedMs;
    const tone = ({ met: 'good', late: 'late', missed: 'missed', rectified: 'missed' } as const)[
      now.state as 'met'
    ];
    return [{ seq, atMs: now.openedMs, untilMs, text: name.expectation(id), tone: tone ?? 'plain' }];
  });
}

/** How far a run had come: what was out, open and done by then. */
export type Situation = {
  phase: string;
  released: number;
  injects: number;
  open: { title: string; dueMs: number }[];
  met: number;
  late: number;
  missed: number;
};

export function situationOf(script: Script, { snapshot }: Run): Situation {
  const { state } = snapshot;
  const index = indexOf(script);
  const all = Object.entries(state.expectations);
  const many = (...states: string[]) => all.filter(([, now]) => states.includes(now.state)).length;
  return {
    phase: index.phases.get(snapshot.phase)?.title ?? '',
    released: Object.values(state.injects).filter((now) => now.state === 'released').length,
    injects: injectsOf(state, index).length,
    open: all
      .filter(([, now]) => now.state === 'open')
      .map(([id, now]) => ({ title: index.expectations.get(id)?.title ?? id, dueMs: now.dueMs ?? 0 }))
      .sort((a, b) => a.dueMs - b.dueMs),
    met: many('met'),
    late: many('late'),
    missed: many('missed', 'rectified'),
  };
}

/** Where playing has come after some real time, not beyond the end. */
export function playedTo(fromMs: number, elapsedMs: number, rate: number, endMs: number): number {
  return Math.min(endMs, fromMs + Math.max(0, elapsedMs) * rate);
}

export const REPLAY_RATES = [1, 5, 10, 30, 60] as const;
