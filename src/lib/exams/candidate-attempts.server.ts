import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { shownItem } from './attempt.ts';
import { refuse } from './copy.ts';
import { findAttemptRow, readAnswers, readPaper, receiptFor } from './marking.server.ts';
import { ownsAttempt } from './policy.ts';

/** The attempt as its candidate may see it while answering: no answers, explanations or sources. */
export async function readAttempt(actor: Actor, attemptId: string, now: Date) {
  return await read(async (db) => {
    const row = await findAttemptRow(actor, db, attemptId);
    if (!row || !ownsAttempt(actor, row.attempt)) throw refuse('not_found');
    const { attempt: own, exam: of } = row;
    const items = own.state === 'in_progress' ? await readPaper(actor, db, attemptId) : [];
    const answers = await readAnswers(actor, db, attemptId);
    const [who] = await db.select({ name: person.name }).from(person).where(eq(person.id, own.personId));
    return {
      id: own.id,
      examId: of.id,
      title: of.title,
      candidate: who?.name ?? '',
      state: own.state,
      startedAt: own.startedAt.getTime(),
      dueAt: own.dueAt.getTime(),
      graceSeconds: of.graceSeconds,
      isFree: own.lease === '',
      items: items.map(shownItem),
      answers: answers.map(({ slot, seq, answer, savedAt }) => ({
        slot,
        seq,
        answer,
        savedAt: savedAt.getTime(),
      })),
      serverNow: now.getTime(),
    };
  });
}

export type CandidateAttempt = Awaited<ReturnType<typeof readAttempt>>;

/** How an attempt came out, for its candidate; wrong answers with explanations when the exam shows them. */
export async function readOutcome(actor: Actor, attemptId: string) {
  return await read(async (db) => {
    const row = await findAttemptRow(actor, db, attemptId);
    if (!row || !ownsAttempt(actor, row.attempt)) throw refuse('not_found');
    const { attempt: own, exam: of } = row;
    if (own.state === 'in_progress') throw refuse('attempt_not_over');
    const answers = await readAnswers(actor, db, attemptId);
    const given = new Map(answers.map(({ slot, answer }) => [slot, answer]));
    const items = of.showReview && own.state !== 'void' ? await readPaper(actor, db, attemptId) : [];
    return {
      id: own.id,
      examId: of.id,
      title: of.title,
      state: own.state,
      startedAt: own.startedAt,
      submittedAt: own.submittedAt ?? own.dueAt,
      receipt: await receiptFor(actor, db, own),
      score: own.score ?? 0,
      totalScore: of.totalScore,
      passScore: of.passScore,
      passed: own.passed ?? false,
      byType: own.result?.byType ?? [],
      byTopic: own.result?.byTopic ?? [],
      showReview: of.showReview,
      wrong: items
        .filter((item) => given.get(item.slot) !== item.answer)
        .map((item) => ({ ...item, given: given.get(item.slot) ?? '' })),
    };
  });
}

export type CandidateOutcome = Awaited<ReturnType<typeof readOutcome>>;
