import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { reportForm } from '#lib/drills/quotas/forms.ts';
import { reportableHalfYears } from '#lib/drills/quotas/half-year.ts';
import {
  attachReportScan,
  listReporting,
  readHalfYear,
  submitHalfYear,
} from '#lib/drills/quotas/half-year-reports.server.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const SCAN_BYTES_MAX = 30 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  return { organizations: await listReporting(actor), halves: reportableHalfYears(dayOf(now)) };
});

export const actions = {
  submit: action(reportForm, async ({ locals: { actor, now } }: RequestEvent, { file, ...input }) => {
    const id = await submitHalfYear(actor, input, now);
    const { row } = await readHalfYear(actor, id);
    const about = `half-year-report:${id}`;
    const origin = { about, path: row.path, byAccount: actor.accountId ?? '', now };
    const stored = await storeFile(file, SCAN_BYTES_MAX, origin);
    await attachReportScan(actor, id, stored.id, now);
    redirect(303, `/office/paper-drills/reports/${id}`);
  }),
};
