import type { RequestEvent } from './$types';
import { OUTSIDE_FORM } from '#lib/classes/copy.ts';
import { blankSheet } from '#lib/classes/outside-sheets.server.ts';
import { endpoint, mustLogIn } from '#lib/server/form.ts';

/** The empty workbook to fill in. */
export const GET = endpoint(async (event: RequestEvent) => {
  mustLogIn(event);
  const bytes = await blankSheet(event.locals.actor);
  const name = encodeURIComponent(OUTSIDE_FORM.fileName);
  return new Response(bytes as BodyInit, {
    headers: {
      'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    },
  });
});
