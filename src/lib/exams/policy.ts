import { covers, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

const KEEPERS = ['bureau', 'exam_officer'] as const;
const WATCHERS = ['bureau', 'exam_officer', 'invigilator'] as const;

/** Who reads and changes the question bank of a place. */
export function mayKeepBank(actor: Actor, path: string): boolean {
  return covers(actor, path, ...KEEPERS);
}

export function bankSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...KEEPERS);
}

/** Who makes exams for the classes of a place, and sees their results. */
export function mayKeepExam(actor: Actor, path: string): boolean {
  return covers(actor, path, ...KEEPERS);
}

/** Who sees the board of an exam: who has started, handed in, is absent. */
export function mayWatchExam(actor: Actor, path: string): boolean {
  return covers(actor, path, ...WATCHERS);
}

/** The subtrees whose exams an actor may list (an invigilator sees them, but not the results). */
export function examSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, ...WATCHERS);
}

/** An attempt belongs to the person of the session, never to one named in a request. */
export function ownsAttempt(actor: Actor, attempt: { personId: string }): boolean {
  return actor.personId !== null && actor.personId === attempt.personId;
}

/** Whether there is any bank for the actor to open. */
export function mayEnterBank(actor: Actor): boolean {
  return bankSubtrees(actor).length > 0;
}

/** Whether there are exams for the actor to watch; making them takes {@link mayEnterBank}. */
export function mayEnterExams(actor: Actor): boolean {
  return examSubtrees(actor).length > 0;
}
