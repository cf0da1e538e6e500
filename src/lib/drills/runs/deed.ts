import { indexOf } from '../scripts/script-index.ts';
import { receiversOf } from '../scripts/script-index.ts';
import type { Script } from '../scripts/script.ts';
import { isAnswer } from './answer.ts';
import { anchored, exerciseMs } from './clock.ts';
import { injectOf } from './inject-rules.ts';
import type { Deed } from './run-command.ts';
import type { EntryBody } from './run-log.ts';
import { takes } from './run.machine.ts';
import type { Run } from './run.ts';
import { groupOf, type Seat } from './seat.ts';
import type { RoleGroup } from '../scripts/script.ts';
import type { RunRefusal } from './copy.ts';

/** Who may do what, by the group of the role acted for. */
const MAY: Record<Deed['kind'], readonly RoleGroup[]> = {
  start: ['director', 'control'],
  pause: ['director', 'control'],
  resume: ['director', 'control'],
  end: ['director'],
  open_hot_wash: ['director'],
  open_evaluation: ['director'],
  publish_evaluation: ['director'],
  archive: ['director'],
  set_rate: ['director', 'control'],
  jump: ['director', 'control'],
  release: ['director', 'control'],
  hold: ['director', 'control'],
  unhold: ['director', 'control'],
  skip: ['director', 'control'],
  edit: ['director', 'control'],
  add: ['director', 'control'],
  extend: ['director', 'control'],
  void: ['director', 'control'],
  set_variable: ['director', 'control'],
  go_to: ['director', 'control'],
  curate: ['director', 'control'],
  abort: ['director', 'control', 'safety'],
  correct: ['director', 'control', 'evaluator'],
  acknowledge: ['player'],
  decide: ['player'],
  message: ['player', 'sim', 'control', 'director'],
  submit: ['player'],
  dispatch: ['player'],
  mark: ['player'],
  call: ['player', 'sim'],
  report_present: ['player'],
  confirm: ['evaluator', 'control', 'director'],
  observe: ['evaluator', 'control', 'director', 'safety'],
  answer: ['evaluator'],
  lock: ['evaluator'],
  moderate: ['director'],
  check: ['director', 'control', 'sim', 'player', 'evaluator', 'observer', 'safety'],
  real_event: ['director', 'control', 'sim', 'player', 'evaluator', 'observer', 'safety'],
};

export type Answer = { body: EntryBody } | { refusal: RunRefusal };

const no = (refusal: RunRefusal): Answer => ({ refusal });
const yes = (body: EntryBody): Answer => ({ body });

/**
 * What the log gets for a deed, or why not. Pure: `run` has been caught up to `wallMs` before. The clock's
 * own entries carry the new anchor, so that the fold needs no real time.
 */
export function answerDeed(
  script: Script,
  run: Run,
  seat: Pick<Seat, 'roles'>,
  role: string,
  deed: Deed,
  wallMs: number,
): Answer {
  const group = groupOf(script, role);
  if (!seat.roles.includes(role) || !group) return no('not_your_role');
  if (!MAY[deed.kind].includes(group)) return no('not_your_task');
  const asked: Asked = { script, run, role, wallMs };
  return (
    clockDeed(asked, deed) ??
    lifeDeed(asked, deed) ??
    injectDeed(asked, deed) ??
    scriptDeed(asked, deed) ??
    playerDeed(asked, deed) ??
    evaluatorDeed(asked, deed)
  );
}

type Asked = { script: Script; run: Run; role: string; wallMs: number };
const isOn = ({ run }: Asked) => run.snapshot.state.on;

function clockDeed(asked: Asked, deed: Deed): Answer | null {
  const { run, script, wallMs } = asked;
  const { clock, snapshot } = run;
  switch (deed.kind) {
    case 'start':
      if (!takes(snapshot, 'START')) return no('already_started');
      return yes({ kind: 'started', clock: { ...clock, running: true, exMs: 0, wallMs } });
    case 'pause':
      if (!takes(snapshot, 'PAUSE')) return no('not_running');
      return yes({ kind: 'paused', clock: anchored(clock, wallMs, { running: false }) });
    case 'resume':
      if (!takes(snapshot, 'RESUME')) return no('not_paused');
      return yes({ kind: 'resumed', clock: anchored(clock, wallMs, { running: true }) });
    case 'set_rate':
      if (!isOn(asked)) return no('not_running');
      if (deed.rate > script.clock.maxRate) return no('rate_too_high');
      return yes({ kind: 'rate_set', clock: anchored(clock, wallMs, { rate: deed.rate }) });
    case 'jump':
      if (!isOn(asked)) return no('not_running');
      if (deed.toMs <= exerciseMs(clock, wallMs)) return no('no_way_back');
      return yes({
        kind: 'jumped',
        clock: { ...anchored(clock, wallMs), exMs: deed.toMs },
        jump: { toMs: deed.toMs, choices: deed.choices },
      });
    default:
      return null;
  }
}

