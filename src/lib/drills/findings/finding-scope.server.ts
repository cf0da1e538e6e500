import { and, eq, inArray, notInArray, or, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { record } from '#lib/server/events/record.ts';
import { listUploads, type Upload } from '#lib/server/storage.ts';
import { read, type Db, type Tx } from '#lib/server/db/open.ts';
import { drill, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { mayKeepDrills } from '../policy.ts';
import { startsWithAny } from '../plans/places.server.ts';
import { scriptOf } from '../runs/run-store.server.ts';
import { groupsOf } from '../runs/seat.ts';
import { refuse } from './copy.ts';
import { findingScope, maySeeFinding, type FindingPlace } from './policy.ts';

export type FindingRow = typeof finding.$inferSelect;
export type Found = {
  row: FindingRow;
  drill: typeof drill.$inferSelect;
  place: FindingPlace;
};

const PUBLISHED = ['published', 'archived'];

/** The stream of a finding's events, its lock, and what its uploads are about. */
export const findingAbout = (id: string) => `finding:${id}`;

/** Runs not yet published in which the actor plays or judges: their findings would tell the outcome. */
export async function blindRuns(actor: Actor, db: Db): Promise<string[]> {
  if (actor.accountId === null) return [];
  const rows = await db
    .select({ seat: drillSeat, versionId: drillRun.scriptVersionId, stage: drillRun.stage })
    .from(drillSeat)
    .innerJoin(drillRun, eq(drillRun.id, drillSeat.runId))
    .where(and(eq(drillSeat.accountId, actor.accountId), notInArray(drillRun.stage, PUBLISHED)));
  const blind: string[] = [];
  for (const { seat, versionId } of rows) {
    const groups = groupsOf(await scriptOf(db, versionId), seat);
    if (groups.has('player') || groups.has('evaluator')) blind.push(seat.runId);
  }
  return blind;
}

/** A finding for a command or a page. Refused: 404. */
export async function findFinding(actor: Actor, db: Db, id: string): Promise<Found> {
  const [found] = await db
    .select({ row: finding, drill, stage: drillRun.stage })
    .from(finding)
    .innerJoin(drill, eq(drill.id, finding.drillId))
    .innerJoin(drillRun, eq(drillRun.id, finding.runId))
    .where(eq(finding.id, id));
  if (!found) throw refuse('not_found');
  const place: FindingPlace = {
    path: found.row.path,
    drillPath: found.drill.path,
    isPublished: PUBLISHED.includes(found.stage),
  };
  const isBlind = !place.isPublished && (await blindRuns(actor, db)).includes(found.row.runId);
  if (isBlind || !maySeeFinding(actor, place)) throw refuse('not_found');
  return { row: found.row, drill: found.drill, place };
}

/** {@link findFinding} for those who keep the drill. Refused: 404, 403. */
export async function findKeptFinding(actor: Actor, db: Db, id: string): Promise<Found> {
  const found = await findFinding(actor, db, id);
  if (!mayKeepDrills(actor, found.drill)) throw refuse('forbidden');
  return found;
}

/** The list face of {@link maySeeFinding}, over finding joined with drill and run. Refused: 403 without any place. */
export async function seenFindings(actor: Actor, db: Db): Promise<SQL> {
  const { kept, own } = findingScope(actor);
  if (own.length === 0) throw refuse('forbidden');
  const blind = await blindRuns(actor, db);
  return and(
    or(
      startsWithAny(drill.path, kept),
      and(startsWithAny(finding.path, own), inArray(drillRun.stage, PUBLISHED)),
    ),
    blind.length > 0 ? notInArray(finding.runId, blind) : undefined,
  )!;
}

/** Who may read the proof of a finding: whoever sees the finding. */
export async function mayReadFindingFiles(actor: Actor, about: string): Promise<boolean> {
  return await read((db) => findFinding(actor, db, about.slice(about.indexOf(':') + 1))).then(
    () => true,
    () => false,
  );
}

/** What was handed in as proof, the latest first. */
export async function proofsOf(_actor: Actor, id: string): Promise<Upload[]> {
  return await listUploads(findingAbout(id));
}

/** Tells what happened to a finding, in a write that holds {@link findingAbout}. */
export async function tell(
  actor: Actor,
  tx: Tx,
  row: Pick<FindingRow, 'id' | 'path' | 'text'>,
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  const happening = { stream: findingAbout(row.id), kind, actor, at: now, path: row.path };
  await record(tx, { ...happening, detail: { text: row.text, ...detail } });
}
