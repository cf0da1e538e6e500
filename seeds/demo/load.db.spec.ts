import { and, eq, gt, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { dayOf, yearOf } from '#lib/kernel/day.ts';
import { emptyDatabase } from '#lib/server/backup.ts';
import { read } from '#lib/server/db/open.ts';
import { certificate, counter, event, trainingClass } from '#lib/server/db/schema/index.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { holdsDemo, isDemoCutOff } from '#lib/people/demo.server.ts';
import { loadReference } from '#seeds/reference/load.ts';
import { loadDemo } from './load.ts';
import { beginningOf } from './year.ts';

/** Days on which a year is too young, ends, or has a day that others lack. `DEMO_DAYS=all` loads them all. */
const DAYS = ['2027-01-02', '2027-02-28', '2028-02-29', '2026-12-31'];
const asked = process.env.DEMO_DAYS === 'all' ? DAYS : DAYS.slice(0, 1);
const XIAYI = '/41/4114/411426/%';

registerFollowers();

describe('loading the demo counties', () => {
  it.each(asked)(
    'works on %s: a year of history, a class that runs, nothing after the moment it is loaded',
    async (day) => {
      const now = new Date(`${day}T15:50:00Z`);
      await emptyDatabase({ key: 'demo', value: 'emptied' });
      await loadReference(now);
      await loadDemo(now, () => undefined);
      expect([await holdsDemo(SYSTEM), await isDemoCutOff(SYSTEM)]).toEqual([true, false]);
      const classes = await read((db) =>
        db.select().from(trainingClass).where(like(trainingClass.path, XIAYI)),
      );
      expect(classes.filter(({ state }) => state === 'finished').length).toBeGreaterThanOrEqual(7);
      expect(classes.filter(({ state }) => state === 'open').map(({ endsOn }) => endsOn)).toEqual([dayOf(now)]);
      const valid = and(like(certificate.path, XIAYI), eq(certificate.state, 'valid'));
      expect(await read((db) => db.$count(certificate, valid))).toBeGreaterThan(50);
      expect(await read((db) => db.$count(event, gt(event.at, now)))).toBe(0);
      for (const year of new Set([Number(beginningOf(day).slice(0, 4)), yearOf(now)])) {
        const [cadre] = await read((db) =>
          db
            .select()
            .from(counter)
            .where(
              and(eq(counter.divisionId, '411426'), eq(counter.year, year), eq(counter.grouping, 'cadre')),
            ),
        );
        expect(cadre?.headcount).toBeGreaterThan(1_000);
        expect(cadre?.covered).toBeGreaterThan(0);
      }
    },
    240_000,
  );
});
