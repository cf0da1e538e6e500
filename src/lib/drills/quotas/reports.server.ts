import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { fileName } from '#lib/coverage/export-copy.ts';
import { tablesWorkbook } from '#lib/server/sheets/write-table.ts';
import { QUOTA_FILE, quotaTables } from './export-copy.ts';
import { listUnits, readQuotas } from './quotas.server.ts';
import { readYearPlan } from './year-plans.server.ts';

/** Figures, units and the year's plan of a place as a workbook. Refused: not_found, forbidden. */
export async function exportQuotas(
  actor: Actor,
  asked: { divisionId: string | null; year: number },
  now: Date,
): Promise<{ name: string; bytes: Uint8Array }> {
  const quotas = await readQuotas(actor, asked, now);
  const all = { ...asked, kind: 'all', unitClass: null, own: false } as const;
  const { rows } = await listUnits(actor, all, now);
  const plan = await readYearPlan(actor, asked);
  const bytes = await tablesWorkbook(quotaTables(quotas, rows, plan.rows));
  return { name: fileName([quotas.place.name, QUOTA_FILE, dayOf(now)], 'xlsx'), bytes };
}
