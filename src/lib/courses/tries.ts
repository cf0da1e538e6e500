import { refuse } from './copy.ts';
import { markQuiz, unanswered, type QuizQuestion } from './quiz.ts';

/** Marks a whole try. Refused: 409 `quiz_absent`, 400 `quiz_incomplete` with the questions left open. */
export function markedTry(
  quiz: readonly QuizQuestion[],
  answers: readonly string[],
): ReturnType<typeof markQuiz> {
  if (quiz.length === 0) throw refuse('quiz_absent');
  const open = unanswered(quiz, answers);
  if (open.length > 0) throw refuse('quiz_incomplete', { numbers: open.map(String) });
  return markQuiz(quiz, answers);
}
