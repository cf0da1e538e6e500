import type { PageServerLoadEvent, RequestEvent } from './$types';
import { decideExemption, listExemptions, withdrawExemption } from '#lib/coverage/exemptions.server.ts';
import { isExemptionState } from '#lib/coverage/exemption.ts';
import { decideExemptionForm, withdrawExemptionForm } from '#lib/coverage/forms.ts';
import { readCoverageQuery } from '#lib/coverage/query.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const query = event.url.searchParams;
  const { year } = readCoverageQuery(query, yearOf(now));
  const asked = query.get('state');
  const state = isExemptionState(asked) ? asked : null;
  return {
    ...{ year, state },
    list: await listExemptions(actor, { year, state }, pageNumber(query.get('page'))),
  };
});

const done = { done: true, refusal: null, errors: {}, values: {} as Record<string, string> };

export const actions = {
  decide: action(decideExemptionForm, async ({ locals }: RequestEvent, { exemptionId, approve, reason }) => {
    await decideExemption(locals.actor, exemptionId, { approve, reason }, locals.now);
    return done;
  }),
  withdraw: action(withdrawExemptionForm, async ({ locals }: RequestEvent, { exemptionId, reason }) => {
    await withdrawExemption(locals.actor, exemptionId, reason, locals.now);
    return done;
  }),
};
