import { and, asc, eq, like } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM, VISITOR, type Actor, type Role } from '#lib/kernel/actor.ts';
import { isWithin } from '#lib/kernel/actor.ts';
import { read, write, type Tx } from '#lib/server/db/open.ts';
import { certificate, numberSeries, registeredCertificate } from '#lib/server/db/schema/certificates.ts';
import {
  attendance,
  classInstructor,
  classSession,
  enrolment,
  trainingClass,
} from '#lib/server/db/schema/classes.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import {
  findCertificate,
  listCertificates,
  listOwnCertificates,
  revokeCertificate,
} from './certificates.server.ts';
import {
  issueDueCertificates,
  listIssuingClasses,
  readClassCertificates,
} from './class-certificates.server.ts';
import { followCertificates } from './followers.server.ts';
import { certificatePaper, classCertificatesPaper } from './papers.server.ts';
import { listOwnRegistered, listRegistered } from './registered.server.ts';
import { verifyCertificate } from './verification.server.ts';

followCertificates();

const NOW = new Date('2026-03-06T09:00:00Z');
const COUNTY = '/41/4114/411426/';
const HUITING = `${COUNTY}411426101/`;
const MATOU = `${COUNTY}411426102/`;
const LUSHI = '/41/4112/411224/';

function actorWith(role: Role, path: string, ids: Partial<Actor> = {}): Actor {
  return {
    accountId: newId(),
    personId: null,
    name: '甲',
    ...ids,
    grants: [{ role, path, organizationId: null }],
  };
}
const BUREAU = actorWith('bureau', COUNTY);

async function makePerson(name = '张丽丽', path = HUITING): Promise<string> {
  const id = newId();
  await write(`person:${id}`, (tx) =>
    tx.insert(person).values({
      ...{
        id,
        name,
        path,
        pinyin: 'zhanglili|zll',
        idCipher: null,
        idHash: null,
        idMasked: '410000********0013',
      },
      ...{
        sex: '女' as const,
        birthOn: '1990-01-01',
        phone: '13900000000',
        mergedInto: null,
        createdAt: NOW,
      },
    }),
  );
  return id;
}

type World = { classId: string; examId: string; sessionIds: string[] };

async function makeClass(
  sessions = 2,
  over: Partial<typeof trainingClass.$inferInsert> = {},
): Promise<World> {
  const classId = newId();
  const examId = newId();
  const path = over.path ?? COUNTY;
  const sessionIds = Array.from({ length: sessions }, newId);
  await write(`class:${classId}`, async (tx) => {
    await tx.insert(trainingClass).values({
      ...{
        id: classId,
        title: '第一期轮训班',
        divisionId: '411426',
        path,
        organizer: '夏邑县应急管理局',
        place: '党校',
      },
      ...{ note: '', state: 'open' as const, startsOn: '2026-03-02', endsOn: '2026-03-06', courseId: null },
      ...{ certificateKind: 'rotation', createdBy: '', createdAt: NOW, ...over },
    });
    for (const [index, id] of sessionIds.entries())
      await tx.insert(classSession).values({
        ...{
          id,
          classId,
          heldOn: `2026-03-0${2 + Math.floor(index / 2)}`,
          half: index % 2 ? ('pm' as const) : ('am' as const),
        },
        ...{ topic: '', startsAt: NOW, endsAt: NOW, signFrom: NOW, signUntil: NOW, secret: '' },
      });
    await tx.insert(exam).values({
      ...{
        id: examId,
        title: '结业考试',
        classId,
        divisionId: '411426',
        path,
        blueprint: [],
        opensAt: NOW,
        entryUntil: NOW,
      },
      ...{
        closesAt: NOW,
        minutes: 60,
        totalScore: 100,
        passScore: 80,
        attemptsMax: 1,
        graceSeconds: 30,
        notice: '',
      },
      ...{ showReview: true, state: 'published' as const, createdBy: '', createdAt: NOW },
    });
  });
  return { classId, examId, sessionIds };
}

async function enrol({ classId }: World, personId: string, path = HUITING): Promise<void> {
  await write(`person:${personId}`, (tx) =>
    tx.insert(enrolment).values({
      ...{
        id: newId(),
        classId,
        personId,
        path,
        unit: '会亭镇人民政府',
        enrolledBy: '',
        enrolledAt: NOW,
        withdrawnAt: null,
      },
    }),
  );
}

