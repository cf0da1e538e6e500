import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { instantOn, type Day } from '#lib/kernel/day.ts';
import { startAttempt, submitAttempt, takeLease } from '#lib/exams/attempts.server.ts';
import { createExam, publishExam } from '#lib/exams/exams.server.ts';
import { assignInvigilator, readInvigilators } from '#lib/exams/invigilators.server.ts';
import { read } from '#lib/server/db/open.ts';
import { attemptPaper, examTemplate, person, type PaperItem } from '#lib/server/db/schema/index.ts';
import type { Stage } from './classes.ts';
import type { Chance } from './random.ts';

const MINUTE_MS = 60_000;
const TEMPLATE = 'rotation-45';

type ClassExam = {
  classId: string;
  title: string;
  opensAt: Date;
  entryUntil: Date;
  closesAt: Date;
  /** Whether the county's invigilators are assigned to it. */
  invigilated: boolean;
};

/** Publishes the final exam of a class from the usual template; answers its id. */
export async function publishClassExam(
  bureau: Actor,
  { invigilated, ...exam }: ClassExam,
  now: Date,
): Promise<string> {
  const [template] = await read((db) => db.select().from(examTemplate).where(eq(examTemplate.code, TEMPLATE)));
  const settings = {
    ...exam,
    ...{ title: `${exam.title}结业考试`, blueprint: template!.parts, minutes: template!.minutes },
    ...{ passScore: 60, attemptsMax: 2, graceSeconds: 30, notice: '', showReview: true },
  };
  const { id } = await createExam(bureau, settings, now);
  await publishExam(bureau, id, now);
  const { assignable } = await readInvigilators(bureau, id);
  for (const one of invigilated ? assignable : []) await assignInvigilator(bureau, id, one.id, now);
  return id;
}

/** Plays an exam that is over: who came sat it, each as well as chance has it. */
export async function holdExam(
  stage: Stage,
  exam: { classId: string; title: string; day: Day; people: string[]; invigilated: boolean },
): Promise<void> {
  const { classId, title, invigilated } = exam;
  const opensAt = instantOn(exam.day, '17:40');
  const times = { opensAt, entryUntil: instantOn(exam.day, '18:10'), closesAt: instantOn(exam.day, '19:30') };
  const published = instantOn(exam.day, '09:00');
  const examId = await publishClassExam(stage.bureau, { classId, title, invigilated, ...times }, published);
  for (const personId of exam.people) await sitExam(stage.chance, examId, personId, opensAt);
}

async function sitExam(chance: Chance, examId: string, personId: string, opensAt: Date): Promise<void> {
  const [row] = await read((db) => db.select({ name: person.name }).from(person).where(eq(person.id, personId)));
  const candidate: Actor = { accountId: null, personId, name: row!.name, grants: [] };
  const startedAt = new Date(opensAt.getTime() + chance.below(15) * MINUTE_MS);
  const { attemptId } = await startAttempt(candidate, examId, startedAt);
  const { lease } = await takeLease(candidate, attemptId, { previous: '', force: false }, startedAt);
  const [paper] = await read((db) => db.select().from(attemptPaper).where(eq(attemptPaper.attemptId, attemptId)));
  const skill = 0.62 + chance.next() * 0.33;
  const answers = paper!.items.map((item) => ({ slot: item.slot, seq: 1, answer: answerTo(item, skill, chance) }));
  const handedIn = new Date(startedAt.getTime() + (20 + chance.below(35)) * MINUTE_MS);
  await submitAttempt(candidate, attemptId, { lease, answers }, handedIn);
}

function answerTo(item: PaperItem, skill: number, chance: Chance): string {
  if (chance.happens(skill)) return item.answer;
  if (item.type === 'judge') return item.answer === 'T' ? 'F' : 'T';
  const letters = item.options.map((_, index) => String.fromCharCode(65 + index));
  if (item.type === 'single') return chance.pick(letters.filter((letter) => letter !== item.answer));
  return item.answer.length > 2 ? item.answer.slice(0, -1) : letters.slice(0, 2).join('');
}
