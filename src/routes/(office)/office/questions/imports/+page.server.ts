import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/exams/copy.ts';
import { bankSubtrees } from '#lib/exams/policy.ts';
import { listQuestionImports } from '#lib/exams/question-import.server.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  if (bankSubtrees(actor).length === 0) throw refuse('forbidden');
  const imports = await listQuestionImports(actor, pageNumber(event.url.searchParams.get('page')));
  const rows = imports.rows.map(({ id, fileName, state, createdAt }) => ({ id, fileName, state, createdAt }));
  return { imports: { ...imports, rows } };
});