async function attend(
  tx: Tx,
  { classId, sessionIds }: World,
  personId: string,
  index: number,
  state: 'present' | 'late' | 'leave' = 'present',
) {
  const id = newId();
  await tx.insert(attendance).values({
    ...{
      id,
      sessionId: sessionIds[index]!,
      classId,
      personId,
      state,
      way: 'clerk' as const,
      at: NOW,
      device: null,
    },
    ...{ byAccount: '', spotCheck: false, checkedAt: null, reason: '' },
  });
  if (state === 'leave') return;
  await record(tx, {
    ...{ stream: `person:${personId}`, kind: 'attendance_confirmed', actor: SYSTEM, at: NOW, path: HUITING },
    detail: { personId, attendanceId: id, classId, heldOn: '2026-03-02', title: '' },
  });
}

async function pass(tx: Tx, { classId, examId }: World, personId: string, passed = true) {
  const attemptId = newId();
  await tx.insert(attempt).values({
    ...{
      id: attemptId,
      examId,
      personId,
      ordinal: 1,
      state: 'submitted' as const,
      startedAt: NOW,
      dueAt: NOW,
      submittedAt: NOW,
    },
    ...{ lease: '', leaseAt: NOW, receipt: '', score: passed ? 92 : 60, passed, leaves: 0, shape: '' },
  });
  if (!passed) return;
  await record(tx, {
    ...{ stream: `person:${personId}`, kind: 'attempt_passed', actor: SYSTEM, at: NOW, path: HUITING },
    detail: { personId, attemptId, examId, classId },
  });
}

const about = (personId: string, work: (tx: Tx) => Promise<unknown>) => write(`person:${personId}`, work);
const certificatesOf = (personId: string) =>
  read((db) => db.select().from(certificate).where(eq(certificate.personId, personId)));

/** A person with everything a certificate needs, and the certificate. */
async function makeCertified(world: World, name = '张丽丽', path = HUITING) {
  const personId = await makePerson(name, path);
  await enrol(world, personId, path);
  await about(personId, async (tx) => {
    for (const index of world.sessionIds.keys()) await attend(tx, world, personId, index);
    await pass(tx, world, personId);
  });
  const [issued] = await certificatesOf(personId);
  return { personId, issued: issued! };
}

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

describe('scope', () => {
  it('list and page agree for every kind of actor', async () => {
    const world = await makeClass(1, { title: '范围班' });
    const elsewhere = await makeClass(1, { title: '范围班', path: LUSHI, divisionId: '411224' });
    const ours = await makeCertified(world, '范围甲', HUITING);
    const next = await makeCertified(world, '范围乙', MATOU);
    const theirs = await makeCertified(elsewhere, '范围丙', `${LUSHI}411224100/`);
    const guest = await makeCertified(elsewhere, '范围丁', HUITING);
    const organizationId = newId();
    await about(next.personId, (tx) =>
      tx.insert(post).values({
        ...{
          id: newId(),
          personId: next.personId,
          category: 'x',
          divisionId: '411426102',
          path: MATOU,
          organizationId,
        },
        ...{
          unit: '某厂',
          title: '',
          operation: '',
          heldFrom: '2025-01-01',
          heldUntil: null,
          sameness: newId(),
          createdAt: NOW,
        },
      }),
    );
    const teacher = actorWith('instructor', COUNTY);
    await write(`class:${world.classId}`, (tx) =>
      tx.insert(classInstructor).values({ classId: world.classId, accountId: teacher.accountId! }),
    );
    const manager: Actor = {
      ...BUREAU,
      grants: [{ role: 'enterprise_manager', path: COUNTY, organizationId }],
    };
    const expected: [Actor, string[]][] = [
      [BUREAU, ['范围甲', '范围乙', '范围丁']],
      [actorWith('bureau', LUSHI), ['范围丙', '范围丁']],
      [actorWith('bureau', '/41/'), ['范围甲', '范围乙', '范围丙', '范围丁']],
      [actorWith('township_officer', HUITING), ['范围甲', '范围丁']],
      [teacher, ['范围甲', '范围乙']],
      [actorWith('instructor', COUNTY), []],
      [manager, ['范围乙']],
      [actorWith('trainee', COUNTY, { personId: ours.personId }), []],
      [VISITOR, []],
    ];
    for (const [actor, names] of expected) {
      const { rows, total } = await listCertificates(actor, { words: '范围' }, 1, NOW);
      expect(rows.map(({ frozen }) => frozen.name).toSorted()).toEqual(names.toSorted());
      expect(total).toBe(names.length);
      for (const { issued, personId } of [ours, next, theirs, guest]) {
        const found = findCertificate(actor, issued.id, NOW);
        if (names.includes(issued.frozen.name) || actor.personId === personId)
          expect((await found).number).toBe(issued.number);
        else await expect(found).rejects.toMatchObject({ code: 'not_found', status: 404 });
      }
    }
    expect(isWithin(HUITING, COUNTY)).toBe(true);
  });

  it('filters by words, state, class and year', async () => {
    const world = await makeClass(1);
    const { issued } = await makeCertified(world, '筛选人');
    const count = async (filter: Parameters<typeof listCertificates>[1], now = NOW) =>
      (await listCertificates(BUREAU, { classId: world.classId, ...filter }, 1, now)).total;
    expect(await count({})).toBe(1);
    expect(await count({ words: '筛选' })).toBe(1);
    expect(await count({ words: issued.number.slice(-5) })).toBe(1);
    expect(await count({ words: '无此人' })).toBe(0);
    expect(await count({ state: 'valid', year: 2026 })).toBe(1);
    expect(await count({ year: 2025 })).toBe(0);
    await write('certificate:spec', (tx) =>
      tx.update(certificate).set({ validUntil: '2026-03-06' }).where(eq(certificate.id, issued.id)),
    );
    expect(await count({ state: 'expired' })).toBe(0);
    expect(await count({ state: 'expired' }, new Date('2026-03-06T16:00:00Z'))).toBe(1);
    await revokeCertificate(BUREAU, issued.id, '信息填写错误', NOW);
    expect(await count({ state: 'revoked' })).toBe(1);
    expect(await count({ state: 'valid' })).toBe(0);
  });
});

