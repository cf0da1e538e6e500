/** One question of a lesson's quiz, as it is kept. */
export type QuizQuestion = {
  type: 'single' | 'multiple' | 'judge';
  stem: string;
  options: string[];
  /** Letters in order (`B`, `ABD`), or for a judgement the word the file uses. */
  answer: string;
  explanation: string;
  basis: string;
};

/** A question as the browser may have it before a try: no answer, no explanation. */
export type QuizPrompt = Pick<QuizQuestion, 'type' | 'stem' | 'options'>;

/** A question after a try. */
export type QuizVerdict = {
  right: boolean;
  given: string;
  answer: string;
  explanation: string;
  basis: string;
};

export function promptsOf(quiz: readonly QuizQuestion[]): QuizPrompt[] {
  return quiz.map(({ type, stem, options }) => ({ type, stem, options }));
}

/** Letters in alphabetical order without repeats; the order in which somebody ticked means nothing. */
export function normalAnswer(answer: string): string {
  const plain = answer.trim();
  return /^[A-Za-z]+$/.test(plain) ? [...new Set(plain.toUpperCase())].sort().join('') : plain;
}

/** Places (from 1) of the questions that were left open. */
export function unanswered(quiz: readonly QuizQuestion[], answers: readonly string[]): number[] {
  return quiz.flatMap((_, index) => (normalAnswer(answers[index] ?? '') === '' ? [index + 1] : []));
}

/** Marks a try: passed when every answer is exactly right. */
export function markQuiz(
  quiz: readonly QuizQuestion[],
  answers: readonly string[],
): { passed: boolean; right: number; verdicts: QuizVerdict[] } {
  const verdicts = quiz.map((question, index) => {
    const given = normalAnswer(answers[index] ?? '');
    const answer = normalAnswer(question.answer);
    return {
      right: given === answer,
      given,
      answer,
      explanation: question.explanation,
      basis: question.basis,
    };
  });
  const right = verdicts.filter((verdict) => verdict.right).length;
  return { passed: right === quiz.length, right, verdicts };
}

export type QuizFault =
  'quiz_stem_missing' | 'quiz_options_few' | 'quiz_answer_unknown' | 'quiz_explanation_missing';

const LETTERS = 'ABCDEFGH';

/** What is wrong with a question as an editor wrote it; `judgeWords` are the two answers of a judgement. */
export function questionFaults(question: QuizQuestion, judgeWords: readonly string[]): QuizFault[] {
  const faults: QuizFault[] = [];
  if (question.stem.trim().length < 4) faults.push('quiz_stem_missing');
  if (question.explanation.trim() === '') faults.push('quiz_explanation_missing');
  const answer = normalAnswer(question.answer);
  if (question.type === 'judge') {
    if (!judgeWords.includes(answer)) faults.push('quiz_answer_unknown');
    return faults;
  }
  if (question.options.length < 2 || question.options.length > LETTERS.length)
    faults.push('quiz_options_few');
  const letters = [...answer];
  const known = letters.every((letter) => LETTERS.slice(0, question.options.length).includes(letter));
  const count = question.type === 'single' ? letters.length === 1 : letters.length >= 2;
  if (!known || !count) faults.push('quiz_answer_unknown');
  return faults;
}
