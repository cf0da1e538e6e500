import type { Value } from '../scripts/condition.ts';
import { durationMs } from '../scripts/duration.ts';
import type { Phase, RoleGroup, Script } from '../scripts/script.ts';
import { indexOf, receiversOf } from '../scripts/script-index.ts';
import type { Clock } from './clock.ts';
import { injectOf } from './inject-rules.ts';
import type { Entry, EntryBody } from './run-log.ts';
import type { Fact, RunState } from './run-state.ts';
import type { Stage } from './run.machine.ts';
import { groupsOf, type Seat } from './seat.ts';

/**
 * What a seat may see of an entry of the log. This one function stands between the log and every screen,
 * live and in replay; what it does not name is not sent. Nothing is sent to be hidden there.
 */

/** An inject as its receivers see it: no code, no storyline, nothing of what else the script holds. */
export type ShownInject = {
  id: string;
  title: string;
  body: string;
  kind: string;
  channel: string;
  from: string;
  to: string[];
  attachments: string[];
  /** By when it should be acknowledged, in exercise time. */
  ackMs: number | null;
  /** What the author tells the evaluators about it: nobody else gets this. */
  evaluatorNote?: string;
  decision: {
    options: { id: string; label: string }[];
    dueMs: number;
    /** What counts as decided when the limit passes. */
    default: string;
    decider: string;
  } | null;
};

export type ShownBody =
  | {
      kind: 'clock';
      clock: Clock;
      why: 'started' | 'paused' | 'resumed' | 'rate_set' | 'rebased' | 'jumped';
      outageMs?: number;
    }
  | { kind: 'stage'; stage: Stage; text: string }
  | {
      kind: 'phase';
      phase: string;
      title: string;
      questions: string[];
      /** When it ends at the latest, in exercise time: only where the script is no secret. */
      untilMs?: number;
    }
  | { kind: 'inject'; inject: ShownInject }
  | { kind: 'acknowledged'; inject: string; channel: string; answeredBy: string }
  | {
      kind: 'decided';
      inject: string;
      option: string;
      label: string;
      byDefault: boolean;
      why: string;
      /** What was decided about, for who has not got the inject: those who look on. */
      title?: string;
    }
  | { kind: 'message'; to: string[]; text: string; channel: string }
  | { kind: 'document'; document: string; fields: Record<string, string>; fieldShare: number }
  | {
      kind: 'dispatched';
      resource: string;
      quantity: number;
      to: string;
      departsMs: number;
      arrivesMs: number;
    }
  | { kind: 'arrived'; resource: string; to: string }
  | { kind: 'marked'; mark: string; x: number; y: number; note: string }
  | { kind: 'called'; to: string; answeredBy: string; note: string }
  | { kind: 'present'; people: number; note: string }
  | { kind: 'variable'; variable: string; value: Value }
  | { kind: 'feature'; feature: string }
  | { kind: 'paper'; document: string }
  | { kind: 'real_event'; text: string }
  | { kind: 'checked' }
  /** Taken off the wall again. */
  | { kind: 'withdrawn'; was: ShownBody }
  /** Everything as it stands in the log: control and, for their roles, evaluators. */
  | { kind: 'entry'; body: EntryBody; seq: number; cause: number | null; seat: string | null };

export type Shown = {
  /** Names the entry on this run's screens, so that one that comes twice is taken once; says nothing else. */
  id?: string;
  atMs: number;
  wallMs: number;
  role: string | null;
  body: ShownBody;
};

export type Viewer = {
  seat: Seat;
  groups: ReadonlySet<RoleGroup>;
  /** Units and roles whose traffic is one's own. */
  orgs: ReadonlySet<string>;
  watched: ReadonlySet<string>;
};

export function viewerOf(script: Script, seat: Seat): Viewer {
  const { roles } = indexOf(script);
  const own = seat.roles.flatMap((id) => roles.get(id) ?? []);
  return {
    seat,
    groups: groupsOf(script, seat),
    orgs: new Set(own.filter(({ group }) => group === 'player').flatMap(({ org }) => org ?? [])),
    watched: new Set(own.flatMap(({ evaluates }) => evaluates ?? [])),
  };
}

/** What the projection may look up: the state after the entry, and earlier entries that this one names. */
export type Context = {
  script: Script;
  state: RunState;
  stage: Stage;
  entryAt(seq: number): Entry | undefined;
};

/** The entry as the viewer sees it, or null. */
export function show(entry: Entry, viewer: Viewer, context: Context): Shown | null {
  const body = showBody(entry, viewer, context);
  if (!body) return null;
  // What is put on the wall is shown as its own: whose words they are, and when they were said.
  const said = body.kind === 'entry' ? undefined : chosenOf(entry, context);
  const { atMs, role } = said ?? entry;
  return { atMs, wallMs: entry.wallMs, role, body };
}

/** The entry that a director's choice puts on the wall or takes off it. */
function chosenOf({ body }: Entry, context: Context): Entry | undefined {
  return body.kind === 'curated' ? context.entryAt(body.entry) : undefined;
}