function lifeDeed(asked: Asked, deed: Deed): Answer | null {
  const { snapshot } = asked.run;
  switch (deed.kind) {
    case 'end':
      return takes(snapshot, 'END') ? yes({ kind: 'ended' }) : no('not_running');
    case 'abort':
      return takes(snapshot, 'ABORT')
        ? yes({ kind: 'aborted', why: deed.why, text: deed.text })
        : no('already_over');
    case 'open_hot_wash':
      return takes(snapshot, 'HOT_WASH') ? yes({ kind: 'hot_wash' }) : no('not_ended');
    case 'open_evaluation':
      return takes(snapshot, 'EVALUATE') ? yes({ kind: 'evaluating' }) : no('not_to_evaluate');
    case 'publish_evaluation':
      return takes(snapshot, 'PUBLISH') ? yes({ kind: 'published' }) : no('not_evaluating');
    case 'archive':
      return takes(snapshot, 'ARCHIVE') ? yes({ kind: 'archived' }) : no('not_published');
    case 'check':
      return yes({ kind: 'checked' });
    case 'real_event':
      return yes({ kind: 'real_event', text: deed.text });
    case 'curate':
      return yes({ kind: 'curated', entry: deed.entry, shown: deed.shown });
    case 'correct':
      return deed.entry <= asked.run.seq
        ? yes({ kind: 'correction', entry: deed.entry, text: deed.text })
        : no('no_such_part');
    default:
      return null;
  }
}

/** States of an inject from which the director's hand may move it. */
const FROM = {
  release: ['waiting', 'due', 'held'],
  hold: ['waiting', 'due'],
  unhold: ['held'],
  skip: ['waiting', 'due', 'held'],
} as const;

function injectDeed(asked: Asked, deed: Deed): Answer | null {
  const { state } = asked.run.snapshot;
  switch (deed.kind) {
    case 'release':
    case 'hold':
    case 'unhold':
    case 'skip': {
      if (!isOn(asked)) return no('not_running');
      const now = state.injects[deed.inject]?.state;
      if (!now) return no('no_such_part');
      return (FROM[deed.kind] as readonly string[]).includes(now)
        ? yes({ kind: deed.kind, inject: deed.inject })
        : no('inject_gone');
    }
    case 'edit': {
      if (!isOn(asked)) return no('not_running');
      const now = state.injects[deed.inject]?.state;
      if (!now) return no('no_such_part');
      return now === 'released'
        ? no('inject_gone')
        : yes({ kind: 'edited', inject: deed.inject, title: deed.title, body: deed.body });
    }
    case 'add': {
      if (!isOn(asked)) return no('not_running');
      const { script } = asked;
      const { inject } = deed;
      if (inject.id in state.injects) return no('name_taken');
      const isSound =
        receiversOf(inject, indexOf(script)).length > 0 &&
        indexOf(script).roles.has(inject.from) &&
        ('at' in inject.trigger || 'manual' in inject.trigger);
      return isSound ? yes({ kind: 'added', inject }) : no('no_such_part');
    }
    default:
      return null;
  }
}

function scriptDeed(asked: Asked, deed: Deed): Answer | null {
  const { script, run } = asked;
  const { state } = run.snapshot;
  const index = indexOf(script);
  switch (deed.kind) {
    case 'extend':
      if (state.expectations[deed.expectation]?.state !== 'open') return no('not_open');
      return yes({ kind: 'extended', expectation: deed.expectation, byMs: deed.byMs, why: deed.why });
    case 'void':
      if (!(deed.expectation in state.expectations)) return no('no_such_part');
      return isOn(asked)
        ? yes({ kind: 'voided', expectation: deed.expectation, why: deed.why })
        : no('not_running');
    case 'set_variable':
      if (!isOn(asked)) return no('not_running');
      return index.variables.has(deed.variable)
        ? yes({ kind: 'variable', variable: deed.variable, value: deed.value })
        : no('no_such_part');
    case 'go_to':
      if (!isOn(asked)) return no('not_running');
      if (!index.phases.has(deed.phase)) return no('no_such_part');
      return deed.phase === run.snapshot.phase
        ? no('already_there')
        : yes({ kind: 'phase', phase: deed.phase });
    default:
      return null;
  }
}

