import type { RequestHandler } from './$types';
import { scriptFileName } from '#lib/drills/scripts/readiness-copy.ts';
import { readScriptText } from '#lib/drills/scripts/scripts.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

/** The script as a file: the draft, or with `?version=` a published version. */
export const GET: RequestHandler = endpoint(async ({ locals, params, url }) => {
  const asked = url.searchParams.get('version');
  const number = asked === null ? null : Number(asked);
  const { title, body } = await readScriptText(locals.actor, params.script!, number);
  const text = `${JSON.stringify(body, null, 2)}\n`;
  return download(new TextEncoder().encode(text), scriptFileName(title, number));
});
