import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { cancelDrill, readDrill, removeSeat, seatAccount } from '#lib/drills/drills.server.ts';
import { cancelForm, seatForm, seatRemovalForm } from '#lib/drills/forms.ts';
import { readDrillUnits, setDrillUnits } from '#lib/drills/quotas/drill-units.server.ts';
import { unitsForm } from '#lib/drills/quotas/forms.ts';
import { listSeatChoices } from '#lib/drills/seat-choices.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { settings } from '#lib/server/settings.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const { script, ...drill } = await readDrill(actor, event.params.drill);
  const find = event.url.searchParams.get('find')?.trim() ?? '';
  return {
    ...drill,
    roles: script.roles.map(({ id, name, group, org }) => ({ id, name, group, org: org ?? '' })),
    orgs: script.orgs,
    units: await readDrillUnits(actor, event.params.drill),
    scriptTitle: script.meta.title,
    find,
    found: await listSeatChoices(actor, find),
    origin: settings().publicUrl ?? event.url.origin,
  };
});

export const actions = {
  seat: action(seatForm, async ({ locals, params }: RequestEvent, input) => {
    await seatAccount(locals.actor, params.drill!, input, locals.now);
    redirect(303, `/office/drills/${params.drill}`);
  }),
  unseat: action(seatRemovalForm, async ({ locals, params }: RequestEvent, { seatId }) => {
    await removeSeat(locals.actor, params.drill!, seatId, locals.now);
    return { done: 'unseated' as const };
  }),
  units: action(unitsForm, async ({ locals, params }: RequestEvent, { units }) => {
    await setDrillUnits(locals.actor, params.drill!, units, locals.now);
    return { done: 'units' as const };
  }),
  cancel: action(cancelForm, async ({ locals, params }: RequestEvent, { reason }) => {
    await cancelDrill(locals.actor, params.drill!, reason, locals.now);
    return { done: 'cancelled' as const };
  }),
};
