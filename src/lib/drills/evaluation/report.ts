import { indexOf, receiversOf } from '../scripts/script-index.ts';
import type { Script } from '../scripts/script.ts';
import { injectOf, injectsOf } from '../runs/inject-rules.ts';
import { namingOf } from '../runs/fact-copy.ts';
import { logLines } from '../runs/log-copy.ts';
import type { Entry } from '../runs/run-log.ts';
import type { ExpectationState, Fact, RunState } from '../runs/run-state.ts';
import type { Grades } from './evidence.ts';
import { expectationFactor } from './grade.ts';

/** What a report states as fact, taken from the log once and then frozen. Times are exercise milliseconds. */

export type Timing = {
  id: string;
  title: string;
  /** Roles that should do it. */
  by: string[];
  critical: boolean;
  state: ExpectationState['state'];
  openedMs: number | null;
  dueMs: number | null;
  doneMs: number | null;
  factor: number | null;
  trail: number[];
};

/** Who answered which inject how long after it came. */
export type Answered = { inject: string; role: string; person: string; afterMs: number };

/** What the administrative record and the run's row say. */
export type RecordFacts = {
  title: string;
  form: string;
  content: string;
  place: string;
  heldOn: string;
  scriptHash: string;
  logSeq: number;
  logHash: string;
};

export type ReportFacts = RecordFacts & {
  region: string;
  scriptTitle: string;
  scenarioStart: string;
  outline: string;
  objectives: string[];
  plans: { title: string; version: string }[];
  sheets: { title: string; basis: string }[];
  /** Units with the roles that played for them. */
  units: { name: string; roles: string[] }[];
  seats: { name: string; roles: string[] }[];
  startedWallMs: number | null;
  endedWallMs: number | null;
  exerciseMs: number;
  grades: Grades;
  cutoffs: { name: string; min: number }[];
  minCoverage: number;
  evaluators: { name: string; answers: number; locked: number }[];
  timings: Timing[];
  answered: Answered[];
  unanswered: { inject: string; role: string }[];
  /** What control changed on the way. */
  improvised: { seq: number; atMs: number; text: string; note: string }[];
  outages: { atMs: number; outageMs: number }[];
  observations: { seq: number; atMs: number; by: string; text: string }[];
  moderated: { code: string; indicator: string; answer: string; reason: string }[];
  dispersed: string[];
};

export type Told = {
  script: Script;
  state: RunState;
  entries: readonly Entry[];
  grades: Grades;
  seats: readonly { id: string; name: string; roles: readonly string[] }[];
};

const IMPROVISED: readonly Entry['body']['kind'][] = [
  'edited',
  'added',
  'extended',
  'voided',
  'variable',
  'jumped',
  'phase',
  'skip',
];

const TOLD_BY_FACT: readonly Fact['type'][] = ['variable_set', 'phase_entered', 'inject_skipped'];

/** Expected actions in the order in which they were due; those that never opened at the end. */
export function timingsOf(script: Script, state: RunState): Timing[] {
  const { roles } = indexOf(script);
  return script.expectations
    .map((expectation) => {
      const now = state.expectations[expectation.id]!;
      return {
        id: expectation.id,
        title: expectation.title,
        by: expectation.by.roles.flatMap((id) => roles.get(id)?.name ?? []),
        critical: expectation.critical === true || expectation.veto === true,
        state: now.state,
        openedMs: now.openedMs,
        dueMs: now.dueMs,
        doneMs: now.doneMs,
        factor: expectationFactor(expectation, now),
        trail: now.evidence,
      };
    })
    .toSorted(
      (a, b) => (a.dueMs ?? Infinity) - (b.dueMs ?? Infinity) || a.title.localeCompare(b.title, 'zh'),
    );
}

/** Who acknowledged what after how long, and who never did. */
export function answersOf({
  script,
  state,
  entries,
  seats,
}: Told): Pick<ReportFacts, 'answered' | 'unanswered'> {
  const index = indexOf(script);
  const nameOf = new Map(seats.map(({ id, name }) => [id, name]));
  const person = (inject: string, role: string) => {
    const entry = entries.find(
      ({ body, role: by }) => body.kind === 'acknowledged' && body.inject === inject && by === role,
    );
    const answeredBy = entry?.body.kind === 'acknowledged' ? entry.body.answeredBy : '';
    return answeredBy || (nameOf.get(entry?.seat ?? '') ?? '');
  };
  const answered: Answered[] = [];
  const unanswered: ReportFacts['unanswered'] = [];
  const roleName = (id: string) => index.roles.get(id)?.name ?? id;
  for (const { id } of injectsOf(state, index)) {
    const now = state.injects[id];
    if (!now || now.releasedMs === null) continue;
    const { releasedMs, acked } = now;
    const inject = injectOf(state, index, id)!;
    const name = `${inject.code} ${inject.title}`;
    for (const { id: role } of receiversOf(inject, index)) {
      const atMs = acked[role];
      if (atMs === undefined) continue;
      answered.push({
        inject: name,
        role: roleName(role),
        person: person(id, role),
        afterMs: Math.max(0, atMs - releasedMs),
      });
    }
    if (inject.ackLimit)
      for (const role of receiversOf(inject, index))
        if (!(role.id in acked)) unanswered.push({ inject: name, role: role.name });
  }
  return { answered, unanswered };
}