describe('revocation', () => {
  it('needs the bureau of the class and a reason, and is recorded once', async () => {
    const world = await makeClass(1);
    const { issued, personId } = await makeCertified(world);
    const revoke = (actor: Actor, reason = '查实由他人代考') =>
      revokeCertificate(actor, issued.id, reason, NOW);
    await expect(revoke(actorWith('bureau', LUSHI))).rejects.toMatchObject({ code: 'not_found' });
    await expect(revoke(actorWith('township_officer', HUITING))).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
    });
    await expect(revoke(actorWith('trainee', COUNTY, { personId }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(revoke(BUREAU, ' 错 ')).rejects.toMatchObject({ code: 'reason_short' });
    await revoke(BUREAU);
    await expect(revoke(BUREAU)).rejects.toMatchObject({ code: 'certificate_revoked_already' });
    await expect(revokeCertificate(BUREAU, newId(), '查实由他人代考', NOW)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await findCertificate(BUREAU, issued.id, NOW)).toMatchObject({
      state: 'revoked',
      revokedReason: '查实由他人代考',
      revoked: { at: NOW, by: '甲' },
      mayKeep: true,
    });
    const events = await read((db) =>
      db
        .select()
        .from(event)
        .where(and(eq(event.stream, `person:${personId}`), eq(event.kind, 'certificate_revoked'))),
    );
    expect(events).toHaveLength(1);
    await expect(certificatePaper(BUREAU, issued.id, 'http://x', NOW)).rejects.toMatchObject({
      code: 'certificate_revoked_paper',
    });
    await expect(classCertificatesPaper(BUREAU, world.classId, 'http://x')).rejects.toMatchObject({
      code: 'no_certificates',
    });
  });
});

describe('papers', () => {
  it('are PDFs for the holder and for the class', async () => {
    const world = await makeClass(1);
    const { issued, personId } = await makeCertified(world, '张喆');
    const self = actorWith('trainee', COUNTY, { personId });
    expect((await listOwnCertificates(self, NOW)).map(({ id }) => id)).toEqual([issued.id]);
    const paper = await certificatePaper(self, issued.id, 'http://192.168.1.8:3000', NOW);
    expect(Buffer.from(paper.bytes.slice(0, 5)).toString()).toBe('%PDF-');
    expect(paper.fileName).toBe(`张喆 ${issued.number}.pdf`);
    await expect(certificatePaper(VISITOR, issued.id, 'http://x', NOW)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await classCertificatesPaper(BUREAU, world.classId, 'http://x')).bytes.length).toBeGreaterThan(
      5000,
    );
    expect((await listIssuingClasses(BUREAU)).find(({ id }) => id === world.classId)).toMatchObject({
      enrolled: 1,
      issued: 1,
    });
    expect(await listIssuingClasses(actorWith('township_officer', HUITING))).toEqual([]);
  });
});

