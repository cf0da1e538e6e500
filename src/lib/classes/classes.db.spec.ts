import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { tickAttendance } from './attendances.server.ts';
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
import { changeSession, layOutSessions, removeSession } from './sessions.server.ts';
import {
  EVERYBODY,
  INPUT,
  NOW,
  SPAN,
  bureau,
  huiting,
  instructor,
  lushi,
  makeClassWorld,
  matou,
  morning,
  openClass,
  trainee,
} from '#tests/worlds/class-world.ts';

followCredits();

beforeAll(makeClassWorld);

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