/** What control changed on the way, in the words of the log. */
function improvisedOf({ script, state, entries }: Told): ReportFacts['improvised'] {
  const causes = new Set(entries.filter(({ body }) => IMPROVISED.includes(body.kind)).map(({ seq }) => seq));
  // Some deeds are told by what they brought about, the others by themselves.
  const changed = entries.filter(
    ({ seq, cause, body }) =>
      causes.has(seq) ||
      (body.kind === 'fact' && TOLD_BY_FACT.includes(body.fact.type) && causes.has(cause ?? 0)),
  );
  const name = namingOf(script, state.added);
  return logLines(changed, name).map(({ seq, atMs, text, note }) => ({ seq, atMs, text, note }));
}

/** Evaluators with how many items they answered and how many sheets they locked. */
export function evaluatorsOf({
  script,
  entries,
  seats,
}: Omit<Told, 'grades' | 'state'>): ReportFacts['evaluators'] {
  const { roles } = indexOf(script);
  return seats
    .filter((seat) => seat.roles.some((role) => roles.get(role)?.group === 'evaluator'))
    .map(({ id, name }) => {
      const mine = entries.filter(({ seat }) => seat === id);
      const items = mine.flatMap(({ body }) =>
        body.kind === 'answered' ? [`${body.sheet}/${body.item}`] : [],
      );
      const locked = mine.flatMap(({ body }) => (body.kind === 'locked' ? [body.sheet] : []));
      return { name, answers: new Set(items).size, locked: new Set(locked).size };
    });
}

/** The part of the facts that the log and the script alone tell. */
export function factsOf(told: Told): Omit<ReportFacts, keyof RecordFacts> {
  const { script, state, entries, grades, seats } = told;
  const { roles } = indexOf(script);
  const wallOf = (...kinds: string[]) =>
    entries.find(({ body }) => kinds.includes(body.kind))?.wallMs ?? null;
  const nameOf = new Map(seats.map(({ id, name }) => [id, name]));
  const items = new Map(grades.unit.items.map((item) => [`${item.sheet}/${item.id}`, item]));
  return {
    region: script.meta.region,
    scriptTitle: script.meta.title,
    scenarioStart: script.clock.scenarioStart,
    outline: script.meta.brief.outline,
    objectives: script.objectives.map(({ text }) => text),
    plans: script.plans.map(({ title, version }) => ({ title, version })),
    sheets: script.evaluation.sheets.map(({ title, basis }) => ({ title, basis })),
    units: script.orgs.flatMap(({ id, name }) => {
      const own = script.roles.filter(({ org, group }) => org === id && group === 'player');
      return own.length > 0 ? [{ name, roles: own.map((role) => role.name) }] : [];
    }),
    seats: seats.map(({ name, roles: held }) => ({
      name,
      roles: held.flatMap((id) => roles.get(id)?.name ?? []),
    })),
    startedWallMs: wallOf('started'),
    endedWallMs: wallOf('ended', 'aborted'),
    exerciseMs: state.atMs,
    grades,
    cutoffs: [...script.evaluation.grades].sort((a, b) => b.min - a.min),
    minCoverage: script.evaluation.minCoverage,
    evaluators: evaluatorsOf(told),
    timings: timingsOf(script, state),
    ...answersOf(told),
    improvised: improvisedOf(told),
    outages: entries.flatMap(({ atMs, body }) =>
      body.kind === 'rebased' ? [{ atMs, outageMs: body.outageMs }] : [],
    ),
    observations: entries.flatMap(({ seq, seat, body }) =>
      body.kind === 'observed'
        ? [{ seq, atMs: body.observedMs, by: nameOf.get(seat ?? '') ?? '', text: body.text }]
        : [],
    ),
    moderated: entries.flatMap(({ body }) => {
      const item = body.kind === 'moderated' ? items.get(`${body.sheet}/${body.item}`) : undefined;
      return body.kind === 'moderated' && item
        ? [{ code: item.code, indicator: item.indicator, answer: body.answer, reason: body.reason }]
        : [];
    }),
    dispersed: grades.unit.items
      .filter(({ flags }) => flags.includes('dispersed'))
      .map(({ code, indicator }) => `${code} ${indicator}`),
  };
}
