import { and, asc, count, desc, eq, inArray, isNull, like, ne, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { PAGE_SIZE, type PageOf } from '#lib/kernel/page-of.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { enrolment, trainingClass } from '#lib/server/db/schema/classes.ts';
import { attempt, exam, examTemplate } from '#lib/server/db/schema/exams.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { feasibilityOf, totalScoreOf } from './blueprint.ts';
import { askForCollecting } from './collecting.server.ts';
import { NOTICE_DEFAULT, refuse, refuseFor } from './copy.ts';
import {
  bankDivisionOf,
  reasonsNotToPublish,
  settingsFaults,
  type ExamSettings,
  type ExamState,
} from './exam.ts';
import { findKeptExam, findWatchedExam, watchedBy } from './exam-scope.server.ts';
import type { ExamRow } from './marking.server.ts';
import { bankSubtrees, mayKeepExam } from './policy.ts';
import { groupsInBank } from './questions.server.ts';

export async function listTemplates(_actor: Actor) {
  return await read((db) => db.select().from(examTemplate).orderBy(asc(examTemplate.code)));
}

/** The classes an actor may give an exam to: not finished, not cancelled. */
export async function listExamClasses(actor: Actor) {
  const roots = bankSubtrees(actor);
  if (roots.length === 0) return [];
  const { id, title, path, startsOn, endsOn } = trainingClass;
  return await read((db) =>
    db
      .select({ id, title, path, startsOn, endsOn })
      .from(trainingClass)
      .where(
        and(
          inArray(trainingClass.state, ['draft', 'open']),
          or(...roots.map((root) => like(path, `${root}%`))),
        ),
      )
      .orderBy(desc(startsOn), asc(id)),
  );
}

function demandSound(settings: ExamSettings): void {
  const [fault, ...also] = settingsFaults(settings);
  if (fault) throw refuse(fault, { also });
}

async function classFor(tx: Tx, actor: Actor, classId: string) {
  const [found] = await tx.select().from(trainingClass).where(eq(trainingClass.id, classId));
  if (!found || !mayKeepExam(actor, found.path)) throw refuse('class_unknown');
  return found;
}

function rowOf(settings: ExamSettings, path: string) {
  const notice = settings.notice.trim() || NOTICE_DEFAULT;
  return {
    ...settings,
    notice,
    path,
    divisionId: bankDivisionOf(path),
    totalScore: totalScoreOf(settings.blueprint),
  };
}

/** Makes an exam for a class, as a draft. Refuses with the faults of its settings or `class_unknown`. */
export async function createExam(actor: Actor, settings: ExamSettings, now: Date): Promise<{ id: string }> {
  demandSound(settings);
  const id = newId();
  const stream = `exam:${id}`;
  return await write(stream, async (tx) => {
    const { path } = await classFor(tx, actor, settings.classId);
    const row = rowOf(settings, path);
    await tx
      .insert(exam)
      .values({ id, ...row, state: 'draft', createdBy: actor.accountId ?? '', createdAt: now });
    await record(tx, {
      stream,
      kind: 'exam_created',
      actor,
      at: now,
      path,
      detail: { title: row.title, settings: row },
    });
    return { id };
  });
}

/** Changes a draft; what is published stands. */
export async function changeExam(actor: Actor, id: string, settings: ExamSettings, now: Date): Promise<void> {
  demandSound(settings);
  const stream = `exam:${id}`;
  await write(stream, async (tx) => {
    const before = await findKeptExam(actor, tx, id);
    if (before.state !== 'draft') throw refuse('exam_not_draft');
    const { path } = await classFor(tx, actor, settings.classId);
    const row = rowOf(settings, path);
    await tx
      .update(exam)
      .set(row)
      .where(and(eq(exam.id, id), eq(exam.state, 'draft')));
    await record(tx, { stream, kind: 'exam_changed', actor, at: now, path, detail: { settings: row } });
  });
}

/** Publishes a draft; refuses with all of {@link reasonsNotToPublish}, a bank that falls short among them. */
export async function publishExam(actor: Actor, id: string, now: Date): Promise<void> {
  const stream = `exam:${id}`;
  await write([stream, 'job:collect-attempts'], async (tx) => {
    const row = await findKeptExam(actor, tx, id);
    const feasibility = feasibilityOf(row.blueprint, await groupsInBank(actor, tx, row.divisionId));
    const reasons = reasonsNotToPublish(row, feasibility, now);
    if (reasons.length > 0) throw refuseFor(reasons);
    await tx
      .update(exam)
      .set({ state: 'published' })
      .where(and(eq(exam.id, id), eq(exam.state, 'draft')));
    await askForCollecting(actor, tx, now);
    const detail = { title: row.title, opensAt: row.opensAt.getTime(), closesAt: row.closesAt.getTime() };
    await record(tx, { stream, kind: 'exam_published', actor, at: now, path: row.path, detail });
  });
}

/** Cancels an exam nobody has started, with a reason the candidates' officer can be asked about. */
export async function cancelExam(actor: Actor, id: string, reason: string, now: Date): Promise<void> {
  if (Array.from(reason.trim()).length < 4) throw refuse('reason_missing');
  const stream = `exam:${id}`;
  await write(stream, async (tx) => {
    const row = await findKeptExam(actor, tx, id);
    if (row.state === 'cancelled') return;
    const started = await tx.$count(attempt, and(eq(attempt.examId, id), ne(attempt.state, 'void')));
    if (started > 0) throw refuse('exam_under_way');
    await tx
      .update(exam)
      .set({ state: 'cancelled' })
      .where(and(eq(exam.id, id), eq(exam.state, row.state)));
    const detail = { reason: reason.trim() };
    await record(tx, { stream, kind: 'exam_cancelled', actor, at: now, path: row.path, detail });
  });
}

/** Heads of an exam: persons enrolled, who started, who handed in, who passed (each person once). */
export type ExamCounts = { candidates: number; started: number; handedIn: number; passed: number };
export type ListedExam = ExamRow & { className: string; counts: ExamCounts };

export async function countExams(_system: Actor, db: Db, exams: ExamRow[]): Promise<Map<string, ExamCounts>> {
  const counts = new Map(exams.map(({ id }) => [id, { candidates: 0, started: 0, handedIn: 0, passed: 0 }]));
  if (exams.length === 0) return counts;
  const classIds = exams.map(({ classId }) => classId ?? '');
  const enrolled = await db
    .select({ classId: enrolment.classId, people: count() })
    .from(enrolment)
    .where(and(inArray(enrolment.classId, classIds), isNull(enrolment.withdrawnAt)))
    .groupBy(enrolment.classId);
  const people = (when: ReturnType<typeof sql>) =>
    sql<number>`count(distinct case when ${when} then ${attempt.personId} end)`;
  const sat = await db
    .select({
      examId: attempt.examId,
      started: sql<number>`count(distinct ${attempt.personId})`,
      handedIn: people(sql`${attempt.state} <> 'in_progress'`),
      passed: people(sql`${attempt.score} >= ${exam.passScore}`),
    })
    .from(attempt)
    .innerJoin(exam, eq(exam.id, attempt.examId))
    .where(
      and(
        inArray(
          attempt.examId,
          exams.map(({ id }) => id),
        ),
        ne(attempt.state, 'void'),
      ),
    )
    .groupBy(attempt.examId);
  for (const { id, classId } of exams) {
    const { started, handedIn, passed } = sat.find((row) => row.examId === id) ?? {
      started: 0,
      handedIn: 0,
      passed: 0,
    };
    const candidates = enrolled.find((row) => row.classId === classId)?.people ?? 0;
    counts.set(id, {
      candidates,
      started: Number(started),
      handedIn: Number(handedIn),
      passed: Number(passed),
    });
  }
  return counts;
}

/** The exams an actor watches, the latest first. */
export async function listExams(
  actor: Actor,
  { state, classId }: { state?: ExamState | undefined; classId?: string | undefined },
  page: number,
): Promise<PageOf<ListedExam>> {
  return await read(async (db) => {
    const visible = watchedBy(actor, db);
    if (visible === null) return { rows: [], total: 0, page, pageSize: PAGE_SIZE };
    const where = and(
      visible,
      state ? eq(exam.state, state) : undefined,
      classId ? eq(exam.classId, classId) : undefined,
    );
    const rows = await db
      .select({ exam, className: trainingClass.title })
      .from(exam)
      .innerJoin(trainingClass, eq(trainingClass.id, exam.classId))
      .where(where)
      .orderBy(desc(exam.opensAt), desc(exam.id))
      .limit(PAGE_SIZE)
      .offset((page - 1) * PAGE_SIZE);
    const counts = await countExams(
      actor,
      db,
      rows.map((row) => row.exam),
    );
    return {
      rows: rows.map((row) => ({ ...row.exam, className: row.className, counts: counts.get(row.exam.id)! })),
      total: await db.$count(exam, where),
      page,
      pageSize: PAGE_SIZE,
    };
  });
}

/** An exam for those who watch it: its counts and what the bank holds for it. */
export async function findExam(actor: Actor, id: string) {
  return await read(async (db) => {
    const row = await findWatchedExam(actor, db, id);
    const [of] = await db
      .select({ title: trainingClass.title })
      .from(trainingClass)
      .where(eq(trainingClass.id, row.classId ?? ''));
    if (!of) throw refuse('not_found');
    const feasibility = feasibilityOf(row.blueprint, await groupsInBank(actor, db, row.divisionId));
    const counts = (await countExams(actor, db, [row])).get(id)!;
    return { ...row, className: of.title, counts, feasibility, mayKeep: mayKeepExam(actor, row.path) };
  });
}
