import { isDay, type Day } from '#lib/kernel/day.ts';

export type AdoptionReason =
  'adoption_level' | 'document_number_missing' | 'day_bad' | 'pack_over' | 'pack_adopted';

const DOCUMENT_NUMBER_LENGTH_MIN = 4;
/** Rules are adopted by governments that have a bureau; a township follows its county. */
const ADOPTING_LEVELS = ['province', 'city', 'county'];

export type Adoption = { path: string; fromOn: Day; untilOn: Day | null };

/** Everything that speaks against adopting a pack for a place; empty when nothing does. */
export function reasonsNotToAdopt(
  pack: { untilOn: Day | null; adoptions: readonly Adoption[] },
  place: { level: string; path: string },
  act: { documentNumber: string; fromOn: string },
): AdoptionReason[] {
  const reasons: AdoptionReason[] = [];
  if (!ADOPTING_LEVELS.includes(place.level)) reasons.push('adoption_level');
  if (Array.from(act.documentNumber.trim()).length < DOCUMENT_NUMBER_LENGTH_MIN)
    reasons.push('document_number_missing');
  if (!isDay(act.fromOn)) return [...reasons, 'day_bad'];
  if (pack.untilOn !== null && pack.untilOn < act.fromOn) reasons.push('pack_over');
  if (pack.adoptions.some((known) => place.path.startsWith(known.path) && isOpenAt(known, act.fromOn)))
    reasons.push('pack_adopted');
  return reasons;
}

function isOpenAt(adoption: Adoption, day: Day): boolean {
  return adoption.untilOn === null || adoption.untilOn >= day;
}

export type WithdrawalReason = 'adoption_ended' | 'day_bad' | 'day_before_adoption' | 'reason_missing';
const REASON_LENGTH_MIN = 4;

export function isReason(text: string): boolean {
  return Array.from(text.trim()).length >= REASON_LENGTH_MIN;
}

/** Everything that speaks against ending an adoption on a day (its last day). */
export function reasonsNotToWithdraw(
  adoption: Adoption,
  act: { untilOn: string; reason: string },
): WithdrawalReason[] {
  const reasons: WithdrawalReason[] = [];
  if (adoption.untilOn !== null) reasons.push('adoption_ended');
  if (!isReason(act.reason)) reasons.push('reason_missing');
  if (!isDay(act.untilOn)) reasons.push('day_bad');
  else if (act.untilOn < adoption.fromOn) reasons.push('day_before_adoption');
  return reasons;
}
