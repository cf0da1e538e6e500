import { and, asc, eq, inArray, like, or } from 'drizzle-orm';
import { reasonsNotToWithdraw } from '#lib/coverage/adoption.ts';
import { isWithin, type Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { drillAdoption, drillRule, drillRulePack } from '#lib/server/db/schema/quotas.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { reasonsNotToAdopt } from './adoption.ts';
import { refuse } from './copy.ts';
import { findPlace, idsOf, type Place } from './places.server.ts';
import { mayKeepQuotas, maySeeQuotas } from './policy.ts';
import type { QuotaRule } from './rule.ts';

type RuleRow = typeof drillRule.$inferSelect;
type AdoptionRow = typeof drillAdoption.$inferSelect;

/** Rules that hold somewhere at, above or below a place, one for each adoption of its pack. */
export async function loadRules(db: Db, path: string): Promise<QuotaRule[]> {
  const rows = await db
    .select({ rule: drillRule, adoption: drillAdoption })
    .from(drillAdoption)
    .innerJoin(drillRule, eq(drillRule.packId, drillAdoption.packId))
    .where(or(inArray(drillAdoption.divisionId, idsOf(path)), like(drillAdoption.path, `${path}%`)))
    .orderBy(
      asc(drillRule.packId),
      asc(drillRule.ordinal),
      asc(drillAdoption.path),
      asc(drillAdoption.fromOn),
    );
  return rows.flatMap(({ rule, adoption }) => heldRule(rule, adoption) ?? []);
}

/** A rule as an adoption makes it hold: from the later first day to the earlier last one. */
function heldRule(rule: RuleRow, adoption: AdoptionRow): QuotaRule | null {
  const count = rule.count ?? adoption.counts[rule.id];
  if (count === undefined) return null;
  const { id, packId, title, unitClass, form, content, planKinds, period } = rule;
  const ends = [rule.untilOn, adoption.untilOn].filter((day) => day !== null).toSorted();
  return {
    ...{ id, packId, title, unitClass, form, content, planKinds, period, count, path: adoption.path },
    fromOn: rule.fromOn > adoption.fromOn ? rule.fromOn : adoption.fromOn,
    untilOn: ends[0] ?? null,
  };
}

async function findDivision(db: Db, divisionId: string): Promise<Place> {
  const [place] = await db.select().from(division).where(eq(division.id, divisionId));
  if (!place) throw refuse('not_found');
  return place;
}

/**
 * Adopts a pack of drill rules for a place, by the bureau's own document, with the numbers that the pack
 * leaves to it. Refused: not_found, forbidden, and everything of {@link reasonsNotToAdopt}.
 */
export async function adoptDrillRules(
  actor: Actor,
  act: {
    packId: string;
    divisionId: string;
    documentNumber: string;
    fromOn: string;
    counts: Record<string, number>;
  },
  now: Date,
): Promise<string> {
  const stream = `division:${act.divisionId}`;
  return await write(stream, async (tx) => {
    const place = await findDivision(tx, act.divisionId);
    if (!maySeeQuotas(actor, place.path)) throw refuse('not_found');
    if (!mayKeepQuotas(actor, place.path)) throw refuse('forbidden');
    const [pack] = await tx.select().from(drillRulePack).where(eq(drillRulePack.id, act.packId));
    if (!pack) throw refuse('not_found');
    const adoptions = await tx.select().from(drillAdoption).where(eq(drillAdoption.packId, act.packId));
    const rules = await tx.select().from(drillRule).where(eq(drillRule.packId, act.packId));
    const open = rules.filter(({ count }) => count === null).map(({ id }) => id);
    const [reason] = reasonsNotToAdopt({ untilOn: pack.untilOn, adoptions, open }, place, act);
    if (reason) throw refuse(reason);
    const counts = Object.fromEntries(open.map((id) => [id, act.counts[id]!]));
    const documentNumber = act.documentNumber.trim();
    const id = newId();
    await tx.insert(drillAdoption).values({
      ...{ id, packId: pack.id, divisionId: place.id, path: place.path, documentNumber, fromOn: act.fromOn },
      ...{ untilOn: null, counts, adoptedBy: actor.accountId ?? '', adoptedAt: now },
    });
    await record(tx, {
      ...{ stream, kind: 'drill_rules_adopted', actor, at: now, path: place.path },
      detail: {
        packId: pack.id,
        title: pack.title,
        documentNumber,
        fromOn: act.fromOn,
        ...(open.length === 0 ? {} : { counts: Object.values(counts) }),
      },
    });
    return id;
  });
}

/**
 * Ends an adoption on its last day. Refused: not_found, forbidden, adoption_ended, reason_missing, day_bad,
 * day_before_adoption.
 */
export async function withdrawDrillRules(
  actor: Actor,
  act: { adoptionId: string; untilOn: string; reason: string },
  now: Date,
): Promise<void> {
  const mine = eq(drillAdoption.id, act.adoptionId);
  const [known] = await read((db) => db.select().from(drillAdoption).where(mine));
  if (!known || !maySeeQuotas(actor, known.path)) throw refuse('not_found');
  const stream = `division:${known.divisionId}`;
  await write(stream, async (tx) => {
    const [row] = await tx.select().from(drillAdoption).where(mine);
    if (!row) throw refuse('not_found');
    if (!mayKeepQuotas(actor, row.path)) throw refuse('forbidden');
    const [first] = reasonsNotToWithdraw(row, act);
    if (first) throw refuse(first);
    await tx
      .update(drillAdoption)
      .set({ untilOn: act.untilOn })
      .where(and(mine, eq(drillAdoption.packId, row.packId)));
    await record(tx, {
      ...{ stream, kind: 'drill_rules_withdrawn', actor, at: now, path: row.path },
      detail: { packId: row.packId, untilOn: act.untilOn, reason: act.reason.trim() },
    });
  });
}

export type DrillPackShown = typeof drillRulePack.$inferSelect & {
  issuedBy: string;
  rules: RuleRow[];
  holds: (AdoptionRow & { place: string; mayWithdraw: boolean }) | null;
  mayAdopt: boolean;
};

/** Every pack of drill rules with document, source and mark, and whether it holds for a place. Refused: not_found, forbidden. */
export async function listDrillPacks(
  actor: Actor,
  divisionId: string | null,
  now: Date,
): Promise<{ place: Place; packs: DrillPackShown[] }> {
  const day = dayOf(now);
  return await read(async (db) => {
    const place = await findPlace(db, actor, divisionId);
    const packs = await db
      .select({ pack: drillRulePack, issuedBy: division.name })
      .from(drillRulePack)
      .innerJoin(division, eq(division.id, drillRulePack.divisionId))
      .orderBy(asc(drillRulePack.fromOn), asc(drillRulePack.id));
    const rules = await db.select().from(drillRule).orderBy(asc(drillRule.packId), asc(drillRule.ordinal));
    const adoptions = await db
      .select({ row: drillAdoption, place: division.name })
      .from(drillAdoption)
      .innerJoin(division, eq(division.id, drillAdoption.divisionId))
      .where(inArray(drillAdoption.divisionId, idsOf(place.path)))
      .orderBy(asc(drillAdoption.path), asc(drillAdoption.fromOn));
    const isAdopting =
      ['province', 'city', 'county'].includes(place.level) && mayKeepQuotas(actor, place.path);
    const shown = packs.map(({ pack, issuedBy }) => {
      const reaching = adoptions.filter(
        ({ row }) => row.packId === pack.id && (row.untilOn === null || row.untilOn >= day),
      );
      const here = reaching.find(({ row }) => row.untilOn === null) ?? reaching.at(-1);
      const mayWithdraw =
        here !== undefined && here.row.untilOn === null && mayKeepQuotas(actor, here.row.path);
      return {
        ...pack,
        issuedBy,
        rules: rules.filter(({ packId }) => packId === pack.id),
        holds: here ? { ...here.row, place: here.place, mayWithdraw } : null,
        mayAdopt: isAdopting && here?.row.untilOn !== null && (pack.untilOn === null || pack.untilOn >= day),
      };
    });
    return { place, packs: shown };
  });
}

/** Packs in force for a place on a day, as a page names its grounds. */
export async function listHolding(
  db: Db,
  path: string,
  day: string,
): Promise<{ title: string; documentNumber: string }[]> {
  const rows = await db
    .select({ title: drillRulePack.title, row: drillAdoption })
    .from(drillAdoption)
    .innerJoin(drillRulePack, eq(drillRulePack.id, drillAdoption.packId))
    .where(inArray(drillAdoption.divisionId, idsOf(path)))
    .orderBy(asc(drillAdoption.fromOn), asc(drillRulePack.id));
  return rows
    .filter(({ row }) => isWithin(path, row.path) && row.fromOn <= day && (row.untilOn ?? day) >= day)
    .map(({ title, row }) => ({ title, documentNumber: row.documentNumber }));
}
