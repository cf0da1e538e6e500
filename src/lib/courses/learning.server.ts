import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { write, type Tx } from '#lib/server/db/open.ts';
import { course, lesson, lessonProgress } from '#lib/server/db/schema/courses.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { refuse } from './copy.ts';
import {
  begunPlay,
  confirmed,
  pinged,
  settled,
  stateOf,
  type Play,
  type Played,
  type PlayState,
} from './learning.ts';
import { creditedMsMax, missingFor, requiredMs, type Missing } from './lesson.ts';
import {
  liveStudy,
  playOf,
  saveCredit,
  savePlay,
  saveProgress,
  type ProgressRow,
  type Study,
} from './learning-rows.server.ts';
import { listPlaces } from './places.server.ts';
import { maySeeCourse } from './policy.ts';
import type { QuizVerdict } from './quiz.ts';
import { markedTry } from './tries.ts';

/** A play that pinged so recently was still running when another took over. */
const TAKE_OVER_MS = 60_000;

type LessonRow = typeof lesson.$inferSelect;

/** What the page shows after each call: never when the next prompt is due. */
export type LearningState = {
  state: PlayState;
  creditedMs: number;
  requiredMs: number;
  /** Milliseconds left to answer the open prompt; null: none is open. */
  answerWithinMs: number | null;
  takenBackMs: number;
  missing: Missing[];
  completed: boolean;
};

type Scene = { tx: Tx; actor: Actor; personId: string; now: Date };

/** Runs a learner's command on a lesson that the learner sees. Refused: 403 no person, 404 not visible. */
async function study<T>(
  actor: Actor,
  lessonId: string,
  now: Date,
  work: (scene: Scene, study: Study) => Promise<T>,
): Promise<T> {
  const { personId } = actor;
  if (personId === null) throw refuse('person_missing');
  return await write(`person:${personId}`, async (tx) => {
    const [found] = await tx
      .select({ of: course, row: lesson })
      .from(lesson)
      .innerJoin(course, eq(course.id, lesson.courseId))
      .where(eq(lesson.id, lessonId));
    if (!found || !maySeeCourse(actor, await listPlaces(actor, tx, now), found.of)) throw refuse('not_found');
    const scene = { tx, actor, personId, now };
    return await work(scene, { ...found, progress: await openedProgress(scene, found.row) });
  });
}

async function openedProgress({ tx, personId, now }: Scene, row: LessonRow): Promise<ProgressRow> {
  const fresh: ProgressRow = {
    personId,
    lessonId: row.id,
    courseId: row.courseId,
    creditedMs: 0,
    position: 0,
    reachedEndAt: null,
    quizTries: 0,
    quizPassedAt: null,
    completedAt: null,
    openedAt: now,
    seenAt: now,
  };
  const [known] = await tx
    .insert(lessonProgress)
    .values(fresh)
    .onConflictDoUpdate({ target: [lessonProgress.personId, lessonProgress.lessonId], set: { seenAt: now } })
    .returning();
  return known ?? fresh;
}

const terms = ({ of, row }: Study) => ({ minutes: row.minutes, timed: of.timed, questions: row.quiz.length });

/** Stores how far somebody is, and completes the lesson when nothing is missing any more. */
async function keepProgress(scene: Scene, of: Study, change: Partial<ProgressRow>): Promise<ProgressRow> {
  const { tx, actor, personId, now } = scene;
  const progress = { ...of.progress, ...change, seenAt: now };
  const completes = progress.completedAt === null && missingFor(terms(of), progress).length === 0;
  if (completes) progress.completedAt = now;
  if (!completes && change.reachedEndAt === undefined && change.quizTries === undefined)
    await saveCredit(tx, progress);
  else await saveProgress(tx, progress);
  if (completes) {
    const { id: lessonId, title, creditHundredths } = of.row;
    const [who] = await tx.select({ path: person.path }).from(person).where(eq(person.id, personId));
    await record(tx, {
      stream: `person:${personId}`,
      kind: 'lesson_completed',
      actor,
      at: now,
      path: who?.path ?? of.of.path,
      detail: { personId, lessonId, heldOn: dayOf(now), title: `${of.of.title}·${title}`, creditHundredths },
    });
  }
  return progress;
}