function showBody(entry: Entry, viewer: Viewer, context: Context): ShownBody | null {
  const { groups } = viewer;
  if (groups.has('director') || groups.has('control') || groups.has('sim')) return whole(entry);
  const common = showToAll(entry.body);
  if (common) return common;
  if (groups.has('evaluator')) return showToEvaluator(entry, viewer, context);
  if (groups.has('player')) return showToPlayer(entry, viewer, context);
  return showToObserver(entry, viewer, context);
}

function whole({ body, seq, cause, seat }: Entry): ShownBody {
  return { kind: 'entry', body, seq, cause, seat };
}

const STAGE_OF: Partial<Record<EntryBody['kind'], Stage>> = {
  ended: 'ended',
  aborted: 'aborted',
  hot_wash: 'hot_wash',
  evaluating: 'evaluating',
  published: 'published',
  archived: 'archived',
};

/** What concerns everybody in the room: the clock, the end, a real emergency. */
function showToAll(body: EntryBody): ShownBody | null {
  switch (body.kind) {
    case 'started':
    case 'paused':
    case 'resumed':
    case 'rate_set':
    case 'jumped':
      return { kind: 'clock', clock: body.clock, why: body.kind };
    case 'rebased':
      return { kind: 'clock', clock: body.clock, why: 'rebased', outageMs: body.outageMs };
    case 'real_event':
      return { kind: 'real_event', text: body.text };
    case 'aborted':
      return { kind: 'stage', stage: 'aborted', text: body.text };
    default: {
      const stage = STAGE_OF[body.kind];
      return stage ? { kind: 'stage', stage, text: '' } : null;
    }
  }
}

function showToEvaluator(entry: Entry, viewer: Viewer, context: Context): ShownBody | null {
  const { body } = entry;
  if (body.kind === 'fact') {
    if (!concerns(body.fact, viewer.watched, context)) return null;
    // An evaluator has no inject of the script before it is out: its words come with it.
    return body.fact.type === 'inject_released' ? showToJudge(body.fact.inject, context) : whole(entry);
  }
  // Another evaluator's marks would pull one's own along.
  if (['confirmed', 'observed', 'answered', 'locked', 'correction', 'checked'].includes(body.kind))
    return entry.seat === viewer.seat.id ? whole(entry) : null;
  if (
    ['acknowledged', 'decided', 'message', 'document', 'dispatched', 'marked', 'called', 'present'].includes(
      body.kind,
    )
  ) {
    const isForWatched = body.kind === 'message' && body.to.some((role) => viewer.watched.has(role));
    return viewer.watched.has(entry.role ?? '') || isForWatched ? whole(entry) : null;
  }
  return ['extended', 'voided', 'phase'].includes(body.kind) ? whole(entry) : null;
}

function showToJudge(id: string, context: Context): ShownBody {
  const { evaluatorNote } = injectOf(context.state, indexOf(context.script), id)!;
  const inject = shownInject(id, context);
  return { kind: 'inject', inject: evaluatorNote ? { ...inject, evaluatorNote } : inject };
}

/** Whether a fact is about something the watched roles got or should do. */
function concerns(fact: Fact, watched: ReadonlySet<string>, { script, state }: Context): boolean {
  const index = indexOf(script);
  if ('phase' in fact) return true;
  if ('expectation' in fact)
    return index.expectations.get(fact.expectation)?.by.roles.some((role) => watched.has(role)) ?? false;
  if ('inject' in fact) {
    const inject = injectOf(state, index, fact.inject);
    const isOut = [
      'inject_released',
      'inject_expired',
      'decision_opened',
      'decision_taken',
      'decision_defaulted',
    ].includes(fact.type);
    return isOut && inject !== undefined && receiversOf(inject, index).some(({ id }) => watched.has(id));
  }
  return fact.type === 'feature_revealed' || fact.type === 'resource_arrived';
}

function showToPlayer(entry: Entry, viewer: Viewer, context: Context): ShownBody | null {
  const { body } = entry;
  if (body.kind === 'fact') return showFact(body.fact, viewer.seat.roles, viewer.orgs, context);
  const isMine = viewer.seat.roles.includes(entry.role ?? '');
  if (body.kind === 'message')
    return isMine || body.to.some((role) => viewer.seat.roles.includes(role))
      ? showDeed(entry, context)
      : null;
  const isOurs = viewer.orgs.has(indexOf(context.script).roles.get(entry.role ?? '')?.org ?? '');
  if (body.kind === 'dispatched' || body.kind === 'marked') return isOurs ? showDeed(entry, context) : null;
  return isMine ? showDeed(entry, context) : null;
}

function showDeed({ body, seq }: Entry, { state }: Context): ShownBody | null {
  switch (body.kind) {
    case 'acknowledged':
    case 'message':
    case 'document':
    case 'marked':
    case 'called':
    case 'present':
    case 'checked':
      return { ...body };
    case 'dispatched': {
      const { departsMs = 0, arrivesMs = 0 } = state.dispatches.find((each) => each.seq === seq) ?? {};
      return { ...body, departsMs, arrivesMs };
    }
    default:
      return null;
  }
}

