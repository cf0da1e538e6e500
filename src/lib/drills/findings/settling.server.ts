import { and, asc, desc, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { write, type Db } from '#lib/server/db/open.ts';
import { drill, drillRun, plan, planVersion } from '#lib/server/db/schema/drills.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { inSubtree } from '../plans/places.server.ts';
import { refuse } from './copy.ts';
import { findingAbout, findKeptFinding, tell, type Found } from './finding-scope.server.ts';

/**
 * Says which version of the plan took the problem up, or who signed that none does. Refused: 404, 403,
 * revision_not_needed, version_unknown, version_old (in force before the drill), signer_missing.
 */
export async function settleRevision(
  actor: Actor,
  id: string,
  input: { planVersionId: string; waivedBy: string; waiver: string },
  now: Date,
): Promise<void> {
  await write(findingAbout(id), async (tx) => {
    const found = await findKeptFinding(actor, tx, id);
    if (!found.row.needsPlanRevision) throw refuse('revision_not_needed');
    if (input.planVersionId !== '') {
      const versions = await revisionsFor(actor, tx, found);
      if (!versions.all.some((version) => version.id === input.planVersionId))
        throw refuse('version_unknown');
      if (!versions.later.some((version) => version.id === input.planVersionId)) throw refuse('version_old');
      const set = { planVersionId: input.planVersionId, revisionWaivedBy: null, revisionWaiver: '' };
      await tx.update(finding).set(set).where(eq(finding.id, id));
    } else {
      if (input.waivedBy === '') throw refuse('signer_missing');
      if (input.waiver === '') throw refuse('reason_missing');
      const set = { planVersionId: null, revisionWaivedBy: input.waivedBy, revisionWaiver: input.waiver };
      await tx.update(finding).set(set).where(eq(finding.id, id));
    }
    const detail = { signedBy: input.waivedBy, reason: input.waiver };
    await tell(actor, tx, found.row, 'finding_revision_settled', detail, now);
  });
}

/** Versions of the plan in force over the drill's place, and those of them put in force since the drill. */
export async function revisionsFor(_actor: Actor, db: Db, { row, drill: of }: Found) {
  const rows = await db
    .select({
      id: planVersion.id,
      number: planVersion.number,
      inForceAt: planVersion.inForceAt,
      title: plan.title,
      path: plan.path,
      key: plan.key,
    })
    .from(planVersion)
    .innerJoin(plan, eq(plan.id, planVersion.planId))
    .where(and(isNotNull(planVersion.inForceAt), eq(plan.isModel, false), inSubtree(plan.path, of.path)))
    .orderBy(asc(plan.title), desc(planVersion.number));
  const all = rows.filter(({ key }) => row.planKey === '' || key === row.planKey);
  const [run] = await db.select().from(drillRun).where(eq(drillRun.id, row.runId));
  return { all, later: all.filter(({ inForceAt }) => inForceAt! > run!.createdAt) };
}

/** Says in which later run the same was tried again, and how it came out. Refused: 404, 403, retest_unknown. */
export async function registerRetest(
  actor: Actor,
  id: string,
  { runId, retest }: { runId: string; retest: string },
  now: Date,
): Promise<void> {
  await write(findingAbout(id), async (tx) => {
    const found = await findKeptFinding(actor, tx, id);
    const runs = await retestsFor(actor, tx, found);
    if (!runs.some((run) => run.runId === runId)) throw refuse('retest_unknown');
    await tx.update(finding).set({ retestRunId: runId, retest }).where(eq(finding.id, id));
    await tell(actor, tx, found.row, 'finding_retested', { reason: retest }, now);
  });
}

/** Later runs of the place that came to their end. */
export async function retestsFor(_actor: Actor, db: Db, { row, drill: of }: Found) {
  const [run] = await db.select().from(drillRun).where(eq(drillRun.id, row.runId));
  return await db
    .select({ runId: drillRun.id, title: drill.title, plannedOn: drill.plannedOn })
    .from(drillRun)
    .innerJoin(drill, eq(drill.id, drillRun.drillId))
    .where(
      and(
        gt(drillRun.createdAt, run!.createdAt),
        inArray(drillRun.stage, ['ended', 'hot_wash', 'evaluating', 'published', 'archived']),
        inSubtree(drill.path, of.path),
      ),
    )
    .orderBy(desc(drill.plannedOn));
}
