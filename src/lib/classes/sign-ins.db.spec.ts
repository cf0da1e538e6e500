import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { mergePeople } from '#lib/people/merges.server.ts';
import { read, write } from '#lib/server/db/open.ts';
import { attendance } from '#lib/server/db/schema/classes.ts';
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
import { moveClass } from './classes.server.ts';
import { attachSignSheet, listSignSheets } from './sessions.server.ts';
import { codeAt, digitsAt, stepOf } from './sign-codes.server.ts';
import {
  findOwnClass,
  judgeScan,
  listOwnClasses,
  readSignPage,
  readWall,
  signIn,
} from './sign-ins.server.ts';
import {
  COUNTY,
  HUITING,
  NOW,
  addPerson,
  bureau,
  creditOf,
  halvesOf,
  huiting,
  makeClassWorld,
  morning,
  openClass,
  secretOf,
  trainee,
} from '#tests/worlds/class-world.ts';

followCredits();

beforeAll(makeClassWorld);

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

describe('somebody whose records were merged', () => {
  it('signs in on the line of the record that was enrolled, and holds the credit', async () => {
    const { id, sessionId } = await openClass();
    await addPerson('h9', HUITING, 'county_emergency');
    await mergePeople(bureau, 'h3', 'h9', '同一人，旧号码抄错', morning(-60));
    const before = await creditOf('h9');
    expect((await listOwnClasses(trainee('h9'))).map((own) => own.id)).toContain(id);
    expect((await readSignPage(trainee('h9'), sessionId, 'd9', morning(-10))).faults).toEqual([]);
    const code = codeAt(await secretOf(sessionId), stepOf(morning(-10)));
    await signIn(trainee('h9'), sessionId, { device: 'd9', code }, morning(-10));
    expect(await halvesOf('h3', id)).toBe(1);
    expect((await creditOf('h9')) + (await creditOf('h3'))).toBe(1);
    expect(await creditOf('h9')).toBeGreaterThanOrEqual(before);
    const own = await findOwnClass(trainee('h9'), id);
    expect(own.timetable[0]).toMatchObject({ state: 'present' });
    expect((await listOwnClasses(trainee('h9'))).find((one) => one.id === id)).toMatchObject({ halfDays: 1 });
  });
});
