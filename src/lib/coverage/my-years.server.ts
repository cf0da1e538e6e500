import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { read } from '#lib/server/db/open.ts';
import { postCategory } from '#lib/server/db/schema/people.ts';
import { standing } from '#lib/server/db/schema/coverage.ts';
import { loadPeople, loadRoots, loadRules } from './circumstances.server.ts';
import {
  evaluationDay,
  donePartsUnder,
  rulesFor,
  type DoneParts,
  type Metric,
  type Strength,
} from './rule.ts';
import type { YearTotals } from './person-year.ts';

/** One rule that a person falls under, and how far the person has come; hundredths of the metric's unit. */
export type MyRule = {
  ruleId: string;
  title: string;
  category: string;
  metric: Metric;
  strength: Strength;
  hoursPerDay: number;
  required: number;
  done: number;
  missing: number;
  parts: DoneParts;
  exempt: boolean;
  met: boolean;
};

export type MyYear = {
  year: number;
  dueOn: string;
  rules: MyRule[];
  totals: YearTotals;
  covered: boolean;
  hasPost: boolean;
};

/** What the actor's own year asks and has come to; null for an account that belongs to no person. */
export async function readMyYear(actor: Actor, now: Date): Promise<MyYear | null> {
  const { personId } = actor;
  if (personId === null) return null;
  const year = yearOf(now);
  return await read(async (db) => {
    const roots = await loadRoots(db, [personId]);
    const root = roots.get(personId) ?? personId;
    const person = (await loadPeople(db, roots, year, now)).find((one) => one.personId === root);
    if (!person) return null;
    const rules = await loadRules(db, year);
    const kept = await db
      .select()
      .from(standing)
      .where(and(eq(standing.personId, root), eq(standing.year, year)));
    const categories = await db
      .select({ code: postCategory.code, name: postCategory.name })
      .from(postCategory)
      .where(
        inArray(
          postCategory.code,
          person.posts.map((held) => held.category),
        ),
      )
      .orderBy(asc(postCategory.ordinal));
    const names = new Map(categories.map(({ code, name }) => [code, name]));
    const mine = person.posts.flatMap((held) =>
      rulesFor(held, rules).flatMap((rule) => {
        const row = kept.find((one) => one.postId === held.id && one.ruleId === rule.id);
        if (!row) return [];
        const { required, done, exempt, met } = row;
        const { id: ruleId, title, metric, strength, hoursPerDay } = rule;
        return [
          {
            ...{ ruleId, title, metric, strength, hoursPerDay, required, done, exempt, met },
            category: names.get(held.category) ?? '',
            missing: Math.max(0, required - done),
            parts: donePartsUnder(rule, person.totals),
          },
        ];
      }),
    );
    const once = [...new Map(mine.map((rule) => [rule.ruleId, rule])).values()];
    const { totals } = person;
    return {
      year,
      dueOn: evaluationDay(year),
      rules: once,
      totals,
      covered: totals.items > 0,
      hasPost: person.posts.length > 0,
    };
  });
}
