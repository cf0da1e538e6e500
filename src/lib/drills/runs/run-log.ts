import type { Value } from '../scripts/condition.ts';
import type { Inject } from '../scripts/script.ts';
import type { Clock } from './clock.ts';
import type { Fact, Jump, RunEvent, RunInput } from './run-state.ts';

/**
 * The log of a run: every entry is something somebody did, the clock did, or the rules made of it. The log
 * is the truth; the state is its fold (run.ts), the screens are folds of what each may see of it (visible.ts).
 */
export type Entry = {
  /** From 1, without gaps. */
  seq: number;
  /** Exercise time. */
  atMs: number;
  /** Real time of receipt, epoch milliseconds of the server. */
  wallMs: number;
  seat: string | null;
  /** The role acted for: one seat may hold several. */
  role: string | null;
  /** What the sender calls its command, so that one sent twice is done once. */
  command: string | null;
  /** The entry that brought this fact about. */
  cause: number | null;
  body: EntryBody;
};

export type Channel = 'system' | 'phone' | 'radio' | 'face_to_face' | 'paper';

export type EntryBody =
  // The clock
  | { kind: 'started' | 'resumed' | 'paused' | 'rate_set'; clock: Clock }
  /** The service was away; exercise time stood still meanwhile. */
  | { kind: 'rebased'; clock: Clock; outageMs: number }
  | { kind: 'jumped'; clock: Clock; jump: Jump }
  | { kind: 'time' }
  // The director's desk
  | { kind: 'release' | 'hold' | 'unhold' | 'skip'; inject: string }
  | { kind: 'edited'; inject: string; title: string; body: string }
  | { kind: 'added'; inject: Inject }
  | { kind: 'extended'; expectation: string; byMs: number; why: string }
  | { kind: 'voided'; expectation: string; why: string }
  | { kind: 'variable'; variable: string; value: Value }
  | { kind: 'phase'; phase: string }
  /** Shown to observers and on the wall from this moment on. */
  | { kind: 'curated'; entry: number; shown: boolean }
  // The players
  | { kind: 'acknowledged'; inject: string; channel: Channel; answeredBy: string }
  | { kind: 'decided'; inject: string; option: string; why: string }
  | { kind: 'message'; to: string[]; text: string; channel: Channel }
  | { kind: 'document'; document: string; fields: Record<string, string>; fieldShare: number }
  | { kind: 'dispatched'; resource: string; quantity: number; to: string }
  | { kind: 'marked'; mark: string; x: number; y: number; note: string }
  | { kind: 'called'; to: string; answeredBy: string; note: string }
  | { kind: 'present'; people: number; note: string }
  // The evaluators
  | {
      kind: 'confirmed';
      expectation: string;
      doer: string;
      done: boolean;
      doneMs: number;
      note: string;
      media: string[];
    }
  | { kind: 'observed'; text: string; about: string | null; observedMs: number; media: string[] }
  | { kind: 'answered'; sheet: string; item: string; answer: string; reason: string; observedMs: number }
  | { kind: 'moderated'; sheet: string; item: string; answer: string; reason: string }
  | { kind: 'locked'; sheet: string }
  // Everybody
  | { kind: 'seated'; account: string; roles: string[]; name: string }
  | { kind: 'checked' }
  | { kind: 'real_event'; text: string }
  // The life of the run
  | { kind: 'ended' | 'hot_wash' | 'evaluating' | 'published' | 'archived' }
  | { kind: 'aborted'; why: 'stop_word' | 'real_event' | 'other'; text: string }
  | { kind: 'correction'; entry: number; text: string }
  // What followed
  | { kind: 'fact'; fact: Fact };

/** What the machine is told of an entry, or null for what concerns only people. Facts were its own answer. */
export function eventOf(entry: Entry): RunEvent | null {
  const input = inputOf(entry.body, entry.role ?? '', entry.seat ?? '', entry.atMs);
  return input ? ({ ...input, atMs: entry.atMs, seq: entry.seq } as RunEvent) : null;
}

const CONTROL: Partial<Record<EntryBody['kind'], RunEvent['type']>> = {
  started: 'START',
  paused: 'PAUSE',
  resumed: 'RESUME',
  rate_set: 'TIME',
  time: 'TIME',
  ended: 'END',
  aborted: 'ABORT',
  hot_wash: 'HOT_WASH',
  evaluating: 'EVALUATE',
  published: 'PUBLISH',
  archived: 'ARCHIVE',
};

function inputOf(body: EntryBody, role: string, seat: string, atMs: number): RunInput | null {
  const type = CONTROL[body.kind];
  if (type) return { type } as RunInput;
  return directorInput(body, seat) ?? playerInput(body, role, atMs);
}

function directorInput(body: EntryBody, seat: string): RunInput | null {
  switch (body.kind) {
    case 'jumped':
      return { type: 'JUMP', jump: body.jump };
    case 'release':
      return { type: 'RELEASE', inject: body.inject, seat };
    case 'hold':
      return { type: 'HOLD', inject: body.inject };
    case 'unhold':
      return { type: 'UNHOLD', inject: body.inject };
    case 'skip':
      return { type: 'SKIP', inject: body.inject };
    case 'edited':
      return { type: 'EDIT', inject: body.inject, title: body.title, body: body.body };
    case 'added':
      return { type: 'ADD', inject: body.inject };
    case 'extended':
      return { type: 'EXTEND', expectation: body.expectation, byMs: body.byMs };
    case 'voided':
      return { type: 'VOID', expectation: body.expectation };
    case 'variable':
      return { type: 'SET', variable: body.variable, value: body.value };
    case 'phase':
      return { type: 'GOTO', phase: body.phase };
    default:
      return null;
  }
}

function playerInput(body: EntryBody, role: string, atMs: number): RunInput | null {
  const act = (
    evidence: Extract<RunEvent, { type: 'ACT' }>['evidence'],
    doer = role,
    doneMs = atMs,
  ): RunInput => ({
    type: 'ACT',
    role: doer,
    evidence,
    doneMs,
  });
  switch (body.kind) {
    case 'acknowledged':
      return { type: 'ACK', inject: body.inject, role };
    case 'decided':
      return { type: 'DECIDE', inject: body.inject, option: body.option, role };
    case 'dispatched':
      return { type: 'DISPATCH', resource: body.resource, quantity: body.quantity, to: body.to, role };
    case 'message':
      return act({ kind: 'message', to: body.to, text: body.text });
    case 'document':
      return act({ kind: 'document', document: body.document, fieldShare: body.fieldShare });
    case 'marked':
      return act({ kind: 'mark', mark: body.mark });
    case 'called':
      return act({ kind: 'call', to: body.to });
    case 'present':
      return act({ kind: 'present' });
    case 'confirmed':
      return body.done
        ? act({ kind: 'confirmed', expectation: body.expectation }, body.doer, body.doneMs)
        : null;
    default:
      return null;
  }
}
