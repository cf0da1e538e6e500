import { DIFFICULTIES, QUESTION_TYPES, type Difficulty, type QuestionType } from './question.ts';

export type QuestionFilters = {
  topic?: string | undefined;
  type?: QuestionType | undefined;
  difficulty?: Difficulty | undefined;
  text?: string | undefined;
  /** Withdrawn questions instead of those in use. */
  withdrawn?: boolean | undefined;
};

/** The filters of a query string; what is not a type or a difficulty is no filter. */
export function questionFilters(query: URLSearchParams): QuestionFilters {
  return {
    topic: query.get('topic') || undefined,
    type: QUESTION_TYPES.find((type) => type === query.get('type')),
    difficulty: DIFFICULTIES.find((difficulty) => difficulty === query.get('difficulty')),
    text: query.get('text')?.trim() || undefined,
    withdrawn: query.get('withdrawn') === 'on',
  };
}
