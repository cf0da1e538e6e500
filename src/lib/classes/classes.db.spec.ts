import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#lib/kernel/actor.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { read, write } from '#lib/server/db/open.ts';
import { attendance, classSession } from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { account, accountGrant, card, person, post } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { newId } from '#lib/server/id.ts';
import {
  confirmSpotCheck,
  countAttendance,
  listAttendance,
  revokeAttendance,
  signByCard,
  tickAttendance,
} from './attendances.server.ts';
import {
  assignInstructor,
  changeClass,
  createClass,
  dismissInstructor,
  listClasses,
  moveClass,
  readClass,
} from './classes.server.ts';
import {
  enrolPeople,
  listEnrolChoices,
  listEnrolled,
  previewEnrolment,
  withdrawEnrolment,
} from './enrolments.server.ts';
import {
  attachSignSheet,
  changeSession,
  layOutSessions,
  listSignSheets,
  removeSession,
} from './sessions.server.ts';
import { codeAt, digitsAt, stepOf } from './sign-code.ts';
import {
  findOwnClass,
  judgeScan,
  listOwnClasses,
  readSignPage,
  readWall,
  signIn,
} from './sign-ins.server.ts';

followCredits();

const COUNTY = '/41/4114/411426/';
const HUITING = `${COUNTY}411426101/`;
const MATOU = `${COUNTY}411426102/`;
const NOW = new Date('2026-03-01T02:00:00Z');
/** The first morning: signing opens 07:50, starts 08:30 Shanghai time. */
const morning = (minutes: number) => new Date(Date.parse('2026-03-05T00:30:00Z') + minutes * 60_000);

const staff = (role: Role, path: string, accountId = `${role}${path}`): Actor => ({
  ...{ accountId, personId: null, name: role },
  grants: [{ role, path, organizationId: null }],
});
const bureau = staff('bureau', COUNTY);
const lushi = staff('bureau', '/41/4112/411224/');
const huiting = staff('township_officer', HUITING);
const matou = staff('township_officer', MATOU);
const instructor = staff('instructor', COUNTY, 'teacher');
const trainee = (personId: string): Actor => ({
  accountId: `of-${personId}`,
  personId,
  name: personId,
  grants: [],
});

const INPUT = {
  ...{ title: '春季轮训班', organizer: '夏邑县应急管理局', place: '县委党校', note: '' },
  ...{ startsOn: '2026-03-05', endsOn: '2026-03-06', courseId: null, certificateKind: null },
};
const SPAN = {
  from: '2026-03-05',
  to: '2026-03-06',
  halves: ['am' as const, 'pm' as const],
  workdays: true,
  topic: '',
};
const EVERYBODY = { categories: ['township_emergency', 'village_station_head'], divisionIds: [] };

async function addPerson(id: string, path: string, category: string): Promise<void> {
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{
        id,
        name: `学员${id}`,
        pinyin: id,
        idMasked: '410000****0000',
        sex: '男' as const,
        birthOn: '1970-01-01',
      },
      ...{ phone: '', path, createdAt: NOW },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId: id,
        category,
        divisionId: path.split('/').at(-2)!,
        path,
        unit: '某镇',
        title: '',
      },
      ...{ operation: '', heldFrom: '2025-01-01', heldUntil: null, sameness: id, createdAt: NOW },
    });
  });
}

