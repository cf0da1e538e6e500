import type { Day } from '#lib/kernel/day.ts';
import type {
  PlanBasis,
  ActionCard,
  PlanContact,
  PlanDuty,
  PlanParameter,
  PlanResponseLevel,
} from '#lib/server/db/schema/drills.ts';

export type { PlanBasis, ActionCard, PlanContact, PlanDuty, PlanParameter, PlanResponseLevel };

export const PLAN_KINDS = ['overall', 'special', 'department', 'township', 'village', 'site'] as const;
export type PlanKind = (typeof PLAN_KINDS)[number];

export const PLAN_EVENT_TYPES = [
  'all',
  'flood',
  'geological',
  'forest_fire',
  'hazmat',
  'mine_flood',
  'building_fire',
  'earthquake',
  'other',
] as const;

/** One numbered piece of a plan; `no` is what people cite, `depth` 1 is a chapter. */
export type ClauseText = { no: string; title: string; body: string; depth: number };

/** Everything a version of a plan says. */
export type PlanText = {
  clauses: ClauseText[];
  responses: PlanResponseLevel[];
  duties: PlanDuty[];
  contacts: PlanContact[];
  cards: ActionCard[];
  basis: PlanBasis[];
};

/** How drills came out for one clause. `lastVerifiedOn` is the last day on which it was met. */
export type ClauseTrials = { drilled: number; failed: number; lastVerifiedOn: Day | null };

export type Trial = { clauseNo: string; met: boolean; heldOn: Day };

/** The figures of each clause that was ever drilled, by its number. */
export function trialsByClause(trials: readonly Trial[]): Map<string, ClauseTrials> {
  const figures = new Map<string, ClauseTrials>();
  for (const { clauseNo, met, heldOn } of trials) {
    const so = figures.get(clauseNo) ?? { drilled: 0, failed: 0, lastVerifiedOn: null };
    const later = met && (so.lastVerifiedOn === null || heldOn > so.lastVerifiedOn);
    figures.set(clauseNo, {
      drilled: so.drilled + 1,
      failed: so.failed + (met ? 0 : 1),
      lastVerifiedOn: later ? heldOn : so.lastVerifiedOn,
    });
  }
  return figures;
}

/** Clauses that hold text of their own or stand at the end of a branch: what can be cited and drilled. */
export function citable(clauses: readonly ClauseText[]): ClauseText[] {
  return clauses.filter((clause, at) => clause.body !== '' || (clauses[at + 1]?.depth ?? 0) <= clause.depth);
}

/** What is shown where a local value is still missing. */
export const BLANK = '＿＿＿＿';

export type ClauseDoubt = 'no_missing' | 'no_twice' | 'nothing_said' | 'depth_jumps' | 'title_long' | 'blank';

/** What somebody should look at in each clause before the plan is put in force; one list a clause. */
export function clauseDoubts(clauses: readonly ClauseText[]): ClauseDoubt[][] {
  const counts = new Map<string, number>();
  for (const { no } of clauses) counts.set(no, (counts.get(no) ?? 0) + 1);
  return clauses.map((clause, at) => {
    const doubts: ClauseDoubt[] = [];
    const next = clauses[at + 1]?.depth ?? 0;
    if (clause.no === '') doubts.push('no_missing');
    else if (counts.get(clause.no)! > 1) doubts.push('no_twice');
    if (clause.body === '' && next <= clause.depth) doubts.push('nothing_said');
    if (clause.depth > (clauses[at - 1]?.depth ?? 0) + 1) doubts.push('depth_jumps');
    if (Array.from(clause.title).length > 40) doubts.push('title_long');
    if (`${clause.title}${clause.body}`.includes(BLANK)) doubts.push('blank');
    return doubts;
  });
}

export type PublishReason =
  | 'clauses_none'
  | 'clause_no_missing'
  | 'clause_no_twice'
  | 'number_missing'
  | 'issued_missing'
  | 'issued_ahead';

/** Why a draft cannot be put in force; empty when it can. A clause is cited by its number, so each needs its own. */
export function reasonsNotToPublish(
  clauses: readonly ClauseText[],
  { documentNumber, issuedOn }: { documentNumber: string; issuedOn: Day | null },
  today: Day,
): PublishReason[] {
  const doubts = new Set(clauseDoubts(clauses).flat());
  const reasons: PublishReason[] = [];
  if (clauses.length === 0) reasons.push('clauses_none');
  if (doubts.has('no_missing')) reasons.push('clause_no_missing');
  if (doubts.has('no_twice')) reasons.push('clause_no_twice');
  if (documentNumber.trim() === '') reasons.push('number_missing');
  if (issuedOn === null) reasons.push('issued_missing');
  else if (issuedOn > today) reasons.push('issued_ahead');
  return reasons;
}

export type ClauseChange = {
  no: string;
  kind: 'added' | 'removed' | 'changed';
  before: ClauseText | null;
  after: ClauseText | null;
};

/** Which clauses differ between two versions, by number, in the order of the newer; removed ones at the end. */
export function clauseChanges(before: readonly ClauseText[], after: readonly ClauseText[]): ClauseChange[] {
  const old = new Map(before.map((clause) => [clause.no, clause]));
  const fresh = new Set(after.map(({ no }) => no));
  const changes: ClauseChange[] = [];
  for (const clause of after) {
    const was = old.get(clause.no);
    if (!was) changes.push({ no: clause.no, kind: 'added', before: null, after: clause });
    else if (was.title !== clause.title || was.body !== clause.body)
      changes.push({ no: clause.no, kind: 'changed', before: was, after: clause });
  }
  for (const clause of before)
    if (!fresh.has(clause.no)) changes.push({ no: clause.no, kind: 'removed', before: clause, after: null });
  return changes;
}
