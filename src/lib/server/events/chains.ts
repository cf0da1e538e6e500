import { asc } from 'drizzle-orm';
import { snapshot } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { hashOf, STREAM_START } from './record.ts';

export type BrokenChain = { stream: string; seq: number; why: 'gap' | 'previous' | 'hash' };

const PAGE_ROWS = 5_000;

/**
 * Walks every stream from its first event and recomputes each hash. Whoever changes, removes or inserts
 * an event without rewriting all that follow is found here.
 */
export async function verifyChains(limit = 100): Promise<{ events: number; broken: BrokenChain[] }> {
  const broken: BrokenChain[] = [];
  let events = 0;
  await snapshot(async (db) => {
    let head = { stream: '', seq: 0, hash: STREAM_START };
    for (let offset = 0; broken.length < limit; offset += PAGE_ROWS) {
      const rows = await db
        .select()
        .from(event)
        .orderBy(asc(event.stream), asc(event.seq))
        .limit(PAGE_ROWS)
        .offset(offset);
      for (const row of rows) {
        if (row.stream !== head.stream) head = { stream: row.stream, seq: 0, hash: STREAM_START };
        const fault = faultOf(row, head);
        if (fault) broken.push({ stream: row.stream, seq: row.seq, why: fault });
        head = { stream: row.stream, seq: row.seq, hash: row.hash };
      }
      events += rows.length;
      if (rows.length < PAGE_ROWS) break;
    }
  });
  return { events, broken };
}

function faultOf(
  row: typeof event.$inferSelect,
  head: { seq: number; hash: string },
): BrokenChain['why'] | null {
  if (row.seq !== head.seq + 1) return 'gap';
  if (row.previousHash !== head.hash) return 'previous';
  return hashOf(row) === row.hash ? null : 'hash';
}
