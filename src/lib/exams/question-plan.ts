import type { QuestionContent } from './question.ts';
import { isSameContent } from './question.ts';
import type { QuestionNoteCode } from './question-sheet.ts';

/** A question the bank already holds under the same stem. */
export type KnownQuestion = QuestionContent & { id: string; withdrawn: boolean };

/** One part of a question that committing a row would change, for the preview. */
export type QuestionChange = { what: keyof QuestionContent; from: string; to: string };

/** An accepted row compared with the bank. */
export type QuestionPlan = {
  outcome: 'create' | 'update' | 'unchanged';
  questionId: string | null;
  /** The bank's question is out of use; importing changes what it says, but does not bring it back. */
  withdrawn: boolean;
  changes: QuestionChange[];
};

/** The row as it is kept between preview and commit. */
export type StoredQuestionRow = { content: QuestionContent; notes: QuestionNoteCode[]; plan: QuestionPlan };

const PARTS = ['type', 'stem', 'options', 'answer', 'explanation', 'basis', 'difficulty', 'topic'] as const;

/** What committing a row would do to the bank; a stem is in a bank once, so the stem finds its question. */
export function planQuestion(content: QuestionContent, known: KnownQuestion | null): QuestionPlan {
  if (known === null) return { outcome: 'create', questionId: null, withdrawn: false, changes: [] };
  const { id: questionId, withdrawn } = known;
  if (isSameContent(known, content)) return { outcome: 'unchanged', questionId, withdrawn, changes: [] };
  const changes = PARTS.map((what) => ({
    what,
    from: partText(known[what]),
    to: partText(content[what]),
  })).filter(({ from, to }) => from !== to);
  return { outcome: 'update', questionId, withdrawn, changes };
}

function partText(part: string | readonly string[]): string {
  return typeof part === 'string' ? part : part.map((text, index) => `${letter(index)} ${text}`).join('\n');
}

const letter = (index: number) => String.fromCharCode(65 + index);
