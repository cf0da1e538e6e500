import { json } from '@sveltejs/kit';
import { refuseDeed } from '#lib/drills/runs/copy.ts';
import { runCommandSchema } from '#lib/drills/runs/run-command.ts';
import { commandRun } from '#lib/drills/runs/runs.server.ts';
import { endpoint } from '#lib/server/form.ts';
import { jsonBody } from '#lib/server/json-body.ts';
import type { RequestHandler } from './$types';

/** A deed of a seat; sent again with the same id it is done once. */
export const POST: RequestHandler = endpoint(async ({ locals, params, request }) => {
  const command = await jsonBody(request, runCommandSchema);
  if (!command) throw refuseDeed('unreadable');
  return json(await commandRun(locals.actor, params.run, command, locals.now));
});
