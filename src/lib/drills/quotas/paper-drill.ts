import type { Day } from '#lib/kernel/day.ts';

export const PAPER_STATES = ['entered', 'confirmed', 'refused'] as const;
export type PaperState = (typeof PAPER_STATES)[number];

export type PaperFault = 'paper_day_ahead' | 'paper_people_none' | 'paper_units_many';

/** Units a joint drill may count for. */
export const JOINT_UNITS_MAX = 60;

/** What is wrong with a drill somebody registers; one still to come belongs in the year's plan. */
export function paperFaults(facts: { heldOn: Day; people: number; units: number }, today: Day): PaperFault[] {
  const faults: PaperFault[] = [];
  if (facts.heldOn > today) faults.push('paper_day_ahead');
  if (facts.people < 1) faults.push('paper_people_none');
  if (facts.units > JOINT_UNITS_MAX) faults.push('paper_units_many');
  return faults;
}

export type DecideFacts = {
  state: PaperState;
  enteredBy: string;
  /** The person behind the account that registered it, if there is one. */
  enteredByPerson: string | null;
  hasSheet: boolean;
  hasReport: boolean;
};
export type DecideFault =
  'paper_decided' | 'paper_own' | 'paper_sheet_missing' | 'paper_report_missing' | 'reason_missing';

const REASON_LENGTH_MIN = 4;
export function isReason(text: string): boolean {
  return [...text.trim()].length >= REASON_LENGTH_MIN;
}

/**
 * Why somebody cannot confirm or refuse: decided already, their own entry (by account or by person), scan
 * of sheet or report missing; a refusal needs a reason.
 */
export function reasonsNotToDecide(
  facts: DecideFacts,
  decider: { accountId: string | null; personId: string | null },
  decision: { verdict: 'confirmed' | 'refused'; reason: string },
): DecideFault[] {
  const faults: DecideFault[] = [];
  const isSamePerson = decider.personId !== null && decider.personId === facts.enteredByPerson;
  if (facts.state !== 'entered') faults.push('paper_decided');
  if (decider.accountId === facts.enteredBy || isSamePerson) faults.push('paper_own');
  if (decision.verdict === 'confirmed' && !facts.hasSheet) faults.push('paper_sheet_missing');
  if (decision.verdict === 'confirmed' && !facts.hasReport) faults.push('paper_report_missing');
  if (decision.verdict === 'refused' && !isReason(decision.reason)) faults.push('reason_missing');
  return faults;
}
