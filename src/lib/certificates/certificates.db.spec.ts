import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM, VISITOR, type Actor } from '#lib/kernel/actor.ts';
import { isWithin } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { certificate, registeredCertificate } from '#lib/server/db/schema/certificates.ts';
import { classInstructor } from '#lib/server/db/schema/classes.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { post } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import {
  findCertificate,
  listCertificates,
  listOwnCertificates,
  revokeCertificate,
} from './certificates.server.ts';
import { listIssuingClasses } from './class-certificates.server.ts';
import { followCertificates } from './followers.server.ts';
import { certificatePaper, classCertificatesPaper } from './papers.server.ts';
import { listOwnRegistered, listRegistered } from './registered.server.ts';
import { verifyCertificate } from './verification.server.ts';
import {
  NOW,
  COUNTY,
  HUITING,
  MATOU,
  LUSHI,
  BUREAU,
  about,
  certificatesOf,
  actorWith,
  makePerson,
  makeClass,
  makeCertified,
} from '#tests/worlds/certified-class.ts';

followCertificates();

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
    expect(await count({ personId: issued.personId })).toBe(1);
    expect(await count({ personId: 'somebody-else' })).toBe(0);
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
