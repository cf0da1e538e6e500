import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { attendance } from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { recordMany } from '#lib/server/events/record.ts';
import {
  attendanceId,
  bureau,
  confirmElsewhere,
  linesOf,
  LUSHI,
  makeLedgerWorld,
  newPerson,
  NOW,
  SESSIONS,
  sign,
  sum,
  total,
  XIAYI,
} from '#tests/worlds/ledger-world.ts';
import { adjustCredit, listCredits } from './credits.server.ts';
import { followCredits } from './ledger.server.ts';

followCredits();

beforeAll(makeLedgerWorld);

describe('attendance in the ledger', () => {
  it('gives a half-day and its hours, by the pack the place adopted', async () => {
    const inLushi = await newPerson(`${LUSHI}411224100/`);
    const inXiayi = await newPerson();
    for (const id of [inLushi, inXiayi]) await sign(id, '甲-2026-03-05-am', 'present');
    expect(await linesOf(inLushi)).toMatchObject([
      { halfDays: 1, creditHundredths: 400, ruleVersion: 'lushi-2022', year: 2026 },
    ]);
    expect(await linesOf(inXiayi)).toMatchObject([
      { halfDays: 1, creditHundredths: 400, ruleVersion: 'default' },
    ]);
  });

  it('counts a morning once, however many classes somebody signed in', async () => {
    const id = await newPerson();
    for (const session of ['甲-2026-03-05-am', '乙-2026-03-05-am', '甲-2026-03-05-pm', '乙-2026-03-05-pm'])
      await sign(id, session, 'present');
    expect(sum(await linesOf(id))).toBe(2);
  });

  it('lets the other class count when the one that counted is revoked, and the first again later', async () => {
    const id = await newPerson();
    await sign(id, '甲-2026-03-05-am', 'present');
    await sign(id, '乙-2026-03-05-am', 'present');
    await sign(id, '甲-2026-03-05-am', 'revoked');
    expect(sum(await linesOf(id))).toBe(1);
    await sign(id, '乙-2026-03-05-am', 'revoked');
    expect(sum(await linesOf(id))).toBe(0);
    await sign(id, '甲-2026-03-05-am', 'present');
    const lines = await linesOf(id);
    expect(sum(lines)).toBe(1);
    expect(
      lines
        .filter((line) => line.evidence === `attendance:${attendanceId(id, '甲-2026-03-05-am')}`)
        .map((line) => line.halfDays),
    ).toHaveLength(3);
  });

  it('says the same as the sign-ins after any order of confirming and revoking, and is never negative', async () => {
    const step = fc.record({
      session: fc.constantFrom(...SESSIONS.map(({ id }) => id)),
      present: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const id = await newPerson();
        const signed = new Set<string>();
        for (const { session, present } of steps) {
          if (!present && !signed.has(session)) continue;
          await sign(id, session, present ? 'present' : 'revoked');
          if (present) signed.add(session);
          else signed.delete(session);
          const halves = new Set([...signed].map((each) => each.slice(2)));
          const lines = await linesOf(id);
          expect(sum(lines)).toBe(halves.size);
          expect(lines.reduce((total, line) => total + line.creditHundredths, 0)).toBe(halves.size * 400);
        }
        const told = await read((db) =>
          db
            .select()
            .from(event)
            .where(eq(event.stream, `person:${id}`)),
        );
        const entered = told.filter(({ kind }) => kind === 'credit_entered');
        const items = entered.reduce((total, { detail }) => total + (detail.items as number), 0);
        expect(items).toBe(sum(await linesOf(id)));
      }),
      { numRuns: 30 },
    );
  });

  it('takes a whole room at once', async () => {
    const persons = await Promise.all(Array.from({ length: 300 }, () => newPerson()));
    await write(
      persons.map((id) => `person:${id}`),
      async (tx) => {
        const session = SESSIONS[0]!;
        const base = {
          sessionId: session.id,
          classId: session.classId,
          state: 'present' as const,
          way: 'clerk' as const,
          at: NOW,
          byAccount: 'b',
          spotCheck: false,
          reason: '',
        };
        for (const personId of persons)
          await tx.insert(attendance).values({ ...base, id: attendanceId(personId, session.id), personId });
        await recordMany(
          tx,
          persons.map((personId) => ({
            ...{
              stream: `person:${personId}`,
              kind: 'attendance_confirmed',
              actor: bureau,
              at: NOW,
              path: XIAYI,
            },
            detail: {
              personId,
              attendanceId: attendanceId(personId, session.id),
              classId: session.classId,
              heldOn: session.heldOn,
              title: '班',
            },
          })),
        );
      },
    );
    const rows = await read((db) => db.select().from(creditEntry));
    expect(rows.filter((row) => persons.includes(row.personId))).toHaveLength(300);
  });
});