beforeAll(async () => {
  for (const [id, path, category] of [
    ['h1', HUITING, 'township_emergency'],
    ['h2', HUITING, 'village_station_head'],
    ['h3', HUITING, 'village_station_head'],
    ['m1', MATOU, 'township_emergency'],
    ['c1', COUNTY, 'county_emergency'],
    ['l1', '/41/4112/411224/', 'township_emergency'],
  ] as const)
    await addPerson(id, path, category);
  await write('world', async (tx) => {
    await tx.insert(account).values({
      id: 'teacher',
      personId: null,
      loginName: 'jiaoyuan',
      name: '教员',
      passwordHash: null,
      mustChangePassword: false,
      createdAt: NOW,
    });
    await tx.insert(accountGrant).values({
      id: newId(),
      accountId: 'teacher',
      role: 'instructor',
      divisionId: '411426',
      path: COUNTY,
      organizationId: null,
    });
    await tx
      .insert(card)
      .values({ id: 'card-of-h1-0001', personId: 'h1', issue: 1, issuedAt: NOW, failures: 0 });
    await tx.insert(card).values({
      id: 'card-of-h2-0001',
      personId: 'h2',
      issue: 1,
      issuedAt: NOW,
      failures: 0,
      withdrawnAt: NOW,
    });
  });
});

async function openClass() {
  const id = await createClass(bureau, { ...INPUT, divisionId: '411426' }, NOW);
  await layOutSessions(bureau, id, SPAN, NOW);
  await moveClass(bureau, id, { type: 'OPEN', reason: '' }, NOW);
  await enrolPeople(bureau, id, EVERYBODY, NOW);
  const { sessions } = await readClass(bureau, id);
  return { id, sessionId: sessions[0]!.id, afternoonId: sessions[1]!.id };
}

async function secretOf(sessionId: string): Promise<string> {
  const [row] = await read((db) => db.select().from(classSession).where(eq(classSession.id, sessionId)));
  return row!.secret;
}

const halvesOf = async (personId: string, classId: string) =>
  (await listEnrolled(bureau, classId)).find((row) => row.personId === personId)?.halfDays;

async function creditOf(personId: string): Promise<number> {
  const lines = await read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, personId)));
  return lines.reduce((total, line) => total + line.halfDays, 0);
}

describe('a training class', () => {
  it('is made, opened and ended by the bureau of its place', async () => {
    await expect(createClass(lushi, { ...INPUT, divisionId: '411426' }, NOW)).rejects.toMatchObject({
      status: 403,
    });
    const id = await createClass(bureau, { ...INPUT, divisionId: '411426' }, NOW);
    const move = (type: 'OPEN' | 'FINISH' | 'REOPEN' | 'CANCEL', reason = '') =>
      moveClass(bureau, id, { type, reason }, NOW);
    await expect(move('OPEN')).rejects.toMatchObject({ code: 'class_without_sessions' });
    expect(await layOutSessions(bureau, id, SPAN, NOW)).toBe(4);
    await expect(layOutSessions(bureau, id, SPAN, NOW)).rejects.toMatchObject({ code: 'sessions_none' });
    await expect(moveClass(lushi, id, { type: 'OPEN', reason: '' }, NOW)).rejects.toMatchObject({
      status: 404,
    });
    await move('OPEN');
    await expect(moveClass(huiting, id, { type: 'FINISH', reason: '' }, NOW)).rejects.toMatchObject({
      status: 403,
    });
    await move('FINISH');
    await expect(changeClass(bureau, id, INPUT, NOW)).rejects.toMatchObject({ code: 'class_closed' });
    await expect(move('REOPEN')).rejects.toMatchObject({ code: 'class_reason_missing' });
    await move('REOPEN', '补录纸质签到');
    await expect(changeClass(bureau, id, { ...INPUT, startsOn: '2026-03-06' }, NOW)).rejects.toMatchObject({
      code: 'session_outside_class',
    });
    await move('CANCEL', '因防汛停办');
    await expect(move('OPEN')).rejects.toMatchObject({ code: 'class_state_wrong' });
  });

  it('is seen by scope: officers once it is open, instructors their own', async () => {
    const id = await createClass(bureau, { ...INPUT, title: '只看范围', divisionId: '411426' }, NOW);
    const sees = async (actor: Actor) => (await listClasses(actor, { text: '只看范围' }, 1)).rows.length;
    expect([await sees(bureau), await sees(huiting), await sees(instructor), await sees(lushi)]).toEqual([
      1, 0, 0, 0,
    ]);
    await expect(assignInstructor(bureau, id, 'nobody', NOW)).rejects.toMatchObject({
      code: 'instructor_unknown',
    });
    await assignInstructor(bureau, id, ' JiaoYuan ', NOW);
    expect(await sees(instructor)).toBe(1);
    expect((await readClass(instructor, id)).mayRun).toBe(true);
    await dismissInstructor(bureau, id, 'teacher', NOW);
    await expect(readClass(instructor, id)).rejects.toMatchObject({ status: 404 });
    await layOutSessions(bureau, id, SPAN, NOW);
    await moveClass(bureau, id, { type: 'OPEN', reason: '' }, NOW);
    expect([await sees(huiting), await sees(lushi)]).toEqual([1, 0]);
    await expect(listClasses(trainee('h1'), {}, 1)).rejects.toMatchObject({ status: 403 });
  });

  it('keeps a half-day that somebody has signed', async () => {
    const { id, sessionId, afternoonId } = await openClass();
    await tickAttendance(bureau, sessionId, { persons: ['h1'], state: 'present', way: 'clerk' }, morning(0));
    await expect(removeSession(bureau, sessionId, NOW)).rejects.toMatchObject({ code: 'session_signed' });
    const input = {
      heldOn: '2026-03-05',
      half: 'am' as const,
      topic: '防汛',
      startsAt: '09:00',
      endsAt: '12:00',
      signFrom: '08:00',
      signUntil: '10:00',
    };
    await changeSession(bureau, sessionId, input, NOW);
    await expect(
      changeSession(bureau, sessionId, { ...input, heldOn: '2026-03-06' }, NOW),
    ).rejects.toMatchObject({ code: 'session_signed' });
    await expect(changeSession(bureau, afternoonId, { ...input, half: 'am' }, NOW)).rejects.toMatchObject({
      code: 'session_taken',
    });
    await removeSession(bureau, afternoonId, NOW);
    expect((await readClass(bureau, id)).sessions).toHaveLength(3);
    expect(JSON.stringify((await readClass(bureau, id)).sessions)).not.toContain('secret');
  });
});