function playerDeed(asked: Asked, deed: Deed): Answer | null {
  const { script, run, role } = asked;
  const { state } = run.snapshot;
  const index = indexOf(script);
  const isPlayed = [
    'acknowledge',
    'decide',
    'message',
    'submit',
    'dispatch',
    'mark',
    'call',
    'report_present',
  ].includes(deed.kind);
  if (!isPlayed) return null;
  if (!isOn(asked)) return no('not_running');
  switch (deed.kind) {
    case 'acknowledge': {
      const inject = injectOf(state, index, deed.inject);
      const now = state.injects[deed.inject];
      if (!inject || now?.state !== 'released' || !receiversOf(inject, index).some(({ id }) => id === role))
        return no('no_such_part');
      if (role in now.acked) return no('already_done');
      return yes({
        kind: 'acknowledged',
        inject: deed.inject,
        channel: deed.channel,
        answeredBy: deed.answeredBy,
      });
    }
    case 'decide': {
      const decision = injectOf(state, index, deed.inject)?.decision;
      const now = state.decisions[deed.inject];
      if (!decision || !now || decision.decider !== role) return no('no_such_part');
      if (now.option !== null) return no('decision_closed');
      if (!decision.options.some(({ id }) => id === deed.option)) return no('no_such_part');
      return yes({ kind: 'decided', inject: deed.inject, option: deed.option, why: deed.why });
    }
    case 'message':
      return deed.to.every((id) => isAddressee(script, id))
        ? yes({ kind: 'message', to: deed.to, text: deed.text, channel: deed.channel })
        : no('no_such_part');
    case 'call':
      return isAddressee(script, deed.to)
        ? yes({ kind: 'called', to: deed.to, answeredBy: deed.answeredBy, note: deed.note })
        : no('no_such_part');
    case 'submit': {
      const document = index.documents.get(deed.document);
      if (!document || document.fields.length === 0 || !document.visibleTo.includes(role))
        return no('no_such_part');
      if (document.revealOn && !(document.id in state.revealed)) return no('no_such_part');
      return yes({ kind: 'document', document: document.id, ...filled(document.fields, deed.fields) });
    }
    case 'dispatch':
      return dispatchDeed(asked, deed);
    case 'mark':
      return yes({ kind: 'marked', mark: deed.mark, x: deed.x, y: deed.y, note: deed.note });
    case 'report_present':
      return yes({ kind: 'present', people: deed.people, note: deed.note });
    default:
      return null;
  }
}

function isAddressee(script: Script, role: string): boolean {
  return ['player', 'sim', 'control', 'director'].includes(groupOf(script, role) ?? '');
}

function filled(fields: readonly { key: string; required: boolean }[], values: Record<string, string>) {
  const kept = Object.fromEntries(fields.map(({ key }) => [key, (values[key] ?? '').trim()]));
  const required = fields.filter((field) => field.required);
  const done = required.filter(({ key }) => kept[key] !== '').length;
  return { fields: kept, fieldShare: required.length === 0 ? 1 : done / required.length };
}

function dispatchDeed({ script, run, role }: Asked, deed: Extract<Deed, { kind: 'dispatch' }>): Answer {
  const index = indexOf(script);
  const resource = index.resources.get(deed.resource);
  const feature = index.features.get(deed.to);
  const isMine = resource && resource.owner === index.roles.get(role)?.org;
  const { state } = run.snapshot;
  if (!isMine || !feature || (feature.revealOn && !(feature.id in state.revealed))) return no('no_such_part');
  const sent = state.dispatches
    .filter((each) => each.resource === resource.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  if (sent + deed.quantity > resource.quantity) return no('not_so_many');
  return yes({ kind: 'dispatched', resource: resource.id, quantity: deed.quantity, to: feature.id });
}

function evaluatorDeed(asked: Asked, deed: Deed): Answer {
  const { script, run, wallMs, role } = asked;
  const { stage, state } = run.snapshot;
  const index = indexOf(script);
  // What is said to have been seen later than now was typed on a wrong clock: now it is.
  const nowMs = exerciseMs(run.clock, wallMs);
  switch (deed.kind) {
    case 'confirm': {
      const expectation = index.expectations.get(deed.expectation);
      if (!expectation || !expectation.by.roles.includes(deed.doer)) return no('no_such_part');
      if (!watches(script, role, deed.doer)) return no('not_your_unit');
      if (!isOn(asked)) return no('not_running');
      return yes({ ...deed, kind: 'confirmed', doneMs: Math.min(deed.doneMs, nowMs) });
    }
    case 'observe':
      if (stage === 'lobby' || stage === 'archived') return no('not_running');
      return yes({ ...deed, kind: 'observed', observedMs: Math.min(deed.observedMs, nowMs) });
    case 'answer':
    case 'moderate':
    case 'lock': {
      if (!['running', 'paused', 'ended', 'hot_wash', 'evaluating'].includes(stage))
        return no('sheets_closed');
      const sheet = script.evaluation.sheets.find(({ id }) => id === deed.sheet);
      if (!sheet) return no('no_such_part');
      if (deed.kind === 'lock') return yes({ kind: 'locked', sheet: sheet.id });
      const item = sheet.categories.flatMap(({ items }) => items).find(({ id }) => id === deed.item);
      if (!item) return no('no_such_part');
      if (!isAnswer(item.scale, deed.answer)) return no('answer_unknown');
      if (deed.kind === 'moderate') return yes({ ...deed, kind: 'moderated' });
      return yes({
        ...deed,
        kind: 'answered',
        observedMs: Math.min(deed.observedMs, state.on ? nowMs : state.atMs),
      });
    }
    default:
      return no('not_your_task');
  }
}

/** An evaluator confirms only for the roles watched; control for all. */
function watches(script: Script, role: string, doer: string): boolean {
  const watcher = indexOf(script).roles.get(role)!;
  return watcher.group !== 'evaluator' || (watcher.evaluates?.includes(doer) ?? true);
}
