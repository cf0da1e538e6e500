import type { EntryBody } from './run-log.ts';
import type { Shown, ShownBody } from './visible.ts';

/** The body as it is in the log where one gets whole entries, else what was shown of it. */
export function innerOf(body: ShownBody): ShownBody | EntryBody {
  return body.kind === 'entry' ? body.body : body;
}

/**
 * What stands over everything on every screen of a run: the last report of a real emergency, and why the
 * run was broken off; empty while there is none.
 */
export function emergencyOf(shown: readonly Shown[]): { real: string; why: string } {
  let real = '';
  let why = '';
  for (const { body } of shown) {
    const said = innerOf(body);
    if (said.kind === 'real_event') real = said.text;
    if (said.kind === 'aborted' || (said.kind === 'stage' && said.stage === 'aborted')) why = said.text;
  }
  return { real, why };
}
