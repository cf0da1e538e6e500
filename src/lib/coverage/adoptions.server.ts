import { asc, eq, inArray, or } from 'drizzle-orm';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { adoption, rule, rulePack } from '#lib/server/db/schema/coverage.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { askForJob, type Job, type JobStep } from '#lib/server/jobs/jobs.ts';
import { reasonsNotToAdopt, reasonsNotToWithdraw } from './adoption.ts';
import { idsOf } from './contribution.ts';
import { refuse } from './copy.ts';
import { coverageSubtrees, mayAdopt, maySeeCoverage } from './policy.ts';
import { isInForce } from './rule.ts';
import { recomputeSubtree } from './rebuild.server.ts';
import { inSubtree } from './subtree.server.ts';

export const RECOMPUTE_JOB = 'coverage_recompute';

type Place = { id: string; name: string; level: string; path: string };

async function findPlace(db: Db, divisionId: string): Promise<Place> {
  const [found] = await db.select().from(division).where(eq(division.id, divisionId));
  if (!found) throw refuse('not_found');
  return found;
}

/** Asks for the standings below a place to be recomputed, by a job of its own so that none is skipped. */
async function askToRecompute(tx: Tx, key: string, path: string, now: Date): Promise<void> {
  await askForJob(tx, {
    kind: RECOMPUTE_JOB,
    key: `${RECOMPUTE_JOB}:${key}`,
    payload: { path, cursor: null },
    runAt: now,
  });
}

/** One slice of recomputing a subtree as a job; its payload remembers how far it has come. */
export async function recomputeJob(system: Actor, job: Job, now: Date): Promise<JobStep> {
  const { path, cursor } = job.payload as { path: string; cursor: string | null };
  const next = await recomputeSubtree(system, path, cursor, now);
  return { done: job.done + 1, total: 0, again: next !== null, payload: { path, cursor: next } };
}

/**
 * Adopts a pack for a place, with the bureau's own document number; standings below follow by a job.
 * Refused: not_found, forbidden, adoption_level, document_number_missing, day_bad, pack_over, pack_adopted.
 */
export async function adoptPack(
  actor: Actor,
  packId: string,
  divisionId: string,
  documentNumber: string,
  fromOn: string,
  now: Date,
): Promise<{ adoptionId: string }> {
  return await write(`division:${divisionId}`, async (tx) => {
    const place = await findPlace(tx, divisionId);
    if (!maySeeCoverage(actor, place.path)) throw refuse('not_found');
    if (!mayAdopt(actor, place.path)) throw refuse('forbidden');
    const [pack] = await tx.select().from(rulePack).where(eq(rulePack.id, packId));
    if (!pack) throw refuse('not_found');
    const adoptions = await tx.select().from(adoption).where(eq(adoption.packId, packId));
    const act = { documentNumber, fromOn };
    const [reason] = reasonsNotToAdopt({ untilOn: pack.untilOn, adoptions }, place, act);
    if (reason) throw refuse(reason);
    const row = {
      ...{ id: newId(), packId, divisionId, path: place.path, documentNumber: documentNumber.trim(), fromOn },
      ...{ untilOn: null, adoptedBy: actor.accountId ?? '', adoptedAt: now },
    };
    await tx.insert(adoption).values(row);
    const detail = { packId, documentNumber: row.documentNumber, fromOn };
    const about = { stream: `division:${divisionId}`, actor, at: now, path: place.path };
    await record(tx, { ...about, kind: 'pack_adopted', detail });
    await askToRecompute(tx, row.id, place.path, now);
    return { adoptionId: row.id };
  });
}

/**
 * Ends an adoption on its last day; a pack not in force at the year's end counts for nothing in that year.
 * Refused: not_found, forbidden, adoption_ended, reason_missing, day_bad, day_before_adoption.
 */
