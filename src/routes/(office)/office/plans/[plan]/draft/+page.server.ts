import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { editClause, readDraft } from '#lib/drills/plans/clauses.server.ts';
import type { ClauseEdit } from '#lib/drills/plans/clause-edit.ts';
import { PLAN_DONE, type PlanDone } from '#lib/drills/plans/copy.ts';
import { discardDraft, publishDraft } from '#lib/drills/plans/drafts.server.ts';
import {
  clauseChoiceForm,
  clauseForm,
  nothingForm,
  publishForm,
  splitForm,
} from '#lib/drills/plans/forms.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { searchParams: query } = event.url;
  const done = query.get('done') ?? '';
  return {
    ...(await readDraft(event.locals.actor, event.params.plan)),
    open: query.get('clause') ?? '',
    done: done in PLAN_DONE ? (done as PlanDone) : null,
    today: dayOf(event.locals.now),
  };
});

async function edit({ locals, params }: RequestEvent, made: ClauseEdit, done: PlanDone): Promise<never> {
  const next = await editClause(locals.actor, params.plan ?? '', made, locals.now);
  redirect(303, `/office/plans/${params.plan}/draft?clause=${next}&done=${done}#c-${next}`);
}

const choice = (act: 'merge' | 'drop' | 'add', done: PlanDone) =>
  action(
    clauseChoiceForm,
    async (event: RequestEvent, { clauseId }) => await edit(event, { act, clauseId }, done),
  );

export const actions = {
  save: action(
    clauseForm,
    async (event: RequestEvent, input) => await edit(event, { act: 'change', ...input }, 'saved'),
  ),
  split: action(
    splitForm,
    async (event: RequestEvent, input) => await edit(event, { act: 'split', ...input }, 'split'),
  ),
  merge: choice('merge', 'merged'),
  drop: choice('drop', 'dropped'),
  add: choice('add', 'added'),
  publish: action(publishForm, async ({ locals, params }: RequestEvent, input) => {
    await publishDraft(locals.actor, params.plan ?? '', input, locals.now);
    redirect(303, `/office/plans/${params.plan}`);
  }),
  discard: action(nothingForm, async ({ locals, params }: RequestEvent) => {
    const isLeft = await discardDraft(locals.actor, params.plan ?? '', locals.now);
    redirect(303, isLeft ? `/office/plans/${params.plan}?part=versions` : '/office/plans');
  }),
};
