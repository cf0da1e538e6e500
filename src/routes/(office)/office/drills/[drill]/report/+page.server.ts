import type { PageServerLoadEvent, RequestEvent } from './$types';
import { reportForm, scanForm, signForm } from '#lib/drills/evaluation/forms.ts';
import {
  attachScan,
  readReport,
  reportAbout,
  signReport,
  writeReport,
} from '#lib/drills/evaluation/reports.server.ts';
import { refuseReport } from '#lib/drills/evaluation/copy.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const SCAN_BYTES_MAX = 30 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { report: await readReport(actor, event.params.drill), today: dayOf(now) };
});

export const actions = {
  write: action(reportForm, async ({ locals, params }: RequestEvent, texts) => {
    await writeReport(locals.actor, params.drill, texts, locals.now);
    return { done: 'written' as const };
  }),
  sign: action(signForm, async ({ locals, params }: RequestEvent, input) => {
    await signReport(locals.actor, params.drill, input, locals.now);
    return { done: 'signed' as const };
  }),
  scan: action(scanForm, async ({ locals: { actor, now }, params }: RequestEvent, { file }) => {
    const { runId, drill, mayWrite, signedBy } = await readReport(actor, params.drill);
    if (!mayWrite || signedBy === null) throw refuseReport('report_unsigned');
    const origin = { about: reportAbout(runId), path: drill.path, byAccount: actor.accountId ?? '', now };
    await attachScan(actor, params.drill, await storeFile(file, SCAN_BYTES_MAX, origin), now);
    return { done: 'scanned' as const };
  }),
};