function stateAfter(of: Study, progress: ProgressRow, played: Played | null, now: Date): LearningState {
  const until = played?.play.promptUntil ?? null;
  return {
    state: played ? stateOf(played.play, now) : 'playing',
    creditedMs: progress.creditedMs,
    requiredMs: of.of.timed ? requiredMs(of.row.minutes) : 0,
    answerWithinMs: until && until.getTime() >= now.getTime() ? until.getTime() - now.getTime() : null,
    takenBackMs: played?.takenBackMs ?? 0,
    missing: progress.completedAt ? [] : missingFor(terms(of), progress),
    completed: progress.completedAt !== null,
  };
}

/**
 * Opens a lesson for learning. In a timed course this device becomes the one that plays: another one is
 * told so at its next ping. `tookOver` says that there was one within the last minute.
 * Refused: 403 `person_missing`, 404.
 */
export async function openLesson(
  actor: Actor,
  lessonId: string,
  now: Date,
  draw: () => number = Math.random,
): Promise<LearningState & { playId: string; position: number; tookOver: boolean }> {
  const playId = newId();
  const random = draw();
  return await study(actor, lessonId, now, async (scene, of) => {
    const { position } = of.progress;
    if (!of.of.timed) return { ...stateAfter(of, of.progress, null, now), playId, position, tookOver: false };
    const before = await settlePlay(scene);
    const play = begunPlay(before, { playId, lessonId }, now, random);
    await savePlay(scene.tx, scene.personId, play);
    const progress = await openedProgress(scene, of.row);
    const played = { play, creditedMs: progress.creditedMs, state: 'playing' as const, takenBackMs: 0 };
    const tookOver = before !== null && now.getTime() - before.pingedAt.getTime() < TAKE_OVER_MS;
    return { ...stateAfter(of, progress, played, now), playId, position, tookOver };
  });
}

/** Takes back what a missed prompt of the live play costs, in whatever lesson that was; answers the play. */
async function settlePlay({ tx, actor, personId, now }: Scene): Promise<Play | null> {
  const play = await playOf(tx, personId);
  if (!play) return null;
  const [progress] = await tx
    .select()
    .from(lessonProgress)
    .where(and(eq(lessonProgress.personId, personId), eq(lessonProgress.lessonId, play.lessonId)));
  if (!progress || progress.completedAt) return play;
  const after = settled(play, progress.creditedMs, now);
  if (after.takenBackMs === 0) return play;
  await savePlay(tx, personId, after.play);
  await saveProgress(tx, { ...progress, creditedMs: after.creditedMs });
  await tellTakenBack({ tx, actor, personId, now }, play.lessonId, after.takenBackMs);
  return after.play;
}

async function tellTakenBack(
  { tx, actor, personId, now }: Scene,
  lessonId: string,
  takenBackMs: number,
): Promise<void> {
  const [who] = await tx.select({ path: person.path }).from(person).where(eq(person.id, personId));
  const detail = { lessonId, takenBackMs };
  const stream = `person:${personId}`;
  await record(tx, {
    stream,
    kind: 'learning_time_withdrawn',
    actor,
    at: now,
    path: who?.path ?? '/',
    detail,
  });
}

/**
 * One ping of a timed lesson: credits the server's own time since the last (at most 15 s). Refused: 409
 * `played_elsewhere` when another device or page has taken over, also for a play id that never was.
 */
export async function pingLesson(
  actor: Actor,
  lessonId: string,
  ping: { playId: string; position: number },
  now: Date,
): Promise<LearningState> {
  return await onPlay(actor, lessonId, ping, now, (play, of) =>
    pinged(play, of.progress.creditedMs, creditedMsMax(of.row.minutes), now),
  );
}

