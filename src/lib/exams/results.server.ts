import { and, asc, count, eq, isNull, ne, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { timeText } from '#lib/kernel/day.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { enrolment } from '#lib/server/db/schema/classes.ts';
import { attempt, attemptAnswer, examAllowance, question } from '#lib/server/db/schema/exams.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { ATTEMPT_STATE_NAMES, RESULT_COLUMNS, RESULT_WORDS, refuse } from './copy.ts';
import { candidateStateOf, countingBest, type CandidateState } from './exam.ts';
import { findKeptExam, findWatchedExam } from './exam-scope.server.ts';
import type { AttemptRow, ExamRow } from './marking.server.ts';
import { statisticsOf, type Statistics } from './statistics.ts';

/** Everybody on the exam's list: the class's people, by place and name. */
async function candidatesOf(db: Db, classId: string) {
  return await db
    .select({
      personId: person.id,
      name: person.name,
      idMasked: person.idMasked,
      unit: enrolment.unit,
      path: enrolment.path,
    })
    .from(enrolment)
    .innerJoin(person, eq(person.id, enrolment.personId))
    .where(and(eq(enrolment.classId, classId), isNull(enrolment.withdrawnAt)))
    .orderBy(asc(enrolment.path), asc(person.pinyin), asc(person.id));
}

/** The attempts of an exam without the bulk of their results, earliest first, by person. */
async function attemptsByPerson(db: Db, examId: string) {
  const {
    id,
    personId,
    ordinal,
    state,
    startedAt,
    dueAt,
    submittedAt,
    score,
    passed,
    leaves,
    receipt,
    addedMinutes,
  } = attempt;
  const rows = await db
    .select({
      id,
      personId,
      ordinal,
      state,
      startedAt,
      dueAt,
      submittedAt,
      score,
      passed,
      leaves,
      receipt,
      addedMinutes,
    })
    .from(attempt)
    .where(eq(attempt.examId, examId))
    .orderBy(asc(attempt.personId), asc(attempt.ordinal));
  return Map.groupBy(rows, (row) => row.personId);
}

export type BoardRow = {
  personId: string;
  name: string;
  idMasked: string;
  unit: string;
  state: CandidateState;
  attemptId: string | null;
  startedAt: Date | null;
  dueAt: Date | null;
  submittedAt: Date | null;
  answered: number;
  leaves: number;
  receipt: string;
};

/** The invigilator's board: who has started, who has handed in, who is absent. No scores. */
export async function readBoard(actor: Actor, examId: string, now: Date): Promise<BoardRow[]> {
  return await read(async (db) => {
    const row = await findWatchedExam(actor, db, examId);
    const attempts = await attemptsByPerson(db, examId);
    const answered = await db
      .select({ attemptId: attemptAnswer.attemptId, answers: count() })
      .from(attemptAnswer)
      .innerJoin(attempt, eq(attempt.id, attemptAnswer.attemptId))
      .where(and(eq(attempt.examId, examId), ne(attemptAnswer.answer, '')))
      .groupBy(attemptAnswer.attemptId);
    const answersOf = new Map(answered.map((one) => [one.attemptId, one.answers]));
    return (await candidatesOf(db, row.classId ?? '')).map((candidate) => {
      const own = attempts.get(candidate.personId) ?? [];
      const last = own.filter((one) => one.state !== 'void').at(-1);
      return {
        ...candidate,
        state: candidateStateOf(row, own, now),
        attemptId: last?.id ?? null,
        startedAt: last?.startedAt ?? null,
        dueAt: last?.dueAt ?? null,
        submittedAt: last?.submittedAt ?? null,
        answered: answersOf.get(last?.id ?? '') ?? 0,
        leaves: last?.leaves ?? 0,
        receipt: last?.receipt ?? '',
      };
    });
  });
}

export type Outcome = 'passed' | 'failed' | 'absent' | 'under_way' | 'waiting';
export type ResultRow = {
  personId: string;
  name: string;
  idMasked: string;
  unit: string;
  outcome: Outcome;
  score: number | null;
  best: Omit<AttemptRow, 'result' | 'shape' | 'lease' | 'leaseAt' | 'examId'> | null;
  attempts: number;
  extraMinutes: number;
};

function outcomeOf(state: CandidateState, best: { passed: boolean | null } | null): Outcome {
  if (best?.passed) return 'passed';
  if (state === 'under_way') return 'under_way';
  if (best) return 'failed';
  return state === 'absent' ? 'absent' : 'waiting';
}

async function resultRows(db: Db, row: ExamRow, now: Date): Promise<ResultRow[]> {
  const attempts = await attemptsByPerson(db, row.id);
  const allowances = await db.select().from(examAllowance).where(eq(examAllowance.examId, row.id));
  return (await candidatesOf(db, row.classId ?? '')).map(({ personId, name, idMasked, unit }) => {
    const own = attempts.get(personId) ?? [];
    const best = countingBest(own);
    return {
      personId,
      name,
      idMasked,
      unit,
      outcome: outcomeOf(candidateStateOf(row, own, now), best),
      score: best?.score ?? null,
      best,
      attempts: own.filter((one) => one.state !== 'void').length,
      extraMinutes: allowances.find((one) => one.personId === personId)?.extraMinutes ?? 0,
    };
  });
}

/** The results of an exam's people, best attempt each; `outcome` narrows the rows. */
export async function listResults(
  actor: Actor,
  examId: string,
  outcome: Outcome | null,
  now: Date,
): Promise<{ rows: ResultRow[]; statistics: Statistics }> {
  return await read(async (db) => {
    const row = await findKeptExam(actor, db, examId);
    const all = await resultRows(db, row, now);
    return {
      rows: outcome === null ? all : all.filter((one) => one.outcome === outcome),
      statistics: statisticsOf(all, row),
    };
  });
}

const MINUTE_MS = 60_000;

/** The rows of the results workbook, in the order of {@link RESULT_COLUMNS}. */
export async function exportResults(actor: Actor, examId: string, now: Date) {
  return await read(async (db) => {
    const row = await findKeptExam(actor, db, examId);
    const rows = (await resultRows(db, row, now)).map(({ best, ...one }, index) => [
      index + 1,
      one.name,
      one.idMasked,
      one.unit,
      RESULT_WORDS[one.outcome],
      one.score,
      row.passScore,
      one.attempts,
      best ? timeText(best.startedAt) : '',
      best?.submittedAt ? timeText(best.submittedAt) : '',
      best?.submittedAt
        ? Math.ceil((best.submittedAt.getTime() - best.startedAt.getTime()) / MINUTE_MS)
        : null,
      best ? ATTEMPT_STATE_NAMES[best.state] : '',
      best?.receipt ?? '',
    ]);
    return { title: row.title, columns: [...RESULT_COLUMNS], rows };
  });
}

export type TopicLine = { topic: string; asked: number; right: number };
export type QuestionLine = { questionId: string; stem: string; topic: string; asked: number; right: number };

/** Where the candidates are weak: topics and questions, least often right first (questions: at most 20). */
export async function readWeaknesses(
  actor: Actor,
  examId: string,
): Promise<{ topics: TopicLine[]; questions: QuestionLine[] }> {
  return await read(async (db) => {
    await findKeptExam(actor, db, examId);
    const marked = await db
      .select({ result: attempt.result })
      .from(attempt)
      .where(and(eq(attempt.examId, examId), sql`${attempt.result} is not null`, ne(attempt.state, 'void')));
    const topics = new Map<string, TopicLine>();
    const asked = new Map<string, { asked: number; right: number }>();
    for (const { result } of marked) {
      for (const line of result?.byTopic ?? []) {
        const sum = topics.get(line.key) ?? { topic: line.key, asked: 0, right: 0 };
        topics.set(line.key, { ...sum, asked: sum.asked + line.count, right: sum.right + line.right });
      }
      for (const [id, right] of result?.items ?? []) {
        const sum = asked.get(id) ?? { asked: 0, right: 0 };
        asked.set(id, { asked: sum.asked + 1, right: sum.right + (right ? 1 : 0) });
      }
    }
    const weakest = <Line extends { asked: number; right: number }>(lines: Line[]) =>
      lines.sort((a, b) => a.right / a.asked - b.right / b.asked || b.asked - a.asked);
    const questions = weakest([...asked].map(([questionId, sums]) => ({ questionId, ...sums }))).slice(0, 20);
    const lines: QuestionLine[] = [];
    for (const one of questions) {
      const [found] = await db.select().from(question).where(eq(question.id, one.questionId));
      lines.push({ ...one, stem: found?.stem ?? '', topic: found?.topic ?? '' });
    }
    return { topics: weakest([...topics.values()]), questions: lines };
  });
}

/** One person's attempts at an exam, void ones too, for the officer who adds time or starts it anew. */
export async function findCandidateOf(actor: Actor, examId: string, personId: string, now: Date) {
  return await read(async (db) => {
    const row = await findKeptExam(actor, db, examId);
    const all = await resultRows(db, row, now);
    const result = all.find((one) => one.personId === personId);
    if (!result) throw refuse('not_found');
    const attempts = (await attemptsByPerson(db, examId)).get(personId) ?? [];
    return { exam: row, result, attempts };
  });
}
