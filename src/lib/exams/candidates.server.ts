import { and, asc, desc, eq, inArray, isNull, ne, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { attempt, exam } from '#lib/server/db/schema/exams.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { countingAttempts, reasonsNotToStart } from './attempt.ts';
import { questionCountOf } from './blueprint.ts';
import { refuse, sentencesOf } from './copy.ts';
import { candidateStateOf, countingBest } from './exam.ts';
import type { ExamRow } from './marking.server.ts';

type Own = Pick<
  typeof attempt.$inferSelect,
  'id' | 'examId' | 'ordinal' | 'state' | 'startedAt' | 'dueAt' | 'submittedAt' | 'score' | 'passed'
>;

async function ownAttempts(db: Db, personId: string): Promise<Own[]> {
  const { id, examId, ordinal, state, startedAt, dueAt, submittedAt, score, passed } = attempt;
  return await db
    .select({ id, examId, ordinal, state, startedAt, dueAt, submittedAt, score, passed })
    .from(attempt)
    .where(eq(attempt.personId, personId))
    .orderBy(asc(attempt.startedAt), asc(attempt.id));
}

function cardOf(row: ExamRow, className: string, isEnrolled: boolean, own: Own[], now: Date) {
  const reasons = reasonsNotToStart(row, own, isEnrolled, now);
  const best = countingBest(own);
  return {
    id: row.id,
    title: row.title,
    className,
    opensAt: row.opensAt,
    entryUntil: row.entryUntil,
    closesAt: row.closesAt,
    minutes: row.minutes,
    questions: questionCountOf(row.blueprint),
    totalScore: row.totalScore,
    passScore: row.passScore,
    attemptsMax: row.attemptsMax,
    attemptsLeft: Math.max(0, row.attemptsMax - countingAttempts(own).length),
    showReview: row.showReview,
    notice: row.notice,
    state: candidateStateOf(row, own, now),
    mayStart: reasons.length === 0,
    /** Only its opening is still to come: the candidate may read the notice and wait. */
    mayWait: reasons.length === 1 && reasons[0]!.code === 'exam_not_open',
    reasons: sentencesOf(reasons),
    underWay: own.find((one) => one.state === 'in_progress') ?? null,
    best,
    attempts: own.filter((one) => one.state !== 'in_progress'),
  };
}

export type ExamCard = ReturnType<typeof cardOf>;

/** The exams of the classes a person is enrolled in, and those once sat, the latest first. */
export async function listCandidateExams(actor: Actor, now: Date): Promise<ExamCard[]> {
  const personId = actor.personId;
  if (personId === null) return [];
  return await read(async (db) => {
    const own = await ownAttempts(db, personId);
    const enrolled = await db
      .select({ classId: enrolment.classId })
      .from(enrolment)
      .where(and(eq(enrolment.personId, personId), isNull(enrolment.withdrawnAt)));
    const classIds = new Set(enrolled.map((row) => row.classId));
    const rows = await db
      .select({ exam, className: trainingClass.title })
      .from(exam)
      .innerJoin(trainingClass, eq(trainingClass.id, exam.classId))
      .where(
        and(
          ne(exam.state, 'draft'),
          or(
            inArray(exam.classId, [...classIds, '']),
            inArray(exam.id, [...own.map((one) => one.examId), '']),
          ),
        ),
      )
      .orderBy(desc(exam.opensAt), desc(exam.id));
    return rows.map((row) => {
      const ofExam = own.filter((one) => one.examId === row.exam.id);
      return cardOf(row.exam, row.className, classIds.has(row.exam.classId ?? ''), ofExam, now);
    });
  });
}

/** One exam for the person who is to sit it, with the person's own particulars to check. */
export async function findCandidateExam(actor: Actor, examId: string, now: Date) {
  const personId = actor.personId;
  if (personId === null) throw refuse('not_found');
  return await read(async (db) => {
    const [row] = await db
      .select({ exam, className: trainingClass.title })
      .from(exam)
      .innerJoin(trainingClass, eq(trainingClass.id, exam.classId))
      .where(and(eq(exam.id, examId), ne(exam.state, 'draft')));
    if (!row) throw refuse('not_found');
    const own = (await ownAttempts(db, personId)).filter((one) => one.examId === examId);
    const [enrolled] = await db
      .select({ unit: enrolment.unit, withdrawnAt: enrolment.withdrawnAt })
      .from(enrolment)
      .where(and(eq(enrolment.classId, row.exam.classId ?? ''), eq(enrolment.personId, personId)));
    const isEnrolled = enrolled !== undefined && enrolled.withdrawnAt === null;
    if (!isEnrolled && own.length === 0) throw refuse('not_found');
    const [who] = await db
      .select({ name: person.name, idMasked: person.idMasked })
      .from(person)
      .where(eq(person.id, personId));
    return {
      ...cardOf(row.exam, row.className, isEnrolled, own, now),
      candidate: { name: who?.name ?? '', idMasked: who?.idMasked ?? '', unit: enrolled?.unit ?? '' },
      serverNow: now.getTime(),
    };
  });
}

export type CandidateExam = Awaited<ReturnType<typeof findCandidateExam>>;
