import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { mayEnterBank } from '#lib/exams/policy.ts';
import { questionFilters } from '#lib/exams/question-filters.ts';
import { listBankGroups, listBanks, listQuestions } from '#lib/exams/questions.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (!mayEnterBank(actor)) throw refuse('forbidden');
  const query = event.url.searchParams;
  const banks = await listBanks(actor);
  const wanted = query.get('bank') ?? '';
  const bank =
    banks.find((one) => one.divisionId === wanted) ??
    (wanted ? null : (banks.find((one) => one.count > 0) ?? banks[0]));
  if (!bank) throw refuse('not_found');
  const filters = questionFilters(query);
  const questions = await listQuestions(actor, bank.divisionId, filters, pageNumber(query.get('page')));
  return { banks, bank, filters, questions, groups: await listBankGroups(actor, bank.divisionId) };
});
