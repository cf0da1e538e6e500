import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { questionForm } from '#lib/exams/forms.ts';
import { mayEnterBank } from '#lib/exams/policy.ts';
import { addQuestion, listBankGroups, listBanks } from '#lib/exams/questions.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import type { Actor } from '#lib/kernel/actor.ts';

async function chosenBank(actor: Actor, url: URL) {
  const banks = await listBanks(actor);
  const wanted = url.searchParams.get('bank') ?? '';
  const bank = wanted
    ? banks.find((one) => one.divisionId === wanted)
    : (banks.find((one) => one.count > 0) ?? banks[0]);
  if (!bank) throw refuse('not_found');
  return bank;
}

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterBank(actor)) throw refuse('forbidden');
  const bank = await chosenBank(actor, event.url);
  const groups = await listBankGroups(actor, bank.divisionId);
  return { bank, topics: [...new Set(groups.map((group) => group.topic))] };
});

export const actions = {
  default: action(questionForm, async ({ locals, url }: RequestEvent, { content }) => {
    const bank = await chosenBank(locals.actor, url);
    const { id } = await addQuestion(locals.actor, bank.divisionId, content, locals.now);
    redirect(303, `/office/questions/${id}?saved=1`);
  }),
};
