import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { readHotWash } from '#lib/drills/evaluation/replays.server.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  return json(await readHotWash(locals.actor, params.run));
});
