import {
  reasonsNotToAdopt as reasonsInGeneral,
  type Adoption,
  type AdoptionReason,
} from '#lib/coverage/adoption.ts';
import type { Day } from '#lib/kernel/day.ts';

export type DrillAdoptionReason = AdoptionReason | 'count_missing';

/** The most drills a bureau may ask of a unit in a period. */
export const COUNT_MAX = 12;

/**
 * What speaks against adopting a pack of drill rules: what speaks against any pack, and a rule that leaves
 * its number to the bureau without one from 1 to {@link COUNT_MAX}.
 */
export function reasonsNotToAdopt(
  pack: { untilOn: Day | null; adoptions: readonly Adoption[]; open: readonly string[] },
  place: { level: string; path: string },
  act: { documentNumber: string; fromOn: string; counts: Readonly<Record<string, number>> },
): DrillAdoptionReason[] {
  const isGiven = (rule: string) => {
    const count = act.counts[rule] ?? 0;
    return Number.isInteger(count) && count >= 1 && count <= COUNT_MAX;
  };
  return [
    ...reasonsInGeneral(pack, place, act),
    ...(pack.open.every(isGiven) ? [] : (['count_missing'] as const)),
  ];
}
