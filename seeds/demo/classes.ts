import { asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, type Day } from '#lib/kernel/day.ts';
import { tickAttendance } from '#lib/classes/attendances.server.ts';
import { createClass, moveClass } from '#lib/classes/classes.server.ts';
import { enrolPeople } from '#lib/classes/enrolments.server.ts';
import { layOutSessions } from '#lib/classes/sessions.server.ts';
import { read } from '#lib/server/db/open.ts';
import { account, classSession, division, enrolment } from '#lib/server/db/schema/index.ts';
import { holdExam } from './exams.ts';
import type { Chance } from './random.ts';
import { workdaysAt, type PlannedClass } from './year.ts';

/** Where a demo county's year is played, and by whom. */
export type Stage = {
  divisionId: string;
  name: string;
  bureau: Actor;
  from: Day;
  today: Day;
  chance: Chance;
};

/** People enrolled in a class, in an order that is the same every time. */
export async function enrolledIn(classId: string): Promise<string[]> {
  const rows = await read((db) =>
    db
      .select({ personId: enrolment.personId })
      .from(enrolment)
      .where(eq(enrolment.classId, classId))
      .orderBy(asc(enrolment.path), asc(enrolment.unit), asc(enrolment.personId)),
  );
  return rows.map((row) => row.personId);
}

export async function sessionsOf(classId: string) {
  return await read((db) =>
    db.select().from(classSession).where(eq(classSession.classId, classId)).orderBy(asc(classSession.startsAt)),
  );
}

/** The people behind the demo accounts. */
async function demoPeople(): Promise<Set<string>> {
  const rows = await read((db) => db.select({ personId: account.personId }).from(account));
  return new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
}

async function townshipsOf(stage: Stage, batch: PlannedClass['batch']): Promise<string[]> {
  if (!batch) return [stage.divisionId];
  const rows = await read((db) =>
    db.select().from(division).where(inArray(division.parentId, [stage.divisionId])).orderBy(asc(division.code)),
  );
  return rows.filter((_, index) => index % batch.of === batch.part).map((row) => row.id);
}

/** Opens a class with its sessions and the people it is for; answers its id. */
export async function openClass(stage: Stage, plan: PlannedClass, days: Day[]): Promise<string> {
  const { bureau, divisionId, name } = stage;
  const announced = instantOn(addDays(days[0]!, -10), '09:30');
  const input = {
    ...{ title: `${name}${plan.title}`, organizer: `${name}应急管理局`, place: `${name}党校培训楼` },
    ...{ note: '食宿自理，请带学员卡或手机签到。', startsOn: days[0]!, endsOn: days.at(-1)! },
    ...{ courseId: null, certificateKind: plan.exam ? 'rotation' : null, divisionId },
  };
  const classId = await createClass(bureau, input, announced);
  const timetable = { from: days[0]!, to: days.at(-1)!, halves: ['am' as const, 'pm' as const], workdays: true, topic: '' };
  await layOutSessions(bureau, classId, timetable, announced);
  const filter = { categories: plan.categories, divisionIds: await townshipsOf(stage, plan.batch) };
  await enrolPeople(bureau, classId, filter, announced);
  await moveClass(bureau, classId, { type: 'OPEN', reason: '' }, announced);
  return classId;
}

/** Plays a class that is over: who came to which half-day, the exam on its last afternoon, the end. */
export async function playClass(stage: Stage, plan: PlannedClass): Promise<void> {
  const days = workdaysAt(stage.from, stage.today, plan.at, plan.days);
  if (days.at(-1)! >= stage.today) return;
  const { bureau, chance } = stage;
  const classId = await openClass(stage, plan, days);
  const people = await enrolledIn(classId);
  // Most come to everything or to nothing; some miss a half-day now and then. Whoever can log in to the
  // demo comes to all of a class with an exam, so that there is a certificate to look at.
  const faithful = plan.exam ? await demoPeople() : new Set<string>();
  const coming = people.filter((id) => chance.happens(plan.turnout) || faithful.has(id));
  for (const session of await sessionsOf(classId)) {
    const persons = coming.filter((id) => chance.happens(0.97) || faithful.has(id));
    const now = new Date(session.startsAt.getTime() + 20 * 60_000);
    await tickAttendance(bureau, session.id, { persons, state: 'present', way: 'sheet' }, now);
  }
  if (plan.exam) await holdExam(stage, { classId, title: plan.title, day: days.at(-1)!, people: coming, invigilated: plan.invigilated ?? false });
  const ended = instantOn(days.at(-1)!, '20:00');
  await moveClass(bureau, classId, { type: 'FINISH', reason: '' }, ended);
}
