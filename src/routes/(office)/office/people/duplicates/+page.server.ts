import type { PageServerLoadEvent, RequestEvent } from './$types';
import { previewDoubledCertificates } from '#lib/certificates/merge-previews.server.ts';
import { previewMerges } from '#lib/courses/merge-previews.server.ts';
import { hasRole } from '#lib/kernel/actor.ts';
import { refuse } from '#lib/people/copy.ts';
import { mergeForm } from '#lib/people/forms.ts';
import { listTwins, mergePeople } from '#lib/people/merges.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  if (!hasRole(actor, 'bureau')) throw refuse('forbidden');
  const twins = await listTwins(actor);
  const groups = twins.map(({ people }) => people.map(({ id }) => id));
  const doubled = await previewMerges(actor, groups, now);
  const certificates = await previewDoubledCertificates(actor, groups);
  return {
    twins: twins.map((twin) => ({
      ...twin,
      doubled: doubled.get(twin.people[0]!.id) ?? [],
      certificates: certificates.get(twin.people[0]!.id) ?? [],
    })),
  };
});

export const actions = {
  default: action(mergeForm, async ({ locals }: RequestEvent, { people, keep, reason }) => {
    for (const from of people.filter((id) => id !== keep))
      await mergePeople(locals.actor, from, keep, reason, locals.now);
    return { merged: people.length };
  }),
};
