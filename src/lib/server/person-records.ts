import { inArray, or } from 'drizzle-orm';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';

/**
 * Every record of some persons with the surviving record of each: those asked for, those merged into them,
 * and those they were merged into. Somebody who was never merged stands for themselves.
 */
export async function recordsOf(db: Db, personIds: readonly string[]): Promise<Map<string, string>> {
  const parents = new Map<string, string | null>();
  const looked = new Set<string>();
  let asked = [...new Set(personIds)];
  while (asked.length > 0) {
    for (const id of asked) looked.add(id);
    const next = new Set<string>();
    for (const slice of inSlices(asked))
      for (const { id, mergedInto } of await db
        .select({ id: person.id, mergedInto: person.mergedInto })
        .from(person)
        .where(or(inArray(person.id, slice), inArray(person.mergedInto, slice)))) {
        parents.set(id, mergedInto);
        for (const other of [id, mergedInto]) if (other !== null && !looked.has(other)) next.add(other);
      }
    asked = [...next];
  }
  const survivorOf = (id: string): string => {
    const into = parents.get(id) ?? null;
    return into === null ? id : survivorOf(into);
  };
  return new Map([...new Set([...personIds, ...parents.keys()])].map((id) => [id, survivorOf(id)]));
}

/**
 * A write about persons that holds every record of each, so that what counts for one person is decided
 * once, whichever record it was written on. Locks are taken by name before the records can be read again;
 * when a merge came in between, the write begins anew with the records that it brought.
 */
export async function writeAboutPeople<T>(
  personIds: readonly string[],
  others: readonly string[],
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let held = await read((db) => recordsOf(db, personIds));
  for (;;) {
    const abouts = [...others, ...[...held.keys()].map((id) => `person:${id}`)];
    const outcome = await write(abouts, async (tx) => {
      const records = await recordsOf(tx, personIds);
      if ([...records.keys()].some((id) => !held.has(id))) return { merged: records };
      return { done: await work(tx) };
    });
    if ('done' in outcome) return outcome.done as T;
    held = outcome.merged;
  }
}
