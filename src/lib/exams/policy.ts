import { covers, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

const KEEPERS = ['bureau', 'exam_officer'] as const;

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

/** What a decision about watching an exam has to know. */
export type ExamPlace = {
  path: string;
  /** Accounts assigned to it. */
  invigilators: readonly string[];
};

/**
 * Who sees the board of an exam (who has started, handed in, is absent) and may add time to it: its
 * officers, and the invigilators assigned to it. Being an invigilator of the place alone shows nothing.
 */
export function mayWatchExam(actor: Actor, exam: ExamPlace): boolean {
  return (
    mayKeepExam(actor, exam.path) ||
    (actor.accountId !== null &&
      covers(actor, exam.path, 'invigilator') &&
      exam.invigilators.includes(actor.accountId))
  );
}

/** The list face of {@link mayWatchExam}: subtrees kept, and where the assigned exams may lie. */
export function examScope(actor: Actor): {
  kept: string[];
  assigned: { accountId: string; subtrees: string[] } | null;
} {
  const subtrees = subtreesOf(actor, 'invigilator');
  const assigned =
    actor.accountId !== null && subtrees.length > 0 ? { accountId: actor.accountId, subtrees } : null;
  return { kept: subtreesOf(actor, ...KEEPERS), assigned };
}

/** An attempt belongs to the person of the session, never to one named in a request. */
export function ownsAttempt(actor: Actor, attempt: { personId: string }): boolean {
  return actor.personId !== null && actor.personId === attempt.personId;
}

/** Whether there is any bank for the actor to open. */
export function mayEnterBank(actor: Actor): boolean {
  return bankSubtrees(actor).length > 0;
}

/** Whether there can be exams for the actor to watch; making them takes {@link mayEnterBank}. */
export function mayEnterExams(actor: Actor): boolean {
  return subtreesOf(actor, ...KEEPERS, 'invigilator').length > 0;
}
