import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuseSealed } from '#lib/drills/sealed/copy.ts';
import {
  holderForm,
  holderRemovalForm,
  sealedSeatForm,
  sealedSeatRemovalForm,
} from '#lib/drills/sealed/forms.ts';
import { readSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import {
  addHolder,
  notePaperUndertaking,
  removeHolder,
  seatSealed,
  unseatSealed,
} from '#lib/drills/sealed/sealed-people.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const sealed = await readSealed(actor, event.params.drill, 'part', event.getClientAddress(), now);
  const { plan, desk } = sealed;
  if (!plan || !desk) throw refuseSealed('sealed_not_director');
  return { id: sealed.id, title: sealed.title ?? '', state: sealed.state, plan, desk };
});

export const actions = {
  add: action(holderForm, async ({ locals, params }: RequestEvent, input) => {
    await addHolder(locals.actor, params.drill, input, locals.now);
  }),
  remove: action(holderRemovalForm, async ({ locals, params }: RequestEvent, { accountId }) => {
    await removeHolder(locals.actor, params.drill, accountId, locals.now);
  }),
  signed: action(holderRemovalForm, async ({ locals, params }: RequestEvent, { accountId }) => {
    await notePaperUndertaking(locals.actor, params.drill, accountId, locals.now);
  }),
  seat: action(sealedSeatForm, async ({ locals, params }: RequestEvent, input) => {
    await seatSealed(locals.actor, params.drill, input, locals.now);
  }),
  unseat: action(sealedSeatRemovalForm, async ({ locals, params }: RequestEvent, { seatId }) => {
    await unseatSealed(locals.actor, params.drill, seatId, locals.now);
  }),
};
