import { eq, inArray } from 'drizzle-orm';
import type { Db } from '#lib/server/db/open.ts';
import { adoption, rule, rulePack } from '#lib/server/db/schema/coverage.ts';
import { person, post, postCategory } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { hoursRuleFor, type HoursRule } from './ledger.ts';
import { placesAbove } from './policy.ts';

/** The hours of a training day by person and day, from the packs that the places of the persons adopted. */
export async function hoursOf(db: Db, persons: string[]) {
  const places = await db
    .select({ id: person.id, path: person.path })
    .from(person)
    .where(inArray(person.id, persons));
  const posts = await db
    .selectDistinct({ personId: post.personId, roster: postCategory.roster })
    .from(post)
    .innerJoin(postCategory, eq(postCategory.code, post.category))
    .where(inArray(post.personId, persons));
  const rostersOf = Map.groupBy(posts, ({ personId }) => personId);
  const whoOf = new Map(
    places.map(({ id, path }) => [
      id,
      { path, rosters: (rostersOf.get(id) ?? []).map(({ roster }) => roster) },
    ]),
  );
  const rules = await adoptedPacks(db, [...new Set(places.flatMap(({ path }) => placesAbove(path)))]);
  return (personId: string, heldOn: string) =>
    hoursRuleFor(rules, whoOf.get(personId) ?? { path: '/', rosters: [] }, heldOn);
}

async function adoptedPacks(db: Db, paths: string[]): Promise<HoursRule[]> {
  const packs: Omit<HoursRule, 'rosters'>[] = [];
  for (const slice of inSlices(paths))
    packs.push(
      ...(await db
        .select({
          packId: rulePack.id,
          hoursPerDay: rulePack.hoursPerDay,
          path: adoption.path,
          fromOn: adoption.fromOn,
          untilOn: adoption.untilOn,
        })
        .from(adoption)
        .innerJoin(rulePack, eq(rulePack.id, adoption.packId))
        .where(inArray(adoption.path, slice))),
    );
  const ids = ['', ...new Set(packs.map(({ packId }) => packId))];
  const rules = await db
    .select({ packId: rule.packId, categories: rule.categories })
    .from(rule)
    .where(inArray(rule.packId, ids));
  const categories = await db
    .select({ code: postCategory.code, roster: postCategory.roster })
    .from(postCategory);
  const rosterOf = new Map(categories.map(({ code, roster }) => [code, roster]));
  return packs.map((pack) => {
    const named = rules.filter(({ packId }) => packId === pack.packId).flatMap((each) => each.categories);
    return { ...pack, rosters: [...new Set(named.flatMap((code) => rosterOf.get(code) ?? []))] };
  });
}
