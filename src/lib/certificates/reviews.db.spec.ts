import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { VISITOR, type Actor } from '#lib/kernel/actor.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { followCoverage } from '#lib/coverage/followers.server.ts';
import { mergePeople } from '#lib/people/merges.server.ts';
import { read } from '#lib/server/db/open.ts';
import { attendance, enrolment } from '#lib/server/db/schema/classes.ts';
import { attempt } from '#lib/server/db/schema/exams.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { writeAboutPeople } from '#lib/server/person-records.ts';
import {
  findCertificate,
  listCertificates,
  listOwnCertificates,
  revokeCertificate,
  upholdCertificate,
} from './certificates.server.ts';
import { followCertificates } from './followers.server.ts';
import { previewDoubledCertificates } from './merge-previews.server.ts';
import { replaceCertificate } from './replacements.server.ts';
import { countReviews, listReviews } from './reviews.server.ts';
import { verifyCertificate } from './verification.server.ts';
import {
  COUNTY,
  HUITING,
  LUSHI,
  BUREAU,
  about,
  actorWith,
  attend,
  certificatesOf,
  enrol,
  makeCertified,
  makeClass,
  makePerson,
  pass,
  type World,
} from '#tests/worlds/certified-class.ts';

followCredits();
followCertificates();
followCoverage();

const LATER = new Date('2026-03-07T01:00:00Z');

/** Takes a person's first presence in a class back, as the class does. */
async function revokePresence(world: World, personId: string): Promise<void> {
  await writeAboutPeople([personId], [], async (tx) => {
    const mine = and(eq(attendance.sessionId, world.sessionIds[0]!), eq(attendance.personId, personId));
    const [row] = await tx.select().from(attendance).where(mine);
    await tx.update(attendance).set({ state: 'revoked' }).where(mine);
    await record(tx, {
      ...{ stream: `person:${personId}`, kind: 'attendance_revoked', actor: BUREAU, at: LATER },
      ...{ path: HUITING, detail: { personId, attendanceId: row!.id, reason: '查实由他人代签' } },
    });
  });
}

async function restorePresence(world: World, personId: string): Promise<void> {
  await writeAboutPeople([personId], [], async (tx) => {
    const mine = and(eq(attendance.sessionId, world.sessionIds[0]!), eq(attendance.personId, personId));
    const [row] = await tx.select().from(attendance).where(mine);
    await tx.update(attendance).set({ state: 'present' }).where(mine);
    await record(tx, {
      ...{ stream: `person:${personId}`, kind: 'attendance_confirmed', actor: BUREAU, at: LATER },
      ...{
        path: HUITING,
        detail: {
          ...{ personId, attendanceId: row!.id, classId: world.classId, heldOn: '2026-03-02', title: '' },
        },
      },
    });
  });
}

async function voidPass(personId: string): Promise<void> {
  const [row] = await read((db) => db.select().from(attempt).where(eq(attempt.personId, personId)));
  const stream = `attempt:${row!.id}`;
  await writeAboutPeople([personId], [stream], async (tx) => {
    await tx.update(attempt).set({ state: 'void' }).where(eq(attempt.id, row!.id));
    const detail = { from: 'submitted', reason: '查实由他人代考' };
    await record(tx, { stream, kind: 'attempt_voided', actor: BUREAU, at: LATER, path: COUNTY, detail });
  });
}

async function kindsOf(personId: string): Promise<string[]> {
  const rows = await read((db) =>
    db
      .select()
      .from(event)
      .where(eq(event.stream, `person:${personId}`))
      .orderBy(event.seq),
  );
  return rows.map(({ kind }) => kind).filter((kind) => kind.startsWith('certificate_'));
}

const certificateNow = async (id: string, actor: Actor = BUREAU) => await findCertificate(actor, id, LATER);

