import type { PageServerLoadEvent, RequestEvent } from './$types';
import { decideForm, scanForm } from '#lib/drills/quotas/forms.ts';
import { attachPaperScan, decidePaperDrill, readPaperDrill } from '#lib/drills/quotas/paper-drills.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const SCAN_BYTES_MAX = 30 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return await readPaperDrill(event.locals.actor, event.params.paper);
});

export const actions = {
  scan: action(scanForm, async ({ locals: { actor, now }, params }: RequestEvent, { what, file }) => {
    const { row } = await readPaperDrill(actor, params.paper);
    const origin = { about: `paper-drill:${row.id}`, path: row.path, byAccount: actor.accountId ?? '', now };
    const stored = await storeFile(file, SCAN_BYTES_MAX, origin);
    await attachPaperScan(actor, row.id, { what, uploadId: stored.id }, now);
    return { done: 'scan' as const };
  }),
  decide: action(decideForm, async ({ locals, params }: RequestEvent, decision) => {
    await decidePaperDrill(locals.actor, params.paper, decision, locals.now);
    return { done: decision.verdict };
  }),
};
