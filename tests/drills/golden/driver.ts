import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { evidenceOf, gradesOf, type Grades } from '#lib/drills/evaluation/evidence.ts';
import { SCALE_ANSWERS } from '#lib/drills/runs/answer.ts';
import { eventsOf, type Cast, type Planned } from '#lib/drills/runs/dry-run.ts';
import type { Entry, EntryBody } from '#lib/drills/runs/run-log.ts';
import type { Evidence } from '#lib/drills/runs/run-state.ts';
import { append, CLOCKWORK, emptyRun, type Author, type Run } from '#lib/drills/runs/run.ts';
import { indexOf, receiversOf } from '#lib/drills/scripts/script-index.ts';
import type { Script } from '#lib/drills/scripts/script.ts';

/**
 * Whole runs of model scripts, kept with the script they were played from: a later version of the program
 * must fold their logs to the same state and the same grade, or an archive no longer says what it said.
 */
export type Golden = { cast: Cast; script: Script; entries: Entry[]; stateHash: string; grades: Grades };

/** When all of them are played; a run knows no other clock. */
const WALL_MS = Date.parse('2026-03-02T01:00:00Z');

/** Writes the log of a rehearsal: every event as somebody would have entered it, then end and evaluation. */
export function recordRun(script: Script, cast: Cast): Golden {
  let run: Run = emptyRun(script);
  const entries: Entry[] = [];
  const write = (body: EntryBody, author: Author, atMs: number) => {
    const written = append(script, run, body, author, { atMs, wallMs: WALL_MS + atMs });
    run = written.run;
    entries.push(...written.entries);
  };
  const director = script.roles.find(({ group }) => group === 'director')!.id;
  const by = (role: string): Author => ({ seat: `seat-${role}`, role, command: null });
  for (const { atMs, event } of eventsOf(script, cast)) {
    const deed = deedOf(script, event, director, atMs);
    if (deed) write(deed.body, deed.role === null ? CLOCKWORK : by(deed.role), atMs);
  }
  const endMs = run.snapshot.state.atMs;
  write({ kind: 'ended' }, by(director), endMs);
  write({ kind: 'evaluating' }, by(director), endMs);
  for (const answer of answersOf(script)) write(answer.body, by(answer.evaluator), endMs);
  return { cast, script, entries, stateHash: stateHash(run), grades: gradesAfter(script, run, entries) };
}

export function gradesAfter(script: Script, run: Run, entries: readonly Entry[]): Grades {
  return gradesOf(script, evidenceOf(run.snapshot.state, entries));
}

/** SHA-256 of everything a run knows, with its keys in order. */
export function stateHash({ snapshot, clock, seq }: Run): string {
  return createHash('sha256')
    .update(JSON.stringify(ordered({ snapshot, clock, seq })))
    .digest('base64url');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  );
}

type Deed = { body: EntryBody; role: string | null };

/** The entry that makes the machine see this event; null for what no entry can say. */
function deedOf(script: Script, event: Planned['event'], director: string, atMs: number): Deed | null {
  switch (event.type) {
    case 'START':
      return {
        body: { kind: 'started', clock: { running: true, exMs: 0, wallMs: WALL_MS, rate: 1 } },
        role: director,
      };
    case 'TIME':
      return { body: { kind: 'time' }, role: null };
    case 'RELEASE':
      // Two hands where two are needed: the seat is what the rule looks at.
      return { body: { kind: 'release', inject: event.inject }, role: `${director}-${event.seat}` };
    case 'ACK': {
      // A rehearsal lets everybody acknowledge; a run takes it only from those it was sent to.
      const inject = script.injects.find(({ id }) => id === event.inject);
      if (!inject || !receiversOf(inject, indexOf(script)).some(({ id }) => id === event.role)) return null;
      return {
        body: { kind: 'acknowledged', inject: event.inject, channel: 'system', answeredBy: '' },
        role: event.role,
      };
    }
    case 'DECIDE':
      return {
        body: { kind: 'decided', inject: event.inject, option: event.option, why: '' },
        role: event.role,
      };
    case 'GOTO':
      return { body: { kind: 'phase', phase: event.phase }, role: director };
    case 'ACT':
      return actOf(script, event.evidence, event.role, atMs);
    default:
      return null;
  }
}

function actOf(script: Script, evidence: Evidence, role: string, atMs: number): Deed | null {
  const body = bodyOf(script, evidence, role, atMs);
  return body ? { body, role } : null;
}

function bodyOf(script: Script, evidence: Evidence, role: string, atMs: number): EntryBody | null {
  switch (evidence.kind) {
    case 'document':
      return { kind: 'document', document: evidence.document, fields: {}, fieldShare: 1 };
    case 'message':
      return { kind: 'message', to: evidence.to, text: evidence.text || '收到', channel: 'phone' };
    case 'dispatch': {
      const { resource, resourceKind, quantity, to } = evidence;
      const sent = script.resources.find(
        ({ id, kind }) => id === resource || (resource === '' && kind === resourceKind),
      );
      const place = to || script.map.features.find(({ revealOn }) => !revealOn)?.id;
      return sent && place ? { kind: 'dispatched', resource: sent.id, quantity, to: place } : null;
    }
    case 'mark':
      return { kind: 'marked', mark: evidence.mark, x: 500, y: 500, note: '' };
    case 'call':
      return { kind: 'called', to: evidence.to, answeredBy: '值班员', note: '' };
    case 'present':
      return { kind: 'present', people: 10, note: '' };
    case 'confirmed': {
      const { expectation } = evidence;
      return { kind: 'confirmed', expectation, doer: role, done: true, doneMs: atMs, note: '', media: [] };
    }
    default:
      return null;
  }
}

/** Two evaluators who answer by the place of the item, so that some agree, some differ and some saw nothing. */
function answersOf(script: Script): { evaluator: string; body: EntryBody }[] {
  const answers: { evaluator: string; body: EntryBody }[] = [];
  let place = 0;
  for (const sheet of script.evaluation.sheets)
    for (const item of sheet.categories.flatMap(({ items }) => items))
      for (const evaluator of ['judge-a', 'judge-b']) {
        const known: readonly string[] = SCALE_ANSWERS[item.scale];
        const scale = known.length > 0 ? [...known, 'not_observed'] : ['100', '80', '60', 'not_observed'];
        const answer = scale[Math.floor((place += 3) / 4) % scale.length]!;
        const body = {
          kind: 'answered' as const,
          sheet: sheet.id,
          item: item.id,
          answer,
          reason: '',
          observedMs: 0,
        };
        answers.push({ evaluator, body });
      }
  return answers;
}

export function packed(golden: Golden): Buffer {
  return gzipSync(JSON.stringify(golden), { level: 9 });
}

export function unpacked(bytes: Buffer): Golden {
  return JSON.parse(gunzipSync(bytes).toString()) as Golden;
}