export async function withdrawAdoption(
  actor: Actor,
  adoptionId: string,
  untilOn: string,
  reason: string,
  now: Date,
): Promise<void> {
  const [known] = await read((db) => db.select().from(adoption).where(eq(adoption.id, adoptionId)));
  if (!known || !maySeeCoverage(actor, known.path)) throw refuse('not_found');
  await write(`division:${known.divisionId}`, async (tx) => {
    const [found] = await tx.select().from(adoption).where(eq(adoption.id, adoptionId));
    if (!found) throw refuse('not_found');
    if (!mayAdopt(actor, found.path)) throw refuse('forbidden');
    const [first] = reasonsNotToWithdraw(found, { untilOn, reason });
    if (first) throw refuse(first);
    await tx.update(adoption).set({ untilOn }).where(eq(adoption.id, adoptionId));
    const detail = { packId: found.packId, untilOn, reason: reason.trim() };
    const about = { stream: `division:${found.divisionId}`, actor, at: now, path: found.path };
    await record(tx, { ...about, kind: 'adoption_withdrawn', detail });
    await askToRecompute(tx, `${adoptionId}:withdrawn`, found.path, now);
  });
}

export type PackShown = typeof rulePack.$inferSelect & {
  /** Whose plan it is. */
  issuedBy: string;
  rules: (typeof rule.$inferSelect)[];
  /** The adoption by which it holds here: of this place or of one above it. */
  holds: (AdoptionShown & { mayWithdraw: boolean }) | null;
  /** Adoptions of the places below, for those who see them. */
  below: AdoptionShown[];
  mayAdopt: boolean;
};
type AdoptionShown = typeof adoption.$inferSelect & { place: string };

/**
 * Every rule pack with its document, source and mark, and whether it holds for a place (by default the
 * actor's own). Refused: forbidden, not_found.
 */
export async function listPacks(
  actor: Actor,
  divisionId: string | null,
  now: Date,
): Promise<{ place: Place; packs: PackShown[] }> {
  const day = dayOf(now);
  return await read(async (db) => {
    const place = await placeOf(db, actor, divisionId);
    const packs = await db.select().from(rulePack).orderBy(asc(rulePack.fromOn), asc(rulePack.id));
    const rules = await db.select().from(rule).orderBy(asc(rule.ordinal), asc(rule.id));
    const rows = await db
      .select({ adoption, place: division.name })
      .from(adoption)
      .innerJoin(division, eq(division.id, adoption.divisionId))
      .where(or(inArray(adoption.divisionId, idsOf(place.path)), inSubtree(adoption.path, place.path)))
      .orderBy(asc(adoption.path), asc(adoption.fromOn));
    const adoptions = rows.map((row) => ({ ...row.adoption, place: row.place }));
    const issuers = await db
      .select({ id: division.id, name: division.name })
      .from(division)
      .where(inArray(division.id, [...new Set(packs.map((pack) => pack.divisionId))]));
    const shown = packs.map((pack) => {
      const here = adoptions.filter(
        (row) => row.packId === pack.id && (row.untilOn === null || row.untilOn >= day),
      );
      const reaching = here.filter((row) => isWithin(place.path, row.path));
      // One that ends may be followed by one that begins: the one without an end says how things stand.
      const holds = reaching.find((row) => row.untilOn === null) ?? reaching.at(-1) ?? null;
      return {
        ...pack,
        issuedBy: issuers.find((issuer) => issuer.id === pack.divisionId)?.name ?? '',
        rules: rules.filter((row) => row.packId === pack.id),
        holds: holds && { ...holds, mayWithdraw: holds.untilOn === null && mayAdopt(actor, holds.path) },
        below: here.filter((row) => row.path !== place.path && isWithin(row.path, place.path)),
        mayAdopt:
          (holds === null || holds.untilOn !== null) &&
          isInForce({ fromOn: '', untilOn: pack.untilOn }, day) &&
          mayAdopt(actor, place.path) &&
          place.level !== 'township' &&
          place.level !== 'village',
      };
    });
    return { place, packs: shown };
  });
}

async function placeOf(db: Db, actor: Actor, divisionId: string | null): Promise<Place> {
  if (divisionId !== null) {
    const place = await findPlace(db, divisionId);
    if (!maySeeCoverage(actor, place.path)) throw refuse('not_found');
    return place;
  }
  const [path] = coverageSubtrees(actor);
  if (path === undefined) throw refuse('forbidden');
  return await findPlace(db, idsOf(path).at(-1) ?? '');
}