/** Answers “are you still learning”. In time, what was credited stands; too late, it was taken back. */
export async function confirmPresence(
  actor: Actor,
  lessonId: string,
  ping: { playId: string },
  now: Date,
  draw: () => number = Math.random,
): Promise<LearningState> {
  const random = draw();
  return await onPlay(actor, lessonId, ping, now, (play, of) =>
    confirmed(play, of.progress.creditedMs, now, random),
  );
}

async function onPlay(
  actor: Actor,
  lessonId: string,
  ping: { playId: string; position?: number },
  now: Date,
  decide: (play: Play, of: Study) => Played,
): Promise<LearningState> {
  const { personId } = actor;
  if (personId === null) throw refuse('person_missing');
  return await write(`person:${personId}`, async (tx) => {
    const play = await playOf(tx, personId);
    if (!play || play.playId !== ping.playId || play.lessonId !== lessonId) throw refuse('played_elsewhere');
    const of = await liveStudy(tx, personId, lessonId);
    // Withdrawn or deleted while it was being learned: nothing counts any more.
    if (!of || of.of.state !== 'published') throw refuse('not_found');
    const scene = { tx, actor, personId, now };
    // A completed lesson cannot change any more, whatever a prompt would take back.
    if (of.progress.completedAt) return stateAfter(of, of.progress, null, now);
    const played = decide(play, of);
    await savePlay(tx, personId, played.play);
    const position = ping.position ?? of.progress.position;
    const progress = await keepProgress(scene, of, { creditedMs: played.creditedMs, position });
    if (played.takenBackMs > 0) await tellTakenBack(scene, lessonId, played.takenBackMs);
    return stateAfter(of, progress, played, now);
  });
}

/** Remembers where to resume in an untimed lesson: per mille of an article, seconds, or a page. */
export async function keepPosition(
  actor: Actor,
  lessonId: string,
  position: number,
  now: Date,
): Promise<LearningState> {
  return await study(actor, lessonId, now, async (scene, of) => {
    const progress = await keepProgress(scene, of, { position });
    return stateAfter(of, progress, null, now);
  });
}

/** The learner has read to the end. Completes an untimed lesson that has no quiz, or whose quiz is passed. */
export async function reachEnd(actor: Actor, lessonId: string, now: Date): Promise<LearningState> {
  return await study(actor, lessonId, now, async (scene, of) => {
    const reachedEndAt = of.progress.reachedEndAt ?? now;
    const progress = await keepProgress(scene, of, { reachedEndAt });
    return stateAfter(of, progress, null, now);
  });
}

export type QuizOutcome = {
  passed: boolean;
  right: number;
  verdicts: QuizVerdict[];
  state: LearningState | null;
};

/** Marks and keeps a try at the quiz; tries are unlimited. Refused: 400 `quiz_incomplete`, 409, 404. */
export async function answerQuiz(
  actor: Actor,
  lessonId: string,
  answers: readonly string[],
  now: Date,
): Promise<QuizOutcome> {
  return await study(actor, lessonId, now, async (scene, of) => {
    const marked = markedTry(of.row.quiz, answers);
    if (of.of.timed) {
      await settlePlay(scene);
      of.progress = await openedProgress(scene, of.row);
    }
    await tellTry(scene, of, marked);
    const progress = await keepProgress(scene, of, {
      quizTries: of.progress.quizTries + 1,
      quizPassedAt: of.progress.quizPassedAt ?? (marked.passed ? now : null),
    });
    return { ...marked, state: stateAfter(of, progress, null, now) };
  });
}

async function tellTry(
  { tx, actor, personId, now }: Scene,
  of: Study,
  marked: { right: number },
): Promise<void> {
  const [who] = await tx.select({ path: person.path }).from(person).where(eq(person.id, personId));
  const detail = { lessonId: of.row.id, right: marked.right, questions: of.row.quiz.length };
  const stream = `person:${personId}`;
  await record(tx, { stream, kind: 'quiz_answered', actor, at: now, path: who?.path ?? of.of.path, detail });
}
