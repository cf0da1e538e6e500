import { inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Day } from '#lib/kernel/day.ts';
import { maySeePerson } from '#lib/people/policy.ts';
import { read } from '#lib/server/db/open.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import type { CreditKind } from './ledger.ts';
import { BECAUSE } from './settlement.ts';
import { settledLines, type CreditRow } from './settlements.server.ts';

/** What two records both hold of one training, so that it would count once after a merge: what goes. */
export type Doubled = {
  kind: CreditKind;
  title: string;
  fromOn: Day;
  toOn: Day;
  halfDays: number;
  creditHundredths: number;
};

/**
 * What would count once if the records of each group were merged into its first, by that first record,
 * latest first. Which of them is kept makes no difference to the amounts. Records that the actor may not
 * see are left out. Enters nothing.
 */
export async function previewMerges(
  actor: Actor,
  groups: readonly (readonly string[])[],
  now: Date,
): Promise<Map<string, Doubled[]>> {
  return await read(async (db) => {
    const asked = groups.flat();
    const records = await recordsOf(db, asked);
    const places = await db
      .select({ id: person.id, path: person.path })
      .from(person)
      .where(inArray(person.id, [...records.values()]));
    const seen = new Set(
      places.filter((one) => maySeePerson(actor, { ...one, organizationIds: [] })).map(({ id }) => id),
    );
    const owners = new Map<string, string>();
    for (const group of groups) {
      const roots = new Set(group.map((id) => records.get(id)!).filter((id) => seen.has(id)));
      for (const [id, root] of records) if (roots.has(root)) owners.set(id, records.get(group[0]!)!);
    }
    const lines = await settledLines(db, { owners, days: null, because: BECAUSE.merge, at: now });
    const byGroup = Map.groupBy(lines, (line) => owners.get(line.personId)!);
    return new Map(groups.map(([first]) => [first!, doubledOf(byGroup.get(records.get(first!)!) ?? [])]));
  });
}

function doubledOf(lines: CreditRow[]): Doubled[] {
  const byTraining = Map.groupBy(lines, ({ kind, title }) => `${kind} ${title}`);
  return [...byTraining.values()]
    .map((some) => {
      const { kind, title } = some[0]!;
      const days = some.map(({ heldOn }) => heldOn).sort();
      const goes = (amount: (line: CreditRow) => number) =>
        some.reduce((total, line) => total - amount(line), 0);
      return {
        ...{ kind, title, fromOn: days[0]!, toOn: days.at(-1)! },
        halfDays: goes((line) => line.halfDays),
        creditHundredths: goes((line) => line.creditHundredths),
      };
    })
    .sort((a, b) => (a.toOn < b.toOn ? 1 : -1));
}
