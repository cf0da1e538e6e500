import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { counter, frozenFigure } from '#lib/server/db/schema/coverage.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { askForCalendar, doCalendar } from './calendar.server.ts';
import { doCoverageJobs } from './followers.server.ts';

const HUITING = { id: '411426101', path: '/41/4114/411426/411426101/' };

async function addTownshipPerson(): Promise<void> {
  const at = new Date('2026-11-02T02:00:00Z');
  await write('person:p1', async (tx) => {
    await tx.insert(person).values({
      ...{
        id: 'p1',
        name: '测试人',
        pinyin: 'ceshiren|csr',
        idCipher: null,
        idHash: 'h1',
        idMasked: '',
        sex: '男',
      },
      ...{ birthOn: '1990-01-01', phone: '', path: HUITING.path, mergedInto: null, createdAt: at },
    });
    await tx.insert(post).values({
      ...{
        id: 'post1',
        personId: 'p1',
        category: 'township_emergency',
        divisionId: HUITING.id,
        path: HUITING.path,
      },
      ...{
        organizationId: null,
        unit: '',
        title: '',
        operation: '',
        heldFrom: '2026-01-01',
        heldUntil: null,
      },
      ...{ sameness: 'x', createdAt: at },
    });
  });
}

const headcount = async (year: number) => {
  const rows = await read((db) =>
    db
      .select()
      .from(counter)
      .where(and(eq(counter.divisionId, HUITING.id), eq(counter.year, year), eq(counter.grouping, 'cadre'))),
  );
  return rows[0]?.headcount ?? 0;
};

it('counts everybody anew when a year begins, and freezes the month that ended', async () => {
  doCalendar();
  doCoverageJobs();
  await addTownshipPerson();
  const december = new Date('2026-12-20T02:00:00Z');
  await askForCalendar(SYSTEM, december);
  await runDueJobs(december);
  expect(await headcount(2026)).toBe(1);
  expect(await headcount(2027)).toBe(0);

  const newYear = new Date('2027-01-01T02:00:00Z');
  await runDueJobs(newYear);
  expect(await headcount(2027)).toBe(1);
  const frozen = await read((db) =>
    db
      .select()
      .from(frozenFigure)
      .where(and(eq(frozenFigure.divisionId, HUITING.id), eq(frozenFigure.month, '2026-12'))),
  );
  expect(frozen.find((row) => row.grouping === 'cadre')?.figures.headcount).toBe(1);
});
