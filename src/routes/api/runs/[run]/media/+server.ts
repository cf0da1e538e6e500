import { json } from '@sveltejs/kit';
import { storeRunMedia } from '#lib/drills/runs/media.server.ts';
import { endpoint } from '#lib/server/form.ts';
import type { RequestHandler } from './$types';

/** A photo or a recording of an evaluator; answers the id that an observation names it by. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
  const take = async () => {
    const file = (await request.formData().catch(() => null))?.get('file');
    return file instanceof File ? file : null;
  };
  return json(await storeRunMedia(locals.actor, params.run, take, locals.now));
});
