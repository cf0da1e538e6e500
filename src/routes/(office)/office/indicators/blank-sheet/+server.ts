import type { RequestEvent } from './$types';
import { INDICATOR_FORM_NAME } from '#lib/coverage/copy.ts';
import { blankIndicatorSheet } from '#lib/coverage/indicators.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

/** The empty table of indicators to fill in. */
export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  return download(await blankIndicatorSheet(event.locals.actor), INDICATOR_FORM_NAME);
});
