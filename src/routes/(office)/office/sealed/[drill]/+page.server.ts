import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { noForm, signForm } from '#lib/drills/sealed/forms.ts';
import {
  approveSealed,
  cancelSealed,
  discardSealed,
  drawSealed,
  judgeSealed,
  unsealEarly,
} from '#lib/drills/sealed/sealed-decisions.server.ts';
import { readSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { signUndertaking } from '#lib/drills/sealed/sealed-people.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { sealed: await readSealed(actor, event.params.drill, 'part', event.getClientAddress(), now) };
});

export const actions = {
  sign: action(signForm, async ({ locals, params }: RequestEvent) => {
    await signUndertaking(locals.actor, params.drill, locals.now);
    return { done: 'signed' as const };
  }),
  approve: action(noForm, async ({ locals, params }: RequestEvent) => {
    await approveSealed(locals.actor, params.drill, locals.now);
    return { done: 'approved' as const };
  }),
  draw: action(noForm, async ({ locals, params }: RequestEvent) => {
    await drawSealed(locals.actor, params.drill, locals.now);
    return { done: 'drawn' as const };
  }),
  cancel: action(noForm, async ({ locals, params }: RequestEvent) => {
    await cancelSealed(locals.actor, params.drill, locals.now);
    return { done: 'cancelled' as const };
  }),
  discard: action(noForm, async ({ locals, params }: RequestEvent) => {
    await discardSealed(locals.actor, params.drill);
    redirect(303, '/office/sealed');
  }),
  evaluate: action(noForm, async ({ locals, params }: RequestEvent) => {
    await judgeSealed(locals.actor, params.drill, 'open_evaluation', locals.now);
    return { done: 'evaluating' as const };
  }),
  publish: action(noForm, async ({ locals, params }: RequestEvent) => {
    await judgeSealed(locals.actor, params.drill, 'publish_evaluation', locals.now);
    redirect(303, `/office/drills/${params.drill}/evaluation`);
  }),
  unseal: action(noForm, async ({ locals, params }: RequestEvent) => {
    await unsealEarly(locals.actor, params.drill, locals.now);
    redirect(303, `/office/drills/${params.drill}`);
  }),
};
