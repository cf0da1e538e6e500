import { covers, subtreesOf, type Actor } from '#lib/kernel/actor.ts';

/** What a decision about a drill, a plan or a script has to know. */
export type DrillPlace = { path: string };

/** Writing scripts, planning and directing drills: the bureau of the place and its drill directors. */
export function mayKeepDrills(actor: Actor, { path }: DrillPlace): boolean {
  return covers(actor, path, 'bureau', 'drill_director');
}

/** Reading announced drills and published scripts' titles: also the townships below, evaluators of the place. */
export function maySeeDrill(actor: Actor, place: DrillPlace): boolean {
  return mayKeepDrills(actor, place);
}

/** The list face of {@link maySeeDrill}: subtrees of the division tree. */
export function drillScope(actor: Actor): string[] {
  return subtreesOf(actor, 'bureau', 'drill_director');
}

/** Whether the pages of scripts and drills are for the actor at all. */
export function mayEnterDrills(actor: Actor): boolean {
  return drillScope(actor).length > 0;
}
