import { daysBetween, type Day } from '#lib/kernel/day.ts';

export const OUTSIDE_STATE_NAMES = ['entered', 'confirmed', 'refused'] as const;
export type OutsideState = (typeof OUTSIDE_STATE_NAMES)[number];

/** Training done elsewhere, as somebody entered it. */
export type OutsideFacts = { fromOn: Day; toOn: Day; halfDays: number };

export type OutsideFault = 'days_backwards' | 'days_ahead' | 'half_days_none' | 'half_days_many';

/** A day has two halves: more than that cannot have been attended between two dates. */
export function halfDaysMax(facts: { fromOn: Day; toOn: Day }): number {
  return (daysBetween(facts.fromOn, facts.toOn) + 1) * 2;
}

/** What is wrong with the dates and the length; training still to come is not registered. */
export function outsideFaults(facts: OutsideFacts, today: Day): OutsideFault[] {
  const faults: OutsideFault[] = [];
  if (facts.toOn < facts.fromOn) return ['days_backwards'];
  if (facts.toOn > today) faults.push('days_ahead');
  if (!Number.isInteger(facts.halfDays) || facts.halfDays < 1) faults.push('half_days_none');
  if (facts.halfDays > halfDaysMax(facts)) faults.push('half_days_many');
  return faults;
}

export type DecideFacts = {
  state: OutsideState;
  enteredBy: string;
  /** The person behind the account that entered it, if there is one. */
  enteredByPerson: string | null;
  people: number;
  hasSheet: boolean;
};

export type DecideFault =
  'outside_decided' | 'outside_own' | 'outside_empty' | 'outside_sheet_missing' | 'outside_reason_missing';

/**
 * Why somebody cannot confirm or refuse: it is decided already, it is their own entry (by account or by
 * person), nobody is on it, the scanned sheet is missing; a refusal needs a reason.
 */
export function reasonsNotToDecide(
  facts: DecideFacts,
  decider: { accountId: string | null; personId: string | null },
  decision: { verdict: 'confirmed' | 'refused'; reason: string },
): DecideFault[] {
  const faults: DecideFault[] = [];
  const samePerson = decider.personId !== null && decider.personId === facts.enteredByPerson;
  if (facts.state !== 'entered') faults.push('outside_decided');
  if (decider.accountId === facts.enteredBy || samePerson) faults.push('outside_own');
  if (decision.verdict === 'confirmed' && facts.people === 0) faults.push('outside_empty');
  if (decision.verdict === 'confirmed' && !facts.hasSheet) faults.push('outside_sheet_missing');
  if (decision.verdict === 'refused' && [...decision.reason.trim()].length < 4)
    faults.push('outside_reason_missing');
  return faults;
}