describe('enrolment', () => {
  it('counts before it is done, by category and place, and is harmless to repeat', async () => {
    const { id } = await openClass();
    expect(await previewEnrolment(bureau, id, EVERYBODY, NOW)).toMatchObject({
      found: 4,
      already: 4,
      fresh: 0,
    });
    const county = { categories: ['county_emergency'], divisionIds: [] };
    expect(await previewEnrolment(bureau, id, county, NOW)).toMatchObject({
      fresh: 1,
      sample: [{ name: '学员c1' }],
    });
    expect(await enrolPeople(bureau, id, county, NOW)).toBe(1);
    expect(await enrolPeople(bureau, id, county, NOW)).toBe(0);
    expect((await listEnrolled(bureau, id)).map((row) => row.personId).toSorted()).toEqual([
      'c1',
      'h1',
      'h2',
      'h3',
      'm1',
    ]);
    await expect(enrolPeople(bureau, id, { personIds: ['l1'] }, NOW)).rejects.toMatchObject({
      code: 'enrol_nobody',
    });
  });

  it('lets a township officer enrol and see the own people only', async () => {
    const { id } = await openClass();
    await withdrawEnrolment(bureau, id, 'h1', NOW);
    expect((await listEnrolled(huiting, id)).map((row) => row.personId)).toEqual(['h2', 'h3']);
    expect(await enrolPeople(huiting, id, EVERYBODY, NOW)).toBe(1);
    expect((await listEnrolChoices(huiting, id)).places.map((place) => place.name)).toContain('会亭镇');
    await expect(withdrawEnrolment(huiting, id, 'm1', NOW)).rejects.toMatchObject({ status: 404 });
    await expect(enrolPeople(instructor, id, EVERYBODY, NOW)).rejects.toMatchObject({ status: 404 });
    expect((await listEnrolled(matou, id)).map((row) => row.personId)).toEqual(['m1']);
  });

  it('cannot be withdrawn after signing', async () => {
    const { id, sessionId } = await openClass();
    await tickAttendance(bureau, sessionId, { persons: ['h2'], state: 'late', way: 'clerk' }, morning(30));
    await expect(withdrawEnrolment(bureau, id, 'h2', NOW)).rejects.toMatchObject({
      code: 'enrolment_signed',
    });
  });
});

