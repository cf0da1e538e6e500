import type { Entry } from '../runs/run-log.ts';
import type { RunState } from '../runs/run-state.ts';
import type { Script } from '../scripts/script.ts';
import { gradeControl, gradeUnit, type Evidence, type GradeResult } from './grade.ts';

/** What a grade rests on, out of the log: how expected actions ended, and what evaluators answered. */
export function evidenceOf(state: RunState, entries: readonly Entry[]): Evidence {
  return {
    expectations: state.expectations,
    answers: entries.flatMap(({ seq, seat, body }) => {
      if (body.kind !== 'answered') return [];
      const { sheet, item, answer, reason } = body;
      return [{ sheet, item, answer, reason, seat: seat ?? '', seq }];
    }),
    moderations: entries.flatMap(({ seq, body }) => {
      if (body.kind !== 'moderated') return [];
      const { sheet, item, answer, reason } = body;
      return [{ sheet, item, answer, reason, seq }];
    }),
  };
}

/** The unit's grade and, apart from it, how well the drill itself was prepared and led. */
export type Grades = { unit: GradeResult; control: GradeResult };

export function gradesOf(script: Script, evidence: Evidence): Grades {
  return { unit: gradeUnit(script, evidence), control: gradeControl(script, evidence) };
}
