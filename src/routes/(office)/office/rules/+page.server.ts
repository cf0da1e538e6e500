import type { PageServerLoadEvent, RequestEvent } from './$types';
import { adoptPack, listPacks, withdrawAdoption } from '#lib/coverage/adoptions.server.ts';
import { adoptForm, withdrawAdoptionForm } from '#lib/coverage/forms.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { place, packs } = await listPacks(actor, event.url.searchParams.get('division'), now);
  return { place, packs, today: dayOf(now) };
});

export const actions = {
  adopt: action(
    adoptForm,
    async ({ locals }: RequestEvent, { packId, divisionId, documentNumber, fromOn }) => {
      await adoptPack(locals.actor, packId, divisionId, documentNumber, fromOn, locals.now);
      return { done: 'adopted' as const, refusal: null, errors: {}, values: {} as Record<string, string> };
    },
  ),
  withdraw: action(
    withdrawAdoptionForm,
    async ({ locals }: RequestEvent, { adoptionId, untilOn, reason }) => {
      await withdrawAdoption(locals.actor, adoptionId, untilOn, reason, locals.now);
      return { done: 'withdrawn' as const, refusal: null, errors: {}, values: {} as Record<string, string> };
    },
  ),
};