describe('signing in by phone', () => {
  it('takes the code of the moment and gives the half-day at once', async () => {
    const { id, sessionId } = await openClass();
    const before = await creditOf('h1');
    const code = codeAt(await secretOf(sessionId), stepOf(morning(-10)));
    expect(await signIn(trainee('h1'), sessionId, { device: 'd1', code }, morning(-10))).toEqual({
      state: 'present',
    });
    expect(await halvesOf('h1', id)).toBe(1);
    // The other classes of this file are held on the same morning: a person cannot be in two rooms.
    expect(await creditOf('h1')).toBe(Math.max(before, 1));
    await expect(
      signIn(trainee('h1'), sessionId, { device: 'd1', code }, morning(-10)),
    ).rejects.toMatchObject({ code: 'signed_already' });
  });

  it('explains what is early and does not remember it', async () => {
    const { sessionId } = await openClass();
    const early = { device: 'd1', digits: '000000' };
    for (let turn = 0; turn < 7; turn += 1)
      await expect(signIn(trainee('h1'), sessionId, early, morning(-60))).rejects.toMatchObject({
        code: 'sign_early',
        message: expect.stringContaining('07:50'),
      });
    const digits = digitsAt(await secretOf(sessionId), stepOf(morning(-30)));
    expect(await signIn(trainee('h1'), sessionId, { device: 'd1', digits }, morning(-30))).toEqual({
      state: 'present',
    });
  });

  it('remembers wrong codes, five at most, but no stale ones', async () => {
    const { sessionId } = await openClass();
    const secret = await secretOf(sessionId);
    const stale = { device: 'd2', code: codeAt(secret, stepOf(morning(-5))) };
    for (let turn = 0; turn < 6; turn += 1)
      await expect(signIn(trainee('h2'), sessionId, stale, morning(0))).rejects.toMatchObject({
        code: 'code_stale',
      });
    const right = digitsAt(secret, stepOf(morning(0)));
    const wrong = { device: 'd2', digits: right === '000000' ? '000001' : '000000' };
    for (const left of [4, 3, 2, 1, 0])
      await expect(signIn(trainee('h2'), sessionId, wrong, morning(0))).rejects.toMatchObject({
        code: 'code_wrong',
        detail: { left },
      });
    await expect(
      signIn(trainee('h2'), sessionId, { device: 'd2', digits: right }, morning(0)),
    ).rejects.toMatchObject({ code: 'tries_used' });
    expect(await readSignPage(trainee('h2'), sessionId, 'd2', morning(0))).toMatchObject({
      triesLeft: 0,
      faults: ['tries_used'],
    });
  });

  it('lets one device sign one person', async () => {
    const { sessionId } = await openClass();
    const digits = digitsAt(await secretOf(sessionId), stepOf(morning(0)));
    await signIn(trainee('h1'), sessionId, { device: 'shared', digits }, morning(0));
    await expect(
      signIn(trainee('h2'), sessionId, { device: 'shared', digits }, morning(0)),
    ).rejects.toMatchObject({ code: 'device_taken' });
  });

  it('carries a scan through a log-in that takes longer than the code', async () => {
    const { sessionId } = await openClass();
    const code = codeAt(await secretOf(sessionId), stepOf(morning(0)));
    const { pass } = await judgeScan(trainee('h3'), sessionId, { code, device: 'd3' }, morning(0));
    expect(await signIn(trainee('h3'), sessionId, { device: 'd3', pass: pass!, code }, morning(5))).toEqual({
      state: 'present',
    });
    expect(await judgeScan(trainee('h3'), sessionId, { code, device: 'd3' }, morning(5))).toEqual({
      verdict: 'stale',
      pass: null,
    });
    await expect(
      signIn(trainee('h2'), sessionId, { device: 'd4', pass: pass! }, morning(5)),
    ).rejects.toMatchObject({ code: 'code_stale' });
  });

  it('is for the enrolled, with a person, in an open class', async () => {
    const { id, sessionId } = await openClass();
    const secret = await secretOf(sessionId);
    const digits = digitsAt(secret, stepOf(morning(0)));
    await expect(
      signIn(trainee('c1'), sessionId, { device: 'd5', digits }, morning(0)),
    ).rejects.toMatchObject({ code: 'not_enrolled' });
    await expect(signIn(bureau, sessionId, { device: 'd5', digits }, morning(0))).rejects.toMatchObject({
      code: 'person_missing',
    });
    await expect(signIn(trainee('m1'), sessionId, { device: 'd5' }, morning(0))).rejects.toMatchObject({
      code: 'code_missing',
    });
    await moveClass(bureau, id, { type: 'FINISH', reason: '' }, NOW);
    await expect(
      signIn(trainee('m1'), sessionId, { device: 'd5', digits }, morning(0)),
    ).rejects.toMatchObject({ code: 'class_not_open' });
  });

  it('marks everybody who typed digits for the clerk’s look', async () => {
    const { sessionId } = await openClass();
    const digits = digitsAt(await secretOf(sessionId), stepOf(morning(16)));
    await signIn(trainee('m1'), sessionId, { device: 'd6', digits }, morning(16));
    const { lines, counts } = await listAttendance(bureau, sessionId, morning(16));
    const line = lines.find((each) => each.personId === 'm1')!;
    expect(line).toMatchObject({ state: 'late', way: 'digits', spotCheck: true, checkedAt: null });
    expect(counts).toEqual({ due: 4, present: 1, late: 1, leave: 0, missing: 3, over: false });
    await confirmSpotCheck(bureau, line.attendanceId!, morning(20));
    expect(
      (await listAttendance(bureau, sessionId, morning(20))).lines.find((each) => each.personId === 'm1')!
        .checkedAt,
    ).toEqual(morning(20));
  });
});

