import { SYSTEM } from '#lib/kernel/actor.ts';
import { addDays, instantOn } from '#lib/kernel/day.ts';
import { tickAttendance } from '#lib/classes/attendances.server.ts';
import { assignInstructor, createClass, moveClass } from '#lib/classes/classes.server.ts';
import { enrolPeople } from '#lib/classes/enrolments.server.ts';
import { changeSession, layOutSessions } from '#lib/classes/sessions.server.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { enrolledIn, sessionsOf, type Stage } from './classes.ts';
import { publishClassExam } from './exams.ts';

const LEARNERS = ['trainee', 'village', 'player1', 'player3'];

/**
 * What somebody trying the demo can do today: a class in its second day with sign-in open all day, and its
 * exam open for a week. The learners of the demo accounts are in it.
 */
export async function openCurrent(stage: Stage): Promise<void> {
  const { bureau, today, chance, divisionId } = stage;
  const announced = instantOn(addDays(today, -9), '09:00');
  const yesterday = addDays(today, -1);
  const input = {
    ...{ title: '夏邑县冬春安全防范集中轮训', organizer: '夏邑县应急管理局', place: '夏邑县党校培训楼二楼' },
    ...{ note: '第二天下午考试。请带身份证或学员卡。', startsOn: yesterday, endsOn: today },
    ...{ courseId: null, certificateKind: 'rotation', divisionId },
  };
  const classId = await createClass(bureau, input, announced);
  const halves = ['am' as const, 'pm' as const];
  await layOutSessions(bureau, classId, { from: yesterday, to: today, halves, workdays: false, topic: '' }, announced);
  await openWindows(stage, classId, announced);
  const learners = await Promise.all(LEARNERS.map((name) => actorByLoginName(SYSTEM, name)));
  await enrolPeople(bureau, classId, { personIds: learners.map((one) => one.personId!) }, announced);
  await enrolPeople(bureau, classId, { categories: ['township_emergency'], divisionIds: ['411426101', '411426102'] }, announced);
  await assignInstructor(bureau, classId, 'instructor', announced);
  await moveClass(bureau, classId, { type: 'OPEN', reason: '' }, announced);
  const people = await enrolledIn(classId);
  const own = new Set(learners.map((one) => one.personId));
  for (const session of (await sessionsOf(classId)).filter((one) => one.heldOn === yesterday)) {
    const persons = people.filter((personId) => own.has(personId) || chance.happens(0.9));
    const now = new Date(session.startsAt.getTime() + 600_000);
    await tickAttendance(bureau, session.id, { persons, state: 'present', way: 'clerk' }, now);
  }
  const opensAt = instantOn(today, '00:00');
  const closesAt = instantOn(addDays(today, 7), '23:00');
  const exam = { classId, title: '冬春安全防范集中轮训', opensAt, entryUntil: closesAt, closesAt, invigilated: true };
  await publishClassExam(bureau, exam, announced);
}

/** Signing in works at any hour of the day on which the demo was loaded. */
async function openWindows(stage: Stage, classId: string, now: Date): Promise<void> {
  const hours = { am: ['00:00', '12:30'], pm: ['12:30', '23:59'] } as const;
  const lessons = { am: ['08:30', '12:00'], pm: ['14:30', '17:30'] } as const;
  for (const session of (await sessionsOf(classId)).filter((one) => one.heldOn === stage.today)) {
    const [signFrom, signUntil] = hours[session.half];
    const [startsAt, endsAt] = lessons[session.half];
    const { heldOn, half, topic } = session;
    await changeSession(stage.bureau, session.id, { heldOn, half, topic, startsAt, endsAt, signFrom, signUntil }, now);
  }
}
