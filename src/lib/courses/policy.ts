import { covers, isWithin, subtreesOf, type Actor } from '#lib/kernel/actor.ts';
import type { CourseState } from './course.ts';

/** Where somebody belongs: the places of current posts. Roles add the places they are held in. */
export type Places = readonly string[];

type CoursePlace = { path: string; state: CourseState; isPublic: boolean };

/** Writing, publishing and withdrawing: the bureau of the course's place. */
export function mayKeepCourse(actor: Actor, path: string): boolean {
  return covers(actor, path, 'bureau');
}

/** The subtrees whose courses an actor keeps. */
export function courseSubtrees(actor: Actor): string[] {
  return subtreesOf(actor, 'bureau');
}

/** A published course is for everybody with a post or a role below its place; a public one for all. */
export function maySeeCourse(actor: Actor, places: Places, course: CoursePlace): boolean {
  if (mayKeepCourse(actor, course.path)) return true;
  if (course.state !== 'published') return false;
  return course.isPublic || standpoints(actor, places).some((path) => isWithin(path, course.path));
}

/** The list face of {@link maySeeCourse}: places whose published courses reach the actor. */
export function coursePlacesAbove(actor: Actor, places: Places): string[] {
  return [...new Set(standpoints(actor, places).flatMap(placesAbove))];
}

function standpoints(actor: Actor, places: Places): string[] {
  return [...places, ...actor.grants.map((grant) => grant.path)];
}

/** `/41/4114/` → `/41/`, `/41/4114/` */
export function placesAbove(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}/`);
}

/** Credit by hand is the bureau's alone, with a reason. */
export function mayAdjustCredit(actor: Actor, personPath: string): boolean {
  return covers(actor, personPath, 'bureau');
}
