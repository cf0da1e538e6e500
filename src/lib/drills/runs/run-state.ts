import type { Value } from '../scripts/condition.ts';
import type { Inject } from '../scripts/script.ts';

/**
 * What a run knows: the fold of its log. All times are exercise milliseconds. Injects and expected actions
 * are data here, not regions of the machine: a region each costs seconds per event (docs/adr).
 */

export type InjectState = {
  /** `due`: its time has come and it waits for the director's yes. `held`: taken out of the automatic. */
  state: 'waiting' | 'due' | 'held' | 'released' | 'skipped';
  /** When a condition it waits for came true. */
  armedMs: number | null;
  releasedMs: number | null;
  /** Seats that said yes to one that needs two. */
  approvals: string[];
  /** By player role. */
  acked: Record<string, number>;
  expiredMs: number | null;
};

export type ExpectationState = {
  /** `rectified`: done after it was missed, too late for points. `voided`: out of the count by a jump or the director. */
  state: 'dormant' | 'open' | 'met' | 'late' | 'missed' | 'rectified' | 'voided' | 'not_applicable';
  openedMs: number | null;
  dueMs: number | null;
  missedMs: number | null;
  /** When it was done, by the moment of the evidence that completed it. */
  doneMs: number | null;
  doneBy: Record<string, number>;
  /** Indices of the matchers that a role has satisfied so far. */
  matched: Record<string, number[]>;
  /** Share of the required fields of the document that were filled, 1 where none is asked. */
  fieldShare: number;
  /** Indices of the wrong actions that were done. */
  wrong: number[];
  wrongMs: number | null;
  /** Where in the log the evidence stands. */
  evidence: number[];
};

export type DecisionState = {
  openedMs: number;
  dueMs: number;
  option: string | null;
  /** The role that took it; null by default. */
  by: string | null;
  decidedMs: number | null;
};

export type Dispatch = {
  seq: number;
  resource: string;
  quantity: number;
  to: string;
  by: string;
  sentMs: number;
  departsMs: number;
  arrivesMs: number;
  arrived: boolean;
};

export type PhaseState = { enteredMs: number; exitedMs: number | null };

export type Jump = { toMs: number; choices: Record<string, 'fire' | 'hold' | 'skip'> };

export type RunState = {
  /** Started and not ended. */
  on: boolean;
  /** Exercise time of the last event. */
  atMs: number;
  phase: string;
  phases: Record<string, PhaseState>;
  injects: Record<string, InjectState>;
  expectations: Record<string, ExpectationState>;
  decisions: Record<string, DecisionState>;
  dispatches: Dispatch[];
  /** What injects and the director set; series count until then. */
  set: Record<string, Value>;
  /** How many values of a series have been told: a value that changes by itself is a fact of the log too. */
  told: Record<string, number>;
  /** Features and documents that have come into sight. */
  revealed: Record<string, number>;
  /** Injects the director wrote during the run, and changed texts of others. */
  added: Inject[];
  edits: Record<string, { title: string; body: string }>;
  jump: Jump | null;
  /** What the last event brought about, in order: goes to the log behind it. */
  facts: Fact[];
};

/** What follows from an event by the rules of the script. Nothing in it is decided again on replay. */
export type Fact =
  | { type: 'phase_entered'; phase: string; why: 'start' | 'rule' | 'hand' }
  | { type: 'phase_exited'; phase: string }
  | { type: 'inject_due'; inject: string }
  | { type: 'inject_held'; inject: string; why: 'phase' | 'jump' | 'hand' }
  | { type: 'inject_released'; inject: string; why: 'clock' | 'hand' }
  | { type: 'inject_skipped'; inject: string; why: 'phase' | 'jump' | 'hand' }
  | { type: 'inject_expired'; inject: string; roles: string[] }
  | { type: 'expectation_opened'; expectation: string; dueMs: number }
  | { type: 'expectation_advanced'; expectation: string; role: string }
  | { type: 'expectation_met'; expectation: string; doneMs: number }
  | { type: 'expectation_late'; expectation: string; doneMs: number; lateMs: number }
  | { type: 'expectation_missed'; expectation: string; why: 'limit' | 'never_opened' }
  | { type: 'expectation_rectified'; expectation: string; doneMs: number }
  | { type: 'expectation_wrong'; expectation: string; wrong: number; role: string }
  | { type: 'expectation_voided'; expectation: string; why: 'jump' | 'hand' | 'end' }
  | { type: 'expectation_not_applicable'; expectation: string }
  | { type: 'decision_opened'; inject: string; dueMs: number }
  | { type: 'decision_taken'; inject: string; option: string; role: string }
  | { type: 'decision_defaulted'; inject: string; option: string }
  | { type: 'variable_set'; variable: string; value: Value }
  | { type: 'feature_revealed'; feature: string }
  | { type: 'document_revealed'; document: string }
  | { type: 'resource_arrived'; dispatch: number; resource: string; to: string };

/** What somebody did, as far as an expected action may wait for it. */
export type Evidence =
  | { kind: 'acked'; inject: string }
  | { kind: 'document'; document: string; fieldShare: number }
  | { kind: 'message'; to: string[]; text: string }
  | { kind: 'decision'; inject: string; option: string }
  | { kind: 'dispatch'; resource: string; resourceKind: string; quantity: number; to: string }
  | { kind: 'mark'; mark: string }
  | { kind: 'call'; to: string }
  | { kind: 'present' }
  | { kind: 'confirmed'; expectation: string };

/** What the machine takes in: each is one entry of the log. `atMs` is exercise time, `seq` its place in the log. */
export type RunEvent = { atMs: number; seq: number } & (
  | { type: 'START' | 'PAUSE' | 'RESUME' | 'END' | 'ABORT' | 'HOT_WASH' | 'EVALUATE' | 'PUBLISH' | 'ARCHIVE' }
  /** A moment of exercise time has come. */
  | { type: 'TIME' }
  | { type: 'JUMP'; jump: Jump }
  | { type: 'RELEASE'; inject: string; seat: string }
  | { type: 'HOLD' | 'SKIP' | 'UNHOLD'; inject: string }
  | { type: 'EDIT'; inject: string; title: string; body: string }
  | { type: 'ADD'; inject: Inject }
  | { type: 'ACK'; inject: string; role: string }
  | { type: 'ACT'; role: string; evidence: Evidence; doneMs: number }
  | { type: 'DECIDE'; inject: string; option: string; role: string }
  | { type: 'DISPATCH'; resource: string; quantity: number; to: string; role: string }
  | { type: 'EXTEND'; expectation: string; byMs: number }
  | { type: 'VOID'; expectation: string }
  | { type: 'SET'; variable: string; value: Value }
  | { type: 'GOTO'; phase: string }
);

/** An event before its time and its place in the log are known. */
export type RunInput = RunEvent extends infer Each
  ? Each extends RunEvent
    ? Omit<Each, 'atMs' | 'seq'>
    : never
  : never;
