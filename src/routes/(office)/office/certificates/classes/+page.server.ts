import type { PageServerLoadEvent } from './$types';
import { listIssuingClasses } from '#lib/certificates/class-certificates.server.ts';
import { refuse } from '#lib/certificates/copy.ts';
import { mayEnterIssuing } from '#lib/certificates/policy.ts';
import { countReviews } from '#lib/certificates/reviews.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  if (!mayEnterIssuing(event.locals.actor)) throw refuse('not_for_role');
  const { actor } = event.locals;
  return { classes: await listIssuingClasses(actor), waiting: await countReviews(actor) };
});
