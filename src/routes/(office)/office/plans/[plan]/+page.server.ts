import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import {
  archivePlan,
  beginVersion,
  changePlanFacts,
  importVersion,
} from '#lib/drills/plans/drafts.server.ts';
import { beginForm, factsForm, importVersionForm, nothingForm } from '#lib/drills/plans/forms.ts';
import { planFileOf } from '#lib/drills/plans/plan-files.server.ts';
import { readPlan } from '#lib/drills/plans/plans.server.ts';
import { mayWritePlans } from '#lib/drills/plans/policy.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const number = Number(event.url.searchParams.get('version') ?? 0);
  const view = await readPlan(actor, event.params.plan, number > 0 ? number : null);
  return { ...view, part: event.url.searchParams.get('part') ?? 'clauses', mayWrite: mayWritePlans(actor) };
});

const nothingWrong = { refusal: null, errors: {}, values: {} as Record<string, string> };

export const actions = {
  begin: action(beginForm, async ({ locals, params }: RequestEvent, { reason }) => {
    await beginVersion(locals.actor, params.plan ?? '', reason, locals.now);
    redirect(303, `/office/plans/${params.plan}/draft`);
  }),
  import: action(importVersionForm, async ({ locals, params }: RequestEvent, { file, reason }) => {
    const read = await planFileOf(locals.actor, file);
    await importVersion(locals.actor, params.plan ?? '', { file: read, reason }, locals.now);
    redirect(303, `/office/plans/${params.plan}/draft`);
  }),
  change: action(factsForm, async ({ locals, params }: RequestEvent, facts) => {
    await changePlanFacts(locals.actor, params.plan ?? '', facts, locals.now);
    return { ...nothingWrong, done: 'saved' as const };
  }),
  archive: action(nothingForm, async ({ locals, params }: RequestEvent) => {
    await archivePlan(locals.actor, params.plan ?? '', true, locals.now);
    return { ...nothingWrong, done: 'archived' as const };
  }),
  restore: action(nothingForm, async ({ locals, params }: RequestEvent) => {
    await archivePlan(locals.actor, params.plan ?? '', false, locals.now);
    return { ...nothingWrong, done: 'restored' as const };
  }),
};
