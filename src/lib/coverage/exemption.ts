import type { Actor } from '#lib/kernel/actor.ts';
import { isReason } from './adoption.ts';
import type { Strength } from './rule.ts';

export type ExemptionState = 'asked' | 'approved' | 'refused' | 'withdrawn';

export type AskReason = 'rule_hard' | 'rule_not_for_person' | 'exemption_exists' | 'reason_missing';

/** Everything that speaks against asking for an exemption; 原则上 rules only, and one request at a time. */
export function reasonsNotToAsk(
  rule: { strength: Strength },
  person: { fallsUnder: boolean; previous: ExemptionState | null },
  reason: string,
): AskReason[] {
  const reasons: AskReason[] = [];
  if (rule.strength !== 'soft') reasons.push('rule_hard');
  if (!person.fallsUnder) reasons.push('rule_not_for_person');
  if (person.previous === 'asked' || person.previous === 'approved') reasons.push('exemption_exists');
  if (!isReason(reason)) reasons.push('reason_missing');
  return reasons;
}

export type DecideReason = 'exemption_decided' | 'approver_same';

/** Everything that speaks against deciding a request: who asked never approves. */
export function reasonsNotToDecide(
  exemption: { state: ExemptionState; askedBy: string },
  actor: Pick<Actor, 'accountId'>,
): DecideReason[] {
  const reasons: DecideReason[] = [];
  if (exemption.state !== 'asked') reasons.push('exemption_decided');
  if (exemption.askedBy === actor.accountId) reasons.push('approver_same');
  return reasons;
}

/** Whether a request or an approval can still be taken back. */
export function isWithdrawable(state: ExemptionState): boolean {
  return state === 'asked' || state === 'approved';
}

const STATES: readonly string[] = ['asked', 'approved', 'refused', 'withdrawn'] satisfies ExemptionState[];

export function isExemptionState(text: string | null): text is ExemptionState {
  return text !== null && STATES.includes(text);
}
