import { fault, type ScriptFinding } from './lint-finding.ts';
import type { Script } from './script.ts';

/** Weights and grades add up, and every expected action that earns points is on a sheet. */
export function lintEvaluation(script: Script): ScriptFinding[] {
  const { sheets, grades, vetoGrade } = script.evaluation;
  const findings: ScriptFinding[] = [];
  const scored = new Set<string>();
  const known = new Set(script.expectations.map(({ id }) => id));
  for (const [at, sheet] of sheets.entries()) {
    const path = `evaluation.sheets.${at}`;
    const sum = sheet.categories.reduce((total, { weight }) => total + weight, 0);
    if (Math.abs(sum - 100) > 0.01) findings.push(fault('weights_not_100', path, sheet.title, { sum }));
    for (const item of sheet.categories.flatMap(({ items }) => items))
      for (const id of item.expectations ?? []) {
        scored.add(id);
        if (!known.has(id))
          findings.push(fault('unknown_ref', path, `${item.code} ${item.indicator}`, { id }));
      }
  }
  for (const [at, { id, title, mode }] of script.expectations.entries())
    if (mode !== 'observed' && !scored.has(id))
      findings.push(fault('not_scored', `expectations.${at}`, title));
  if (!grades.some(({ min }) => min === 0))
    findings.push(fault('grades_without_floor', 'evaluation.grades', ''));
  if (!grades.some(({ name }) => name === vetoGrade))
    findings.push(fault('unknown_grade', 'evaluation.vetoGrade', vetoGrade, { name: vetoGrade }));
  return [...findings, ...lintBlind(script)];
}

/** A drill that nobody may know of cannot show its players the script. */
function lintBlind({ blind, documents, variables }: Script): ScriptFinding[] {
  const isBlind = blind.notice === 'none' || blind.notice === 'window_only';
  if (!isBlind) return [];
  if (blind.script !== 'none') return [fault('blind_open', 'blind.script', '')];
  const early = documents.filter(({ kind, revealOn }) => kind === 'material' && !revealOn).length;
  const open = variables.filter(({ visibleTo, series }) => series && visibleTo).length;
  // Not wrong, but the author should know what players see from the first minute on.
  return early + open > 0 ? [fault('blind_open', 'documents', '', { early, open }, 'warning')] : [];
}
