import type { ExpectationState } from '../runs/run-state.ts';
import type { Script } from '../scripts/script.ts';
import { psmuOf, type Evidence, type GradeResult } from './grade.ts';

/** One verdict of a drill on one clause of a plan. */
export type ClauseVerdict = { planKey: string; clauseNo: string; met: boolean };

/** How an expected action speaks for the clause it cites; null when it was out of the count. */
function metInTime({ state }: ExpectationState): boolean | null {
  if (['dormant', 'open', 'voided', 'not_applicable'].includes(state)) return null;
  return state === 'met';
}

/**
 * What a run says about each clause its script cites: met when every expected action that cites it was done
 * in time and every judged item that cites it came out P or S. A clause that nothing judged has no verdict.
 */
export function clauseVerdicts(script: Script, evidence: Evidence, { items }: GradeResult): ClauseVerdict[] {
  const verdicts = new Map<string, boolean[]>();
  const note = (clause: string | undefined, met: boolean | null) => {
    if (clause !== undefined && met !== null) verdicts.set(clause, [...(verdicts.get(clause) ?? []), met]);
  };
  for (const { id, clause } of script.expectations) {
    const state = evidence.expectations[id];
    if (state) note(clause, metInTime(state));
  }
  for (const sheet of script.evaluation.sheets)
    for (const { id, clause } of sheet.categories.flatMap((category) => category.items)) {
      const psmu = psmuOf(items.find((item) => item.sheet === sheet.id && item.id === id)?.factor ?? null);
      note(clause, psmu === null ? null : psmu === 'P' || psmu === 'S');
    }
  return script.plans.flatMap((plan) =>
    plan.clauses.flatMap(({ id, no }) => {
      const said = verdicts.get(id);
      return said ? [{ planKey: plan.id, clauseNo: no, met: said.every(Boolean) }] : [];
    }),
  );
}
