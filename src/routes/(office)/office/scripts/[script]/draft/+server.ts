import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { refuse } from '#lib/drills/copy.ts';
import { draftBody } from '#lib/drills/forms.ts';
import { readDraft, saveScript } from '#lib/drills/scripts/scripts.server.ts';
import { endpoint } from '#lib/server/form.ts';
import { jsonBody } from '#lib/server/json-body.ts';

/** The draft as it is now: what an author takes over after somebody else saved. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
  const { draft, revision } = await readDraft(locals.actor, params.script!);
  return json({ draft, revision });
});

/** Saves the whole draft; answers the number of this saving. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
  const input = await jsonBody(request, draftBody);
  if (!input) throw refuse('script_unreadable');
  return json({ revision: await saveScript(locals.actor, params.script!, input, locals.now) });
});