describe('verification', () => {
  it('tells anybody what the paper says, the name masked, and nothing else', async () => {
    const world = await makeClass(1);
    const { issued } = await makeCertified(world);
    const ask = (number: string, name: string | null) =>
      verifyCertificate(VISITOR, { number, name, address: 'a' }, NOW);
    const verified = await ask(issued.number.replace('〔', '[').replace('〕', '] '), '张 丽丽');
    expect(verified).toMatchObject({
      number: issued.number,
      maskedName: '张*丽',
      state: 'valid',
      authority: '夏邑县应急管理局',
      checkedAt: NOW,
    });
    expect(JSON.stringify(verified)).not.toMatch(/张丽丽|410000/);
    const unknown = await ask('夏邑应急训〔2026〕第9999号', null).catch((reason: Error) => reason.message);
    const wrongName = await ask(issued.number, '李四').catch((reason: Error) => reason.message);
    expect(wrongName).toBe(unknown);
    await revokeCertificate(BUREAU, issued.id, '成绩复核不合格', NOW);
    expect(await ask(issued.number, null)).toMatchObject({ state: 'revoked' });
  });

  it('slows an address that tries numbers, and no other', async () => {
    const ask = (address: string, now = NOW) =>
      verifyCertificate(VISITOR, { number: '无', name: null, address }, now);
    for (let tries = 0; tries < 60; tries += 1)
      await expect(ask('b')).rejects.toMatchObject({ code: 'certificate_unknown' });
    await expect(ask('b')).rejects.toMatchObject({ code: 'too_often', status: 429 });
    await expect(ask('c')).rejects.toMatchObject({ code: 'certificate_unknown' });
    await expect(ask('b', new Date(NOW.getTime() + 2000))).rejects.toMatchObject({
      code: 'certificate_unknown',
    });
  });
});

describe('registered certificates', () => {
  async function state(personId: string, operation: string, number: string, validUntil: string | null) {
    await about(personId, (tx) =>
      record(tx, {
        ...{
          stream: `person:${personId}`,
          kind: 'certificate_stated',
          actor: SYSTEM,
          at: NOW,
          path: HUITING,
        },
        detail: { personId, kind: 'special_operation', operation, number, validUntil },
      }),
    );
  }

  it('are registered as stated, the latest statement standing, and never numbered', async () => {
    const personId = await makePerson('电工甲');
    await state(personId, '低压电工作业', 'T410000000000000001', '2026-03-05');
    await state(personId, '低压电工作业', 'T410000000000000002', '2026-05-01');
    await state(personId, '高处作业', 'T410000000000000003', '2026-03-01');
    await state(personId, '熔化焊接', 'T410000000000000004', null);
    const own = await listOwnRegistered(actorWith('trainee', COUNTY, { personId }), NOW);
    expect(own.map(({ number, state }) => [number.slice(-1), state])).toEqual([
      ['3', 'expired'],
      ['2', 'expiring'],
      ['4', 'undated'],
    ]);
    expect(await certificatesOf(personId)).toEqual([]);
    const rows = await read((db) =>
      db.select().from(registeredCertificate).where(eq(registeredCertificate.personId, personId)),
    );
    expect(rows).toHaveLength(3);
  });

  it('are listed by scope and by when they end', async () => {
    const personId = await makePerson('焊工乙');
    await state(personId, '熔化焊接', 'T1', '2026-04-01');
    await state(personId, '高处作业', 'T2', '2027-04-01');
    const list = async (actor: Actor, filter: Parameters<typeof listRegistered>[1] = {}) =>
      (await listRegistered(actor, { words: '焊工乙', ...filter }, 1, NOW)).rows.map((row) => row.number);
    expect(await list(BUREAU)).toEqual(['T1', 'T2']);
    expect(await list(actorWith('township_officer', HUITING), { state: 'expiring' })).toEqual(['T1']);
    expect(await list(BUREAU, { state: 'valid' })).toEqual(['T2']);
    expect(await list(BUREAU, { state: 'expired' })).toEqual([]);
    expect(await list(actorWith('township_officer', MATOU))).toEqual([]);
    expect(await list(VISITOR)).toEqual([]);
  });
});
