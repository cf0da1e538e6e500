import type { Actor } from '#lib/kernel/actor.ts';
import type { BankGroup } from './blueprint.ts';
import { refuse } from './copy.ts';
import { bankDivisionOf } from './exam.ts';
import { listExamClasses, listTemplates } from './exams.server.ts';
import { mayEnterBank } from './policy.ts';
import { listBankGroups } from './questions.server.ts';

/** What an officer chooses from when making an exam: classes, templates, and what each bank holds. */
export async function readExamChoices(actor: Actor) {
  if (!mayEnterBank(actor)) throw refuse('forbidden');
  const [templates, classes] = await Promise.all([listTemplates(actor), listExamClasses(actor)]);
  const shown = classes.map((one) => ({ ...one, bank: bankDivisionOf(one.path) }));
  const banks: Record<string, BankGroup[]> = {};
  for (const bank of new Set(shown.map((one) => one.bank))) banks[bank] = await listBankGroups(actor, bank);
  return { templates, classes: shown, banks };
}

export type ExamChoices = Awaited<ReturnType<typeof readExamChoices>>;