describe('training elsewhere', () => {
  it('counts once, with the hours of its half-days', async () => {
    const id = await newPerson();
    const of = { fromOn: '2026-02-08', toOn: '2026-02-10', halfDays: 6 };
    const trainingId = await confirmElsewhere([id], of);
    await confirmElsewhere([id], of, trainingId);
    expect(await linesOf(id)).toMatchObject([
      { kind: 'elsewhere', halfDays: 6, creditHundredths: 2400, evidence: `outside:${trainingId}` },
    ]);
  });

  it('gives way to a sign-in on the same half-day, before and after, and gets it back', async () => {
    const of = { fromOn: '2026-03-05', toOn: '2026-03-05', halfDays: 2 };
    const [before, after] = [await newPerson(), await newPerson()];
    await sign(before, '甲-2026-03-05-am', 'present');
    await confirmElsewhere([before], of);
    expect(await total(before)).toBe(2);
    await confirmElsewhere([after], of);
    await sign(after, '甲-2026-03-05-am', 'present');
    expect(await total(after)).toBe(2);
    const lines = (await linesOf(after)).filter(({ kind }) => kind === 'elsewhere');
    expect(lines.map(({ halfDays, because }) => [halfDays, because])).toEqual([
      [2, null],
      [-2, 'overlap'],
      [1, 'overlap'],
    ]);
    await sign(after, '甲-2026-03-05-am', 'revoked');
    expect(await total(after)).toBe(2);
    expect(sum((await linesOf(after)).filter(({ kind }) => kind === 'elsewhere'))).toBe(2);
  });

  it('on one day at two places is one day', async () => {
    const id = await newPerson();
    const of = { fromOn: '2026-02-10', toOn: '2026-02-10', halfDays: 2 };
    await confirmElsewhere([id], of);
    await confirmElsewhere([id], of);
    expect(await total(id)).toBe(2);
  });
});

describe('a person’s year', () => {
  it('is shown with totals, merged records included, and to nobody else', async () => {
    const id = await newPerson();
    const old = await newPerson();
    await sign(id, '甲-2026-03-05-am', 'present');
    await sign(old, '甲-2026-03-06-am', 'present');
    await write(`person:${old}`, (tx) => tx.update(person).set({ mergedInto: id }).where(eq(person.id, old)));
    const year = await listCredits(bureau, id, 2026);
    expect(year.totals).toMatchObject({ attendanceHalfDays: 2, attendanceHundredths: 800 });
    expect(year.lines[0]).toMatchObject({
      heldOn: '2026-03-06',
      evidence: { kind: 'class', id: '甲' },
      reversed: false,
    });
    expect((await listCredits(bureau, id, 2025)).lines).toEqual([]);
    const self: Actor = { accountId: 's', personId: id, name: '赵敏', grants: [] };
    expect((await listCredits(self, id, 2026)).lines).toHaveLength(2);
    await expect(listCredits({ ...self, personId: 'other' }, id, 2026)).rejects.toMatchObject({
      status: 404,
    });
  });

  it('is corrected by the bureau alone, with a reason, and never below zero', async () => {
    const id = await newPerson();
    const adjustment = { heldOn: '2026-03-01', halfDays: 2, creditHundredths: 800, reason: '补记纸质签到' };
    await adjustCredit(bureau, id, adjustment, NOW);
    const self: Actor = { accountId: 's', personId: id, name: '赵敏', grants: [] };
    await expect(adjustCredit(self, id, adjustment, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(adjustCredit(bureau, id, { ...adjustment, halfDays: -3 }, NOW)).rejects.toMatchObject({
      code: 'adjust_negative',
    });
    await expect(adjustCredit(bureau, id, { ...adjustment, reason: '补' }, NOW)).rejects.toMatchObject({
      code: 'adjust_reason_missing',
    });
    await adjustCredit(bureau, id, { ...adjustment, halfDays: -2, creditHundredths: -800 }, NOW);
    expect((await listCredits(bureau, id, 2026)).totals).toMatchObject({
      adjustmentHalfDays: 0,
      adjustmentHundredths: 0,
    });
  });
});
