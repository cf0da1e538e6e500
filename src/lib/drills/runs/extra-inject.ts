import type { Channel, Inject, Script, Target } from '../scripts/script.ts';
import { durationOf } from '../scripts/duration.ts';
import { ALL_OF, EVERYBODY, EXTRA_CODE } from './extra-copy.ts';
import type { RunState } from './run-state.ts';

/** An inject that the director writes during the run. */

type Written = {
  title: string;
  body: string;
  /** A value of {@link targetChoices}. */
  to: string;
  from: string;
  channel: string;
  /** Exercise time at which it goes out; what has passed goes out at once. */
  atMs: number;
};

/** Whom it may be for: everybody, a unit with players, one role. */
export function targetChoices(script: Script): { value: string; label: string }[] {
  const players = script.roles.filter(({ group }) => group === 'player');
  const orgs = script.orgs.filter(({ id }) => players.filter(({ org }) => org === id).length > 1);
  return [
    { value: 'all', label: EVERYBODY },
    ...players.map(({ id, name }) => ({ value: `role:${id}`, label: name })),
    ...orgs.map(({ id, name }) => ({ value: `org:${id}`, label: ALL_OF(name) })),
  ];
}

function targetOf(value: string): Target {
  const [kind, id = ''] = value.split(':');
  return kind === 'role' ? { role: id } : kind === 'org' ? { org: id } : { all: true };
}

/** The inject, under a name and a code that the run has not used yet. */
export function extraInject(script: Script, state: RunState, written: Written): Inject {
  let number = state.added.length + 1;
  while (`extra-${number}` in state.injects) number++;
  const { title, body, to, from, channel, atMs } = written;
  return {
    id: `extra-${number}`,
    code: `${EXTRA_CODE}-${String(number).padStart(2, '0')}`,
    storyline: script.storylines[0]!.id,
    title,
    body,
    kind: 'report',
    channel: channel as Channel,
    from,
    to: [targetOf(to)],
    trigger: { at: durationOf(atMs) },
  };
}
