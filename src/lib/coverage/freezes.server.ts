import { and, asc, eq, gt } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write } from '#lib/server/db/open.ts';
import { counter, frozenFigure } from '#lib/server/db/schema/coverage.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { refuse } from './copy.ts';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/**
 * Keeps the figures of a month that is over, for good: a second run adds only what is missing. Answers how
 * many figures there were. The system only. Refused: month_bad, month_not_over.
 */
export async function freezeMonth(_system: Actor, month: string, now: Date): Promise<number> {
  if (!MONTH.test(month)) throw refuse('month_bad');
  if (dayOf(now).slice(0, 7) <= month) throw refuse('month_not_over');
  const year = Number(month.slice(0, 4));
  // One statement, so that all figures are of the same moment; stored in slices, so that nobody waits.
  const rows = await read((db) =>
    db
      .select()
      .from(counter)
      .where(and(eq(counter.year, year), gt(counter.headcount, 0)))
      .orderBy(asc(counter.divisionId), asc(counter.grouping)),
  );
  for (const slice of inSlices(rows))
    await write(`month:${month}`, (tx) =>
      tx
        .insert(frozenFigure)
        .values(
          slice.map(({ divisionId, grouping, year: _, ...figures }) => ({
            ...{ divisionId, month, grouping, figures, frozenAt: now },
          })),
        )
        .onConflictDoNothing(),
    );
  return rows.length;
}