describe('the clerk', () => {
  it('ticks, registers leave, takes cards and revokes with a reason', async () => {
    const { id, sessionId, afternoonId } = await openClass();
    const present = { persons: ['h1', 'm1'], state: 'present' as const, way: 'clerk' as const };
    await expect(tickAttendance(bureau, afternoonId, present, morning(0))).rejects.toMatchObject({
      code: 'session_ahead',
    });
    await tickAttendance(bureau, afternoonId, { ...present, persons: ['h3'], state: 'leave' }, morning(0));
    await tickAttendance(bureau, sessionId, present, morning(0));
    await tickAttendance(bureau, afternoonId, present, morning(400));
    expect([await halvesOf('h1', id), await halvesOf('h3', id)]).toEqual([2, 0]);
    await expect(
      tickAttendance(huiting, sessionId, { ...present, persons: ['h2'] }, morning(0)),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      tickAttendance(bureau, sessionId, { ...present, persons: ['h2', 'c1'] }, morning(0)),
    ).rejects.toMatchObject({ code: 'not_enrolled' });
    expect(await halvesOf('h2', id)).toBe(0);
    const line = (await listAttendance(bureau, sessionId, morning(0))).lines.find(
      (each) => each.personId === 'h1',
    )!;
    await expect(revokeAttendance(bureau, line.attendanceId!, '误', morning(5))).rejects.toMatchObject({
      code: 'revoke_reason_missing',
    });
    await revokeAttendance(bureau, line.attendanceId!, '本人未到场', morning(5));
    await expect(
      revokeAttendance(bureau, line.attendanceId!, '本人未到场', morning(5)),
    ).rejects.toMatchObject({ code: 'attendance_revoked' });
    expect(await halvesOf('h1', id)).toBe(1);
    await expect(signByCard(bureau, sessionId, '没有这张卡', 'present', morning(6))).rejects.toMatchObject({
      code: 'card_unknown',
    });
    await expect(
      signByCard(bureau, sessionId, 'card-of-h2-0001', 'present', morning(6)),
    ).rejects.toMatchObject({ code: 'card_withdrawn' });
    expect(
      await signByCard(bureau, sessionId, 'http://lan/card/card-of-h1-0001', 'late', morning(6)),
    ).toEqual({ name: '学员h1' });
    expect(await halvesOf('h1', id)).toBe(2);
    const counts = await countAttendance(bureau, id, morning(900));
    expect(counts.get(afternoonId)).toMatchObject({ due: 4, present: 2, leave: 1, missing: 1, over: true });
  });

  it('has the credit reversed with the presence', async () => {
    await addPerson('solo', HUITING, 'township_emergency');
    const { sessionId } = await openClass();
    await tickAttendance(
      bureau,
      sessionId,
      { persons: ['solo'], state: 'present', way: 'sheet' },
      morning(200),
    );
    expect(await creditOf('solo')).toBe(1);
    const [row] = await read((db) => db.select().from(attendance).where(eq(attendance.personId, 'solo')));
    await revokeAttendance(bureau, row!.id, '代签，本人未到', morning(210));
    expect(await creditOf('solo')).toBe(0);
    await tickAttendance(
      bureau,
      sessionId,
      { persons: ['solo'], state: 'present', way: 'clerk' },
      morning(220),
    );
    expect(await creditOf('solo')).toBe(1);
  });

  it('shows the wall and puts the signed sheet onto the session', async () => {
    const { sessionId } = await openClass();
    const wall = await readWall(bureau, sessionId, morning(0));
    expect(wall).toMatchObject({ phase: 'open', counts: { missing: wall.counts.due, present: 0 } });
    expect(wall.code).toBe(codeAt(await secretOf(sessionId), stepOf(morning(0))));
    expect((await readWall(bureau, sessionId, morning(-100))).phase).toBe('early');
    await expect(readWall(huiting, sessionId, morning(0))).rejects.toMatchObject({ status: 403 });
    const scan = {
      id: newId(),
      sha256: 'x',
      name: '签到表.jpg',
      type: 'image/jpeg',
      bytes: 9,
      about: `session:${sessionId}`,
      path: COUNTY,
      byAccount: 'b',
      at: NOW,
    };
    await write('scan', (tx) => tx.insert(upload).values(scan));
    await attachSignSheet(bureau, sessionId, scan.id, NOW);
    expect(await listSignSheets(bureau, sessionId)).toMatchObject([{ name: '签到表.jpg' }]);
    await expect(attachSignSheet(bureau, sessionId, 'none', NOW)).rejects.toMatchObject({ status: 404 });
  });
});

describe('the trainee', () => {
  it('sees the own classes with the timetable and the sign-ins', async () => {
    const { id, sessionId } = await openClass();
    await tickAttendance(bureau, sessionId, { persons: ['h2'], state: 'present', way: 'clerk' }, morning(0));
    expect((await listOwnClasses(trainee('h2'))).find((row) => row.id === id)).toMatchObject({
      sessions: 4,
      halfDays: 1,
    });
    const own = await findOwnClass(trainee('h2'), id);
    expect(own.timetable.map((session) => session.state)).toEqual(['present', null, null, null]);
    expect(JSON.stringify(own)).not.toContain('secret');
    await expect(findOwnClass(trainee('c1'), id)).rejects.toMatchObject({ status: 404 });
  });
});
