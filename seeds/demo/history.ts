import { and, asc, eq, isNull, like } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, type Day } from '#lib/kernel/day.ts';
import {
  addOutsidePeople,
  attachOutsideSheet,
  decideOutsideTraining,
  enterOutsideTraining,
} from '#lib/classes/outside-trainings.server.ts';
import { answerQuiz, openLesson, reachEnd } from '#lib/courses/learning.server.ts';
import { askExemption, decideExemption } from '#lib/coverage/exemptions.server.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { read } from '#lib/server/db/open.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { typeset } from '#lib/server/typeset/typeset.ts';
import { lesson, person, post } from '#lib/server/db/schema/index.ts';
import type { Stage } from './classes.ts';
import type { LoadedCourse } from './courses.ts';
import { workdaysAt } from './year.ts';

/** People in current posts of a category within a place, the same order every time. */
async function peopleIn(path: string, category: string): Promise<{ id: string; name: string }[]> {
  return await read((db) =>
    db
      .select({ id: person.id, name: person.name })
      .from(post)
      .innerJoin(person, eq(person.id, post.personId))
      .where(and(isNull(post.heldUntil), eq(post.category, category), like(post.path, `${path}%`)))
      .orderBy(asc(post.path), asc(person.birthOn), asc(person.id)),
  );
}

const learnerOf = (one: { id: string; name: string }): Actor => ({
  accountId: null,
  personId: one.id,
  name: one.name,
  grants: [],
});

/** Some people read courses to the end: the first lessons of a course, with the quiz passed. */
export async function playLearning(stage: Stage, path: string, courses: LoadedCourse[]): Promise<void> {
  const { chance, from, today } = stage;
  for (const category of ['county_emergency', 'township_emergency', 'disaster_informant_a']) {
    const learners = (await peopleIn(path, category)).filter(() => chance.happens(0.25));
    for (const one of learners) {
      const course = chance.pick(courses);
      const [day] = workdaysAt(from, today, chance.next() * 0.9, 1);
      if (!day || day >= today) continue;
      for (const each of course.lessons.slice(0, 1 + chance.below(2)))
        await readLesson(learnerOf(one), each.id, instantOn(day, '20:15'));
    }
  }
}

async function readLesson(learner: Actor, lessonId: string, now: Date): Promise<void> {
  const [row] = await read((db) => db.select().from(lesson).where(eq(lesson.id, lessonId)));
  await openLesson(learner, lessonId, now);
  await reachEnd(learner, lessonId, now);
  await answerQuiz(learner, lessonId, row!.quiz.map((question) => question.answer), new Date(now.getTime() + 600_000));
}

/** Stands for the scanned roll of those who finished; says that it is a demo. */
const SHEET = `#set page(paper: "a4", margin: 25mm)
#set text(font: "Noto Sans SC", size: 14pt, lang: "zh")
#align(center)[#text(20pt, weight: "bold")[结业名册（演示件）]]
#sys.inputs.title

本件代替盖章名册的扫描件，仅用于演示。`;

/** Training at the party school, entered by the township and confirmed by the bureau; one is still waiting. */
export async function playOutside(stage: Stage, path: string): Promise<void> {
  const officer = await actorByLoginName(SYSTEM, 'huiting');
  const heads = await peopleIn(`${path}411426101/`, 'village_station_head');
  const entered: [title: string, at: number, people: number, confirmed: boolean][] = [
    ['县委党校村干部能力提升班（应急管理专题）', 0.45, 6, true],
    ['省应急管理网络学院在线培训', 0.95, 4, false],
  ];
  for (const [title, at, count, confirmed] of entered) {
    const [first, second] = workdaysAt(stage.from, stage.today, at, 2) as [Day, Day];
    if (second >= stage.today) continue;
    const place = { organizer: '中共夏邑县委党校', place: '夏邑县委党校', divisionId: '411426101' };
    const input = { title, ...place, fromOn: first, toOn: second, days: 4 };
    const now = instantOn(addDays(second, 1), '09:00');
    const id = await enterOutsideTraining(officer, input, now);
    const attendees = heads.slice(-count).map((one) => ({ personId: one.id, halfDays: 4 }));
    await addOutsidePeople(officer, id, attendees, now);
    const sheet = await typeset(SHEET, { title });
    const origin = { name: `${title}结业名册.pdf`, about: `outside:${id}`, path: `${path}411426101/` };
    const stored = await storeBytes(sheet, { ...origin, byAccount: officer.accountId!, now });
    await attachOutsideSheet(officer, id, stored.id, now);
    const decision = { verdict: 'confirmed' as const, reason: '已核对党校结业名册' };
    if (confirmed) await decideOutsideTraining(stage.bureau, id, decision, new Date(now.getTime() + 3_600_000));
  }
}

/** Exemptions from the soft rules: one approved, one waiting for the bureau. */
export async function playExemptions(stage: Stage, path: string): Promise<void> {
  const officer = await actorByLoginName(SYSTEM, 'huiting');
  const heads = await peopleIn(`${path}411426101/`, 'village_station_head');
  const reasons: [reason: string, approved: boolean][] = [
    ['因病住院治疗，县人民医院诊断证明已附纸质材料', true],
    ['驻村帮扶期满前在外地参加省级培训，时间冲突', false],
  ];
  const now = instantOn(addDays(stage.today, -3), '10:00');
  for (const [index, [reason, approved]] of reasons.entries()) {
    const one = heads[index]!;
    const input = { personId: one.id, ruleId: 'lushi-2022/CAD-03', reason };
    const { exemptionId } = await askExemption(officer, input, now);
    if (approved) await decideExemption(stage.bureau, exemptionId, { approve: true, reason: '' }, now);
  }
}
