import type { RequestEvent } from './$types';
import { paperOf, readPaperForm } from '#lib/drills/plans/papers.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

/** A plan on paper: `?form=document|cards|large-cards|handbook|contacts`, of the version asked for. */
export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const { locals, params, url } = event;
  const number = Number(url.searchParams.get('version') ?? 0);
  const form = readPaperForm(url.searchParams.get('form'));
  const asked = { planId: params.plan ?? '', number: number > 0 ? number : null, form };
  const { bytes, name } = await paperOf(locals.actor, asked, locals.now);
  return download(bytes, name);
});
