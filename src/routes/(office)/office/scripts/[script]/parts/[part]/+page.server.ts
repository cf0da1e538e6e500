import type { PageServerLoadEvent } from './$types';
import { refuse } from '#lib/drills/copy.ts';
import { EDITOR_PAGES, type EditorPage } from '#lib/drills/scripts/part-lists-copy.ts';
import { readDraft } from '#lib/drills/scripts/scripts.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const script = await readDraft(event.locals.actor, event.params.script);
  if (!Object.hasOwn(EDITOR_PAGES, event.params.part)) throw refuse('not_found');
  return {
    script,
    part: event.params.part as EditorPage,
    first: event.url.searchParams.get('part'),
  };
});
