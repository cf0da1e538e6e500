import type { QuestionChange, StoredQuestionRow } from './question-plan.ts';
import type { QuestionNoteCode, RefusedQuestion } from './question-sheet.ts';

/** A decided row as the preview shows it. */
export type ShownQuestionRow = {
  row: number;
  outcome: string;
  stem: string;
  type: string;
  topic: string;
  answer: string;
  notes: QuestionNoteCode[];
  withdrawn: boolean;
  changes: QuestionChange[];
  /** Refused rows: where, what stands there, why, what to do. */
  heading: string;
  shown: string;
  message: string;
};

export function shownQuestionRow(row: {
  row: number;
  outcome: string;
  decision: Record<string, unknown>;
}): ShownQuestionRow {
  const common = { row: row.row, outcome: row.outcome };
  if (row.outcome === 'refused') {
    const { stem, heading, shown, message } = row.decision as unknown as RefusedQuestion;
    const nothing = { type: '', topic: '', answer: '', notes: [], withdrawn: false, changes: [] };
    return { ...common, ...nothing, stem, heading, shown, message };
  }
  const { content, notes, plan } = row.decision as unknown as StoredQuestionRow;
  const { stem, type, topic, answer } = content;
  const { withdrawn, changes } = plan;
  return {
    ...common,
    stem,
    type,
    topic,
    answer,
    notes,
    withdrawn,
    changes,
    heading: '',
    shown: '',
    message: '',
  };
}
