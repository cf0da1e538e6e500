import { desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { drillParticipation } from '#lib/server/db/schema/findings.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { maySeeParticipations } from './policy.ts';

export type Participation = { drillId: string; title: string; form: string; role: string; heldOn: string };

const LINES_MAX = 100;

/**
 * Drills a person took part in, published ones only, the latest first; those of merged records too. Empty
 * for whoever sees no people there.
 */
export async function listParticipations(actor: Actor, personId: string): Promise<Participation[]> {
  return await read(async (db) => {
    const [row] = await db.select({ path: person.path }).from(person).where(eq(person.id, personId));
    if (!row || !maySeeParticipations(actor, { personId, path: row.path })) return [];
    const records = [...(await recordsOf(db, [personId])).keys()];
    const lines = await db
      .select()
      .from(drillParticipation)
      .where(inArray(drillParticipation.personId, records))
      .orderBy(desc(drillParticipation.heldOn), desc(drillParticipation.drillId))
      .limit(LINES_MAX);
    return lines.map(({ drillId, title, form, role, heldOn }) => ({ drillId, title, form, role, heldOn }));
  });
}
