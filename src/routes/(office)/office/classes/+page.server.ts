import type { PageServerLoadEvent } from './$types';
import { listClasses } from '#lib/classes/classes.server.ts';
import { classScope } from '#lib/classes/policy.ts';
import { CLASS_STATE_NAMES, type ClassState } from '#lib/classes/training-class.machine.ts';
import { pageNumber } from '#lib/kernel/page-of.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const query = event.url.searchParams;
  const asked = query.get('state') as ClassState;
  const filters = {
    text: query.get('text') ?? '',
    state: CLASS_STATE_NAMES.includes(asked) ? asked : ('' as const),
  };
  const classes = await listClasses(actor, filters, pageNumber(query.get('page')));
  return { filters, classes, mayKeep: classScope(actor).kept.length > 0 };
});