describe('review', () => {
  it('lists a certificate whose half-day was revoked, says why and since when, and revokes nothing', async () => {
    const world = await makeClass(2, { title: '复核班' });
    const { personId, issued } = await makeCertified(world);
    expect((await certificateNow(issued.id)).review).toBeNull();
    await revokePresence(world, personId);
    expect(await certificateNow(issued.id)).toMatchObject({
      state: 'valid',
      review: { grounds: ['half_days_lost'], said: '查实由他人代签', openedAt: LATER },
    });
    const mine = (await listReviews(BUREAU, 1)).rows.filter((row) => row.certificateId === issued.id);
    expect(mine).toMatchObject([{ number: issued.number, grounds: ['half_days_lost'], openedAt: LATER }]);
    const { rows } = await listCertificates(BUREAU, { classId: world.classId }, 1, LATER);
    expect(rows).toMatchObject([{ underReview: true, state: 'valid' }]);
    const asked = { number: issued.number, name: null, address: 'review' };
    const verified = await verifyCertificate(VISITOR, asked, LATER);
    expect(verified.state).toBe('valid');
    expect(JSON.stringify(verified)).not.toContain('代签');
    // The holder sees what is decided, not what is being looked into.
    const self = actorWith('trainee', COUNTY, { personId });
    expect(await certificateNow(issued.id, self)).toMatchObject({ review: null, history: [] });
    expect(await countReviews(actorWith('bureau', LUSHI))).toBe(0);
    expect(await countReviews(actorWith('township_officer', HUITING))).toBe(0);
  });

  it('is listed once, however many half-days and passes are lost', async () => {
    const twice = await makeClass(1);
    const { personId: other } = await makeCertified(twice);
    await revokePresence(twice, other);
    const before = await countReviews(BUREAU);
    await voidPass(other);
    expect(await countReviews(BUREAU)).toBe(before);
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world);
    await voidPass(personId);
    expect((await certificateNow(issued.id)).review).toMatchObject({ grounds: ['pass_lost'] });
    expect(await countReviews(BUREAU)).toBe(before + 1);
  });

  it('ends when the bureau of the class upholds with a reason, and may come again', async () => {
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world);
    const uphold = (actor: Actor, reason = '有纸质签到表为证') =>
      upholdCertificate(actor, issued.id, reason, LATER);
    await expect(uphold(BUREAU)).rejects.toMatchObject({ code: 'review_none', status: 409 });
    await revokePresence(world, personId);
    await expect(uphold(actorWith('bureau', LUSHI))).rejects.toMatchObject({ status: 404 });
    await expect(uphold(actorWith('township_officer', HUITING))).rejects.toMatchObject({ status: 403 });
    await expect(uphold(BUREAU, ' 是 ')).rejects.toMatchObject({ code: 'uphold_reason_short' });
    await uphold(BUREAU);
    expect(await certificateNow(issued.id)).toMatchObject({
      state: 'valid',
      review: null,
      history: [{ what: 'reviewed', outcome: 'upheld', reason: '有纸质签到表为证' }],
    });
    expect((await kindsOf(personId)).slice(-2)).toEqual(['certificate_questioned', 'certificate_upheld']);
    await voidPass(personId);
    expect((await certificateNow(issued.id)).review).toMatchObject({
      grounds: ['half_days_lost', 'pass_lost'],
    });
  });

  it('ends when the certificate is revoked', async () => {
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world);
    await revokePresence(world, personId);
    await revokeCertificate(BUREAU, issued.id, '查实由他人代签', LATER);
    expect(await certificateNow(issued.id)).toMatchObject({
      state: 'revoked',
      review: null,
      history: [{ what: 'reviewed', outcome: 'revoked', reason: '查实由他人代签' }],
    });
    expect((await listReviews(BUREAU, 1)).rows.some((row) => row.certificateId === issued.id)).toBe(false);
  });

  it('lapses when what was lost comes back before anybody decided', async () => {
    const world = await makeClass(2);
    const { personId, issued } = await makeCertified(world);
    await revokePresence(world, personId);
    await restorePresence(world, personId);
    expect(await certificateNow(issued.id)).toMatchObject({
      state: 'valid',
      review: null,
      history: [{ what: 'reviewed', outcome: 'lapsed' }],
    });
    expect((await kindsOf(personId)).at(-1)).toBe('certificate_review_lapsed');
    expect(await certificatesOf(personId)).toHaveLength(1);
  });

  it('is not asked for by what never brought a certificate', async () => {
    const world = await makeClass(2);
    const personId = await makePerson();
    await enrol(world, personId);
    await about(personId, (tx) => attend(tx, world, personId, 0));
    const before = await countReviews(BUREAU);
    await revokePresence(world, personId);
    expect(await countReviews(BUREAU)).toBe(before);
  });
});

