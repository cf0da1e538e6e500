import type { PageServerLoadEvent } from './$types';
import { mayEnterDrills } from '#lib/drills/policy.ts';
import { listCommitments } from '#lib/drills/sealed/commitments.server.ts';
import { listSealed } from '#lib/drills/sealed/sealed-drills.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

/** The same page for everybody: what it lists is what one's own key opens. */
export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const [drills, commitments] = await Promise.all([listSealed(actor, now), listCommitments(actor)]);
  return { drills, commitments, mayCreate: mayEnterDrills(actor) };
});
