import { json } from '@sveltejs/kit';
import type { RequestEvent } from './$types';
import { readWall } from '#lib/classes/sign-ins.server.ts';
import { endpoint } from '#lib/server/form.ts';

/** The wall asks every few seconds: the code of the moment and the counts. */
export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  return json(await readWall(locals.actor, params.session, locals.now));
});
