import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { attendance, classSession, trainingClass } from '#lib/server/db/schema/classes.ts';
import { adoption } from '#lib/server/db/schema/coverage.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { record, recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { adjustCredit, listCredits } from './credits.server.ts';
import { followCredits } from './ledger.server.ts';

followCredits();

const NOW = new Date('2026-03-20T01:00:00Z');
const LUSHI = '/41/4112/411224/';
const XIAYI = '/41/4114/411426/';
const bureau: Actor = {
  accountId: 'b',
  personId: null,
  name: '县局',
  grants: [{ role: 'bureau', path: XIAYI, organizationId: null }],
};

/** Sessions of two classes that run at the same time, on two days. */
const SESSIONS = ['甲', '乙'].flatMap((className) =>
  ['2026-03-05', '2026-03-06'].flatMap((heldOn) =>
    (['am', 'pm'] as const).map((half) => ({
      id: `${className}-${heldOn}-${half}`,
      classId: className,
      heldOn,
      half,
    })),
  ),
);

async function newPerson(path = XIAYI): Promise<string> {
  const id = newId();
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{ id, name: '赵敏', pinyin: 'zhao min', idMasked: '', sex: '女' as const, birthOn: '1980-01-01' },
      ...{ phone: '', path, createdAt: NOW },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId: id,
        category: 'county_emergency',
        divisionId: path.split('/').at(-2)!,
        path,
      },
      ...{
        unit: '局',
        title: '',
        operation: '',
        heldFrom: '2025-01-01',
        heldUntil: null,
        sameness: id,
        createdAt: NOW,
      },
    });
  });
  return id;
}

beforeAll(async () => {
  await write('world', async (tx) => {
    await tx.insert(adoption).values({
      ...{
        id: newId(),
        packId: 'lushi-2022',
        divisionId: '411224',
        path: LUSHI,
        documentNumber: '卢应急〔2026〕1号',
      },
      ...{ fromOn: '2026-01-01', untilOn: null, adoptedBy: 'x', adoptedAt: NOW },
    });
    for (const id of ['甲', '乙'])
      await tx.insert(trainingClass).values({
        ...{
          id,
          title: `${id}班`,
          divisionId: '411426',
          path: XIAYI,
          organizer: '局',
          place: '党校',
          note: '',
        },
        ...{
          state: 'open' as const,
          startsOn: '2026-03-05',
          endsOn: '2026-03-06',
          createdBy: 'b',
          createdAt: NOW,
        },
      });
    for (const session of SESSIONS)
      await tx.insert(classSession).values({
        ...{ ...session, topic: '', startsAt: NOW, endsAt: NOW, signFrom: NOW, signUntil: NOW, secret: 's' },
      });
  });
});

const attendanceId = (personId: string, sessionId: string) => `${personId}/${sessionId}`;

async function sign(personId: string, sessionId: string, state: 'present' | 'revoked'): Promise<void> {
  const session = SESSIONS.find(({ id }) => id === sessionId)!;
  const id = attendanceId(personId, sessionId);
  const stream = `person:${personId}`;
  await write(stream, async (tx) => {
    const row = {
      id,
      sessionId,
      classId: session.classId,
      personId,
      state,
      way: 'clerk' as const,
      at: NOW,
      byAccount: 'b',
      spotCheck: false,
      reason: '',
    };
    await tx.insert(attendance).values(row).onConflictDoUpdate({ target: attendance.id, set: { state } });
    const happening = { stream, actor: bureau, at: NOW, path: XIAYI };
    if (state === 'present')
      await record(tx, {
        ...happening,
        kind: 'attendance_confirmed',
        detail: { personId, attendanceId: id, classId: session.classId, heldOn: session.heldOn, title: '班' },
      });
    else
      await record(tx, {
        ...happening,
        kind: 'attendance_revoked',
        detail: { personId, attendanceId: id, reason: '误签' },
      });
  });
}

async function linesOf(personId: string) {
  return await read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, personId)));
}

const sum = (lines: { halfDays: number }[]) => lines.reduce((total, line) => total + line.halfDays, 0);

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
    const stream = `person:${id}`;
    for (let turn = 0; turn < 2; turn += 1)
      await write(stream, async (tx) => {
        const detail = {
          personId: id,
          trainingId: 'o1',
          halfDays: 6,
          heldOn: '2026-02-10',
          title: '省网络学院',
        };
        await record(tx, {
          stream,
          kind: 'outside_training_confirmed',
          actor: SYSTEM,
          at: NOW,
          path: XIAYI,
          detail,
        });
      });
    expect(await linesOf(id)).toMatchObject([
      { kind: 'elsewhere', halfDays: 6, creditHundredths: 2400, evidence: 'outside:o1' },
    ]);
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
