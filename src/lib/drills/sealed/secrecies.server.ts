import { eq } from 'drizzle-orm';
import type { Db } from '#lib/server/db/open.ts';
import { drillSecrecy } from '#lib/server/db/schema/sealed.ts';
import type { Secrecy } from './secrecy.ts';

/** The report's part on secrecy; null for a drill that never was sealed. Who may read the report may read it. */
export async function secrecyOfDrill(db: Db, drillId: string): Promise<Secrecy | null> {
  const [row] = await db.select().from(drillSecrecy).where(eq(drillSecrecy.drillId, drillId));
  return row ? (row.body as unknown as Secrecy) : null;
}
