import type { PageServerLoadEvent, RequestEvent } from './$types';
import { findingAbout } from '#lib/drills/findings/finding-scope.server.ts';
import {
  attachProof,
  changeFinding,
  moveFinding,
  readFinding,
} from '#lib/drills/findings/findings.server.ts';
import { findingForm, moveForm, proofForm, retestForm, revisionForm } from '#lib/drills/findings/forms.ts';
import { registerRetest, settleRevision } from '#lib/drills/findings/settling.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const PROOF_BYTES_MAX = 30 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { ...(await readFinding(actor, event.params.finding)), today: dayOf(now) };
});

export const actions = {
  move: action(moveForm, async ({ locals, params }: RequestEvent, input) => {
    await moveFinding(locals.actor, params.finding, input, locals.now);
    return { done: 'moved' as const };
  }),
  change: action(findingForm, async ({ locals, params }: RequestEvent, input) => {
    await changeFinding(locals.actor, params.finding, input, locals.now);
    return { done: 'changed' as const };
  }),
  revision: action(revisionForm, async ({ locals, params }: RequestEvent, input) => {
    await settleRevision(locals.actor, params.finding, input, locals.now);
    return { done: 'revision' as const };
  }),
  retest: action(retestForm, async ({ locals, params }: RequestEvent, input) => {
    await registerRetest(locals.actor, params.finding, input, locals.now);
    return { done: 'retest' as const };
  }),
  proof: action(proofForm, async ({ locals: { actor, now }, params }: RequestEvent, { file }) => {
    const { finding } = await readFinding(actor, params.finding);
    const origin = {
      about: findingAbout(finding.id),
      path: finding.path,
      byAccount: actor.accountId ?? '',
      now,
    };
    await attachProof(actor, finding.id, await storeFile(file, PROOF_BYTES_MAX, origin), now);
    return { done: 'proof' as const };
  }),
};