describe('records that were merged', () => {
  it('keep both certificates, valid under their numbers; the later one is listed', async () => {
    const world = await makeClass(1, { title: '两证班' });
    const [first, second] = [await makeCertified(world), await makeCertified(world)];
    const groups = [[second.personId, first.personId]];
    expect((await previewDoubledCertificates(BUREAU, groups)).get(second.personId)).toEqual([
      { className: '两证班', numbers: [first.issued.number, second.issued.number] },
    ]);
    await mergePeople(BUREAU, first.personId, second.personId, '同一人，旧号码抄错', LATER);
    expect((await certificateNow(first.issued.id)).review).toBeNull();
    expect(await certificateNow(second.issued.id)).toMatchObject({
      state: 'valid',
      number: second.issued.number,
      review: { grounds: ['issued_twice'], said: '同一人，旧号码抄错' },
    });
    const self = actorWith('trainee', COUNTY, { personId: second.personId });
    const own = await listOwnCertificates(self, LATER);
    expect(own.map(({ number, state }) => [number, state])).toEqual(
      expect.arrayContaining([
        [first.issued.number, 'valid'],
        [second.issued.number, 'valid'],
      ]),
    );
  });

  it('get no second certificate by a late sign-in or a pass of the linked record', async () => {
    const world = await makeClass(1);
    const survivor = await makeCertified(world);
    const old = await makePerson();
    await enrol(world, old);
    await mergePeople(BUREAU, old, survivor.personId, '同一人，旧号码抄错', LATER);
    await writeAboutPeople([old], [], async (tx) => {
      await attend(tx, world, old, 0);
      await pass(tx, world, old);
    });
    expect(await certificatesOf(old)).toEqual([]);
    expect(await certificatesOf(survivor.personId)).toHaveLength(1);
  });

  it('bring the survivor the certificate when the linked record does the last thing', async () => {
    const world = await makeClass(1);
    const [old, personId] = [await makePerson(), await makePerson()];
    await enrol(world, old);
    await mergePeople(BUREAU, old, personId, '同一人，旧号码抄错', LATER);
    await about(personId, (tx) => pass(tx, world, personId));
    await writeAboutPeople([old], [], (tx) => attend(tx, world, old, 0));
    expect(await certificatesOf(personId)).toHaveLength(1);
    const enrolled = await read((db) => db.select().from(enrolment).where(eq(enrolment.personId, old)));
    expect(enrolled).toHaveLength(1);
  });
});

describe('replacement', () => {
  it('keeps the number, is marked, recorded, and for the bureau of the class alone', async () => {
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world);
    const replace = (actor: Actor) =>
      replaceCertificate(actor, issued.id, { cause: 'lost', note: '登报声明' }, LATER);
    await expect(replace(actorWith('bureau', LUSHI))).rejects.toMatchObject({ status: 404 });
    await expect(replace(actorWith('township_officer', HUITING))).rejects.toMatchObject({ status: 403 });
    await expect(replace(actorWith('trainee', COUNTY, { personId }))).rejects.toMatchObject({ status: 403 });
    await replace(BUREAU);
    const after = await certificateNow(issued.id);
    expect(after).toMatchObject({
      number: issued.number,
      issuedOn: issued.issuedOn,
      frozen: issued.frozen,
      replacedOn: '2026-03-07',
      history: [{ what: 'replaced', cause: 'lost', note: '登报声明', before: { name: '张丽丽' } }],
    });
    expect(
      await verifyCertificate(VISITOR, { number: issued.number, name: '张丽丽', address: 'r' }, LATER),
    ).toMatchObject({ state: 'valid', replacedOn: '2026-03-07' });
    await replace(BUREAU);
    expect((await certificateNow(issued.id)).history).toHaveLength(2);
    expect((await kindsOf(personId)).slice(-2)).toEqual(['certificate_replaced', 'certificate_replaced']);
  });

  it('takes a corrected name from the file and keeps what was printed', async () => {
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world, '张丽莉');
    const correct = () => replaceCertificate(BUREAU, issued.id, { cause: 'corrected', note: '' }, LATER);
    await expect(correct()).rejects.toMatchObject({ code: 'replacement_nothing', status: 409 });
    await about(personId, (tx) =>
      tx.update(person).set({ name: '张丽丽', path: LUSHI }).where(eq(person.id, personId)),
    );
    await correct();
    const after = await certificateNow(issued.id);
    expect(after.frozen).toEqual({ ...issued.frozen, name: '张丽丽' });
    expect(after.history).toMatchObject([{ what: 'replaced', before: { name: '张丽莉' } }]);
    const ask = (name: string) =>
      verifyCertificate(VISITOR, { number: issued.number, name, address: 'n' }, LATER);
    expect((await ask('张丽丽')).maskedName).toBe('张*丽');
    await expect(ask('张丽莉')).rejects.toMatchObject({ code: 'certificate_unknown' });
  });

  it('waits for a review, and is not for a revoked one', async () => {
    const world = await makeClass(1);
    const { personId, issued } = await makeCertified(world);
    const replace = () => replaceCertificate(BUREAU, issued.id, { cause: 'damaged', note: '' }, LATER);
    await revokePresence(world, personId);
    await expect(replace()).rejects.toMatchObject({ code: 'replacement_in_review', status: 409 });
    await revokeCertificate(BUREAU, issued.id, '查实由他人代签', LATER);
    await expect(replace()).rejects.toMatchObject({ code: 'replacement_revoked', status: 409 });
    expect((await certificateNow(issued.id)).replacedOn).toBeNull();
  });
});
