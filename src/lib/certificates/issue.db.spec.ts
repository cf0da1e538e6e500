import { asc, eq, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { certificate, numberSeries } from '#lib/server/db/schema/certificates.ts';
import { classSession } from '#lib/server/db/schema/classes.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { revokeCertificate } from './certificates.server.ts';
import { issueDueCertificates, readClassCertificates } from './class-certificates.server.ts';
import { followCertificates } from './followers.server.ts';
import {
  NOW,
  HUITING,
  LUSHI,
  BUREAU,
  about,
  certificatesOf,
  actorWith,
  makePerson,
  makeClass,
  enrol,
  attend,
  pass,
  makeCertified,
} from '#tests/worlds/certified-class.ts';

followCertificates();

describe('issue', () => {
  it('comes with the last half-day when the exam was passed before', async () => {
    const world = await makeClass(2);
    const personId = await makePerson();
    await enrol(world, personId);
    await about(personId, (tx) => pass(tx, world, personId));
    await about(personId, (tx) => attend(tx, world, personId, 0, 'late'));
    expect(await certificatesOf(personId)).toEqual([]);
    await about(personId, (tx) => attend(tx, world, personId, 1));
    const [issued] = await certificatesOf(personId);
    expect(issued).toMatchObject({
      kind: 'rotation',
      classId: world.classId,
      issuedOn: '2026-03-06',
      validUntil: null,
      state: 'valid',
    });
    expect(issued!.number).toMatch(/^夏邑应急训〔2026〕第\d{4}号$/);
    expect(issued!.frozen).toEqual({
      ...{
        name: '张丽丽',
        sex: '女',
        idMasked: '410000********0013',
        unit: '会亭镇人民政府',
        className: '第一期轮训班',
      },
      ...{ heldFrom: '2026-03-02', heldUntil: '2026-03-02', halfDays: 2, score: 92, totalScore: 100 },
      ...{ authority: '夏邑县应急管理局', title: '应急管理集中轮训合格证书' },
    });
    const kinds = await read((db) =>
      db
        .select({ kind: event.kind })
        .from(event)
        .where(eq(event.stream, `person:${personId}`))
        .orderBy(asc(event.seq)),
    );
    expect(kinds.map(({ kind }) => kind).slice(-3)).toEqual([
      'attendance_confirmed',
      'certificate_issued',
      'certificate_numbered',
    ]);
  });

  it('comes with the exam when all half-days were there before, and only once', async () => {
    const world = await makeClass(1);
    const personId = await makePerson();
    await enrol(world, personId);
    await about(personId, (tx) => attend(tx, world, personId, 0));
    await about(personId, (tx) => pass(tx, world, personId));
    expect(await certificatesOf(personId)).toHaveLength(1);
    await about(personId, (tx) =>
      record(tx, {
        ...{ stream: `person:${personId}`, kind: 'attempt_passed', actor: SYSTEM, at: NOW, path: HUITING },
        detail: { personId, attemptId: newId(), examId: world.examId, classId: world.classId },
      }),
    );
    expect(await certificatesOf(personId)).toHaveLength(1);
  });

  it('leave is no attendance, a failed exam no pass, and a class without a kind issues nothing', async () => {
    for (const { kind, state, passed } of [
      { kind: 'rotation', state: 'leave' as const, passed: true },
      { kind: 'rotation', state: 'present' as const, passed: false },
      { kind: null, state: 'present' as const, passed: true },
      { kind: 'special_operation', state: 'present' as const, passed: true },
    ]) {
      const world = await makeClass(2, { certificateKind: kind });
      const personId = await makePerson();
      await enrol(world, personId);
      await about(personId, (tx) => pass(tx, world, personId, passed));
      await about(personId, (tx) => attend(tx, world, personId, 0, state));
      await about(personId, (tx) => attend(tx, world, personId, 1));
      expect(await certificatesOf(personId)).toEqual([]);
    }
  });

  it('takes what was recorded under a record that was merged', async () => {
    const world = await makeClass(1);
    const [old, personId] = [await makePerson(), await makePerson()];
    await enrol(world, old);
    await about(old, (tx) => attend(tx, world, old, 0));
    await about(old, (tx) => tx.update(person).set({ mergedInto: personId }).where(eq(person.id, old)));
    await about(personId, (tx) => pass(tx, world, personId));
    expect(await certificatesOf(personId)).toHaveLength(1);
  });

  it('is made up for by hand when nothing else brings it', async () => {
    const world = await makeClass(2);
    const personId = await makePerson('补发人');
    await enrol(world, personId);
    await about(personId, (tx) => attend(tx, world, personId, 0));
    await about(personId, (tx) => pass(tx, world, personId));
    expect((await readClassCertificates(BUREAU, world.classId)).people).toMatchObject([
      { certificate: null, reasons: ['half_days_missing'], attended: 1, score: 92 },
    ]);
    await write(`class:${world.classId}`, (tx) =>
      tx.delete(classSession).where(eq(classSession.id, world.sessionIds[1]!)),
    );
    expect((await readClassCertificates(BUREAU, world.classId)).people[0]!.reasons).toEqual([]);
    expect(await issueDueCertificates(BUREAU, world.classId, NOW)).toBe(1);
    expect(await issueDueCertificates(BUREAU, world.classId, NOW)).toBe(0);
    expect((await readClassCertificates(BUREAU, world.classId)).people[0]!.certificate).toMatchObject({
      revoked: false,
    });
    await expect(issueDueCertificates(actorWith('bureau', LUSHI), world.classId, NOW)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(
      issueDueCertificates(actorWith('township_officer', HUITING), world.classId, NOW),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('numbers', () => {
  it('have no gap and no double under 200 issues at once, some of which fail', async () => {
    const path = '/41/4114/411421/';
    const world = await makeClass(1, { path, divisionId: '411421' });
    const people = await Promise.all(Array.from({ length: 240 }, () => makePerson()));
    for (const personId of people) {
      await enrol(world, personId);
      await about(personId, (tx) => attend(tx, world, personId, 0));
    }
    const outcomes = await Promise.allSettled(
      people.map((personId, index) =>
        about(personId, async (tx) => {
          await pass(tx, world, personId);
          if (index % 6 === 5) throw new Error('the write fails after its number was taken');
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(200);
    const issued = await read((db) =>
      db
        .select({ number: certificate.number, personId: certificate.personId })
        .from(certificate)
        .where(eq(certificate.classId, world.classId)),
    );
    const ordinals = issued
      .map(({ number }) => Number(/第(\d+)号/.exec(number)![1]))
      .toSorted((a, b) => a - b);
    expect(ordinals).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(new Set(issued.map(({ personId }) => personId)).size).toBe(200);
    const [series] = await read((db) =>
      db.select().from(numberSeries).where(like(numberSeries.key, '民权应急训:%')),
    );
    expect(series?.last).toBe(200);
  });

  it('go on after a revocation: a number is never given again', async () => {
    const world = await makeClass(1);
    const first = await makeCertified(world);
    await revokeCertificate(BUREAU, first.issued.id, '成绩复核不合格', NOW);
    const second = await makeCertified(world);
    expect(second.issued.number > first.issued.number).toBe(true);
    await about(first.personId, (tx) =>
      record(tx, {
        ...{
          stream: `person:${first.personId}`,
          kind: 'attempt_passed',
          actor: SYSTEM,
          at: NOW,
          path: HUITING,
        },
        detail: {
          personId: first.personId,
          attemptId: newId(),
          examId: world.examId,
          classId: world.classId,
        },
      }),
    );
    expect(await certificatesOf(first.personId)).toHaveLength(1);
  });
});
