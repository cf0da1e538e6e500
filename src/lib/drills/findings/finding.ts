import type { Day } from '#lib/kernel/day.ts';
import { stateAfter, type FindingMove, type FindingState } from './finding.machine.ts';

/** 预案, 组织, 人员, 机制, 保障: the five purposes of a drill, each of which may show a fault. */
export const FINDING_KINDS = ['plan', 'organization', 'people', 'mechanism', 'support'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/**
 * 不足项 must be tried again, 整改项 is put right before the unit's next drill, 改进项 is optional: the
 * three levels of textbooks, in no standard at hand.
 */
export const SEVERITIES = ['deficiency', 'correction', 'improvement'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a decision about a finding has to know. */
export type FindingFacts = {
  state: FindingState;
  severity: Severity;
  needsPlanRevision: boolean;
  planVersionId: string | null;
  revisionWaivedBy: string | null;
  submittedBy: string | null;
  verifiedBy: string | null;
  retestRunId: string | null;
};

/** What somebody asks to do, and what comes with it. */
export type Asked = {
  move: FindingMove;
  /** The account that asks. */
  by: string;
  /** What was done, why it is waived, returned or opened again. */
  text: string;
  /** Who signed the waiver. */
  signer: string;
  proofs: number;
};

export type FindingReason =
  | 'finding_moved'
  | 'remedy_missing'
  | 'proof_missing'
  | 'verifier_submitted'
  | 'retest_missing'
  | 'revision_unsettled'
  | 'reason_missing'
  | 'signer_missing';

/** All reasons that stand against a move; none when it may be done. */
export function reasonsNotToMove(facts: FindingFacts, asked: Asked): FindingReason[] {
  const { move, by, text, signer, proofs } = asked;
  const reasons: FindingReason[] = [];
  if (stateAfter(facts.state, move) === null) reasons.push('finding_moved');
  if (move === 'SUBMIT' && text === '') reasons.push('remedy_missing');
  if (move === 'SUBMIT' && proofs === 0) reasons.push('proof_missing');
  // Whoever did it cannot also find that it was done well.
  if (move === 'VERIFY' && facts.submittedBy === by) reasons.push('verifier_submitted');
  if (move === 'CLOSE' && facts.severity === 'deficiency' && facts.retestRunId === null)
    reasons.push('retest_missing');
  if (move === 'CLOSE' && !isRevisionSettled(facts)) reasons.push('revision_unsettled');
  if ((move === 'RETURN' || move === 'REOPEN' || move === 'WAIVE') && text === '')
    reasons.push('reason_missing');
  if (move === 'WAIVE' && signer === '') reasons.push('signer_missing');
  return reasons;
}

/** A problem of the plan led to another version of it, or somebody signed that it does not. */
export function isRevisionSettled({
  needsPlanRevision,
  planVersionId,
  revisionWaivedBy,
}: Pick<FindingFacts, 'needsPlanRevision' | 'planVersionId' | 'revisionWaivedBy'>): boolean {
  return !needsPlanRevision || planVersionId !== null || revisionWaivedBy !== null;
}

/** States in which nobody has anything left to do. */
export const SETTLED: readonly FindingState[] = ['closed', 'waived'];

/** Past its day and not settled; what waits for verification is late for the verifier, not for the unit. */
export function isOverdue({ state, dueOn }: { state: FindingState; dueOn: Day }, today: Day): boolean {
  return dueOn < today && !SETTLED.includes(state) && state !== 'submitted' && state !== 'verified';
}

/** Moves of the unit that has to put it right; the others are of those who keep drills. */
export const MOVES_OF_UNIT: readonly FindingMove[] = ['ACCEPT', 'BEGIN', 'SUBMIT'];
