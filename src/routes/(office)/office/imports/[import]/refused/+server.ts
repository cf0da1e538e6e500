import type { RequestEvent } from './$types';
import { writeRefusedWorkbook } from '#lib/people/roster-import.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const { name, bytes } = await writeRefusedWorkbook(locals.actor, params.import);
  return download(bytes, name);
});
