import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { and, eq } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/open.ts';
import { plan, planClause, planVersion } from '#lib/server/db/schema/drills.ts';
import { newId } from '#lib/server/id.ts';
import { readMarkdownPlan } from '#lib/drills/plans/plan-reading.ts';
import type { PlanKind } from '#lib/drills/plans/plan.ts';

const FOLDER = 'seeds/reference/plans';
const REASON = '随系统安装的范本';

/** The model plans, each with one version in force. Never touches one that is there. */
export async function loadModelPlans(tx: Tx, place: { id: string; path: string }, now: Date): Promise<void> {
  for (const name of readdirSync(resolve(FOLDER)).toSorted()) {
    if (!/^plan-.*\.md$/.test(name)) continue;
    const { front, clauses, ...annexes } = readMarkdownPlan(readFileSync(resolve(FOLDER, name), 'utf8'));
    const { key, title, eventType } = front;
    const known = await tx.$count(plan, and(eq(plan.divisionId, place.id), eq(plan.key, key)));
    if (known > 0) continue;
    const [planId, versionId] = [newId(), newId()];
    const facts = { key, title, kind: front.kind as PlanKind, eventType, organizationId: null };
    await tx.insert(plan).values({
      ...{ id: planId, divisionId: place.id, path: place.path, isModel: true, archivedAt: null, createdAt: now },
      ...facts,
    });
    await tx.insert(planVersion).values({
      ...{ id: versionId, planId, number: 1, documentNumber: '', issuedOn: null, inForceAt: now },
      ...{ ...annexes, parameters: [], reason: REASON, createdAt: now },
    });
    const rows = clauses.map((clause, position) => ({ ...clause, id: newId(), versionId, position }));
    for (let from = 0; from < rows.length; from += 100)
      await tx.insert(planClause).values(rows.slice(from, from + 100));
  }
}
