import { covers, hasRole, isWithin, subtreesOf, type Actor } from '#lib/kernel/actor.ts';
import { placesAbove } from '#lib/courses/policy.ts';
import type { ClassState } from './training-class.machine.ts';

/** What a decision about a class has to know. */
export type ClassPlace = {
  path: string;
  state: ClassState;
  /** Accounts that teach it. */
  instructors: readonly string[];
};

/** Planning, opening and finishing a class: the bureau of its place. */
export function mayKeepClass(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

function teaches(actor: Actor, of: ClassPlace): boolean {
  return actor.accountId !== null && hasRole(actor, 'instructor') && of.instructors.includes(actor.accountId);
}

/** Sign-in, tick list, leave, spot check: the bureau, and the class's own instructors. */
export function mayRunClass(actor: Actor, of: ClassPlace): boolean {
  return mayKeepClass(actor, of.path) || teaches(actor, of);
}

/** A township officer below the class's place sees it once it is open, with the own people in it. */
function officerBelow(actor: Actor, of: ClassPlace): boolean {
  return (
    of.state !== 'draft' && subtreesOf(actor, 'township_officer').some((path) => isWithin(path, of.path))
  );
}

/** Whether the office pages of a class are there for the actor. */
export function maySeeClass(actor: Actor, of: ClassPlace): boolean {
  return mayRunClass(actor, of) || officerBelow(actor, of);
}

/** The list face of {@link maySeeClass}. */
export function classScope(actor: Actor): { kept: string[]; reaching: string[]; teacher: string | null } {
  return {
    kept: subtreesOf(actor, 'bureau'),
    reaching: [...new Set(subtreesOf(actor, 'township_officer').flatMap(placesAbove))],
    teacher: hasRole(actor, 'instructor') ? actor.accountId : null,
  };
}

/** The subtrees whose people an actor may enrol into a class; empty: none. */
export function enrolmentSubtrees(actor: Actor, of: ClassPlace): string[] {
  const kept = mayKeepClass(actor, of.path) ? [of.path] : [];
  const own = subtreesOf(actor, 'township_officer').filter((path) => isWithin(path, of.path));
  return kept.length > 0 ? kept : of.state === 'open' ? own : [];
}

/** The subtrees whose people an actor sees on a class's lists: all for those who run it. */
export function listedSubtrees(actor: Actor, of: ClassPlace): string[] {
  if (mayRunClass(actor, of)) return ['/'];
  return officerBelow(actor, of) ? subtreesOf(actor, 'township_officer') : [];
}

/** Training elsewhere is entered and decided by those who keep a place's people. */
export function mayRegisterOutside(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau', 'township_officer');
}

export function outsideSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, 'bureau', 'township_officer');
}