function showFact(
  fact: Fact,
  roles: readonly string[],
  orgs: ReadonlySet<string>,
  context: Context,
): ShownBody | null {
  const { script, state } = context;
  const index = indexOf(script);
  const isBlind = script.blind.notice === 'none' || script.blind.notice === 'window_only';
  switch (fact.type) {
    case 'phase_entered': {
      const phase = index.phases.get(fact.phase)!;
      if (isBlind) return null;
      const { id, title, questions = [] } = phase;
      return { kind: 'phase', phase: id, title, questions, ...phaseEnd(phase, context) };
    }
    case 'inject_released': {
      const inject = shownInject(fact.inject, context);
      return inject.to.some((role) => roles.includes(role)) ? { kind: 'inject', inject } : null;
    }
    case 'decision_taken':
    case 'decision_defaulted': {
      const inject = injectOf(state, index, fact.inject)!;
      if (!receiversOf(inject, index).some(({ id }) => roles.includes(id))) return null;
      const { label } = inject.decision!.options.find(({ id }) => id === fact.option)!;
      return {
        kind: 'decided',
        inject: fact.inject,
        option: fact.option,
        label,
        byDefault: fact.type === 'decision_defaulted',
        why: '',
      };
    }
    case 'variable_set': {
      const variable = index.variables.get(fact.variable);
      return variable?.visibleTo?.some((role) => roles.includes(role))
        ? { kind: 'variable', variable: fact.variable, value: fact.value }
        : null;
    }
    case 'feature_revealed':
      return { kind: 'feature', feature: fact.feature };
    case 'document_revealed': {
      const document = index.documents.get(fact.document)!;
      return document.visibleTo.some((role) => roles.includes(role))
        ? { kind: 'paper', document: fact.document }
        : null;
    }
    case 'resource_arrived': {
      const resource = index.resources.get(fact.resource)!;
      return orgs.has(resource.owner) ? { kind: 'arrived', resource: fact.resource, to: fact.to } : null;
    }
    default:
      return null;
  }
}

function phaseEnd({ id, maxDuration, onTimeout }: Phase, { script, state }: Context): { untilMs?: number } {
  const entered = state.phases[id];
  if (script.blind.script !== 'full' || !maxDuration || !onTimeout || !entered) return {};
  return { untilMs: entered.enteredMs + durationMs(maxDuration) };
}

export function shownInject(id: string, { script, state }: Pick<Context, 'script' | 'state'>): ShownInject {
  const index = indexOf(script);
  const inject = injectOf(state, index, id)!;
  const { title, body, kind, channel, from, attachments = [], decision, ackLimit } = inject;
  const dueMs = state.decisions[id]?.dueMs ?? 0;
  const releasedMs = state.injects[id]?.releasedMs ?? 0;
  return {
    id,
    title,
    body,
    kind,
    channel,
    from: index.roles.get(from)?.name ?? '',
    to: receiversOf(inject, index).map((role) => role.id),
    attachments,
    ackMs: ackLimit ? releasedMs + durationMs(ackLimit) : null,
    decision: decision
      ? {
          options: decision.options.map(({ id: option, label }) => ({ id: option, label })),
          dueMs,
          default: decision.default,
          decider: decision.decider,
        }
      : null,
  };
}

/** Channels that everybody in the hall hears or sees anyway. */
const PUBLIC_CHANNELS = ['broadcast', 'screen'];

/** Observers and the wall: what is public by nature, and what the director chose to show. */
function showToObserver(entry: Entry, viewer: Viewer, context: Context): ShownBody | null {
  const { body } = entry;
  // That one's own check has arrived is nobody's secret.
  if (body.kind === 'checked') return viewer.seat.roles.includes(entry.role ?? '') ? { ...body } : null;
  if (body.kind === 'curated') {
    const chosen = chosenOf(entry, context);
    if (!chosen) return null;
    const item =
      chosen.body.kind === 'fact' ? showFactOpenly(chosen.body.fact, context) : showDeed(chosen, context);
    // Named by what it was: a number would tell how much happens that is not shown.
    return item && !body.shown ? { kind: 'withdrawn', was: item } : item;
  }
  if (body.kind !== 'fact') return null;
  if (body.fact.type === 'phase_entered' || body.fact.type === 'feature_revealed')
    return showFact(body.fact, [], new Set(), context);
  if (body.fact.type !== 'inject_released') return null;
  const inject = shownInject(body.fact.inject, context);
  return PUBLIC_CHANNELS.includes(inject.channel) ? { kind: 'inject', inject } : null;
}

function showFactOpenly(fact: Fact, context: Context): ShownBody | null {
  if (fact.type === 'inject_released') return { kind: 'inject', inject: shownInject(fact.inject, context) };
  const everybody = context.script.roles.map(({ id }) => id);
  const item = showFact(fact, everybody, new Set(context.script.orgs.map(({ id }) => id)), context);
  if (item?.kind !== 'decided') return item;
  return { ...item, title: injectOf(context.state, indexOf(context.script), item.inject)?.title ?? '' };
}
