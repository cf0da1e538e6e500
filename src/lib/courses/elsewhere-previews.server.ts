import { eq } from 'drizzle-orm';
import { mayRegisterOutside } from '#lib/classes/policy.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { outsideTraining, outsideTrainingPerson } from '#lib/server/db/schema/classes.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { refuse } from './copy.ts';
import { halfDaysAdded, halfDaysCounted } from './settlement.ts';
import { filesOf } from './settlements.server.ts';

/** Somebody on the list of a training elsewhere for whom it adds less than is registered. */
export type Overlap = { personId: string; halfDays: number; counted: number };

/**
 * For whom a training elsewhere counts less than registered, because the same half-days count already by a
 * sign-in or another training: what it would add if it were confirmed, or what it counts since. Refused: not_found.
 */
export async function listOverlaps(actor: Actor, trainingId: string): Promise<Overlap[]> {
  return await read(async (db) => {
    const [row] = await db.select().from(outsideTraining).where(eq(outsideTraining.id, trainingId));
    if (!row || !mayRegisterOutside(actor, row.path)) throw refuse('not_found');
    if (row.state === 'refused') return [];
    const people = await db
      .select({ personId: outsideTrainingPerson.personId, halfDays: outsideTrainingPerson.halfDays })
      .from(outsideTrainingPerson)
      .where(eq(outsideTrainingPerson.trainingId, trainingId));
    const owners = await recordsOf(
      db,
      people.map(({ personId }) => personId),
    );
    const files = await filesOf(db, { owners, days: null }, trainingId);
    const amountIn = row.state === 'confirmed' ? halfDaysCounted : halfDaysAdded;
    const amounts = new Map(files.map((file) => [file.survivorId, amountIn(file, trainingId)]));
    return people.flatMap((one) => {
      const counted = amounts.get(owners.get(one.personId)!) ?? one.halfDays;
      return counted < one.halfDays ? [{ ...one, counted }] : [];
    });
  });
}
