import { withoutSpaces } from '#lib/kernel/chinese.ts';

export const QUESTION_TYPES = ['single', 'multiple', 'judge'] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

export const DIFFICULTIES = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

/** Options a question may have: `A` … `F`. */
export const OPTIONS_MAX = 6;

/** What a question says. A judgement has no options; its answer is `T` or `F`. */
export type QuestionContent = {
  type: QuestionType;
  stem: string;
  options: string[];
  /** Letters in alphabetical order (`A`, `ABD`), or `T` / `F`. */
  answer: string;
  explanation: string;
  /** The article it rests on. */
  basis: string;
  difficulty: Difficulty;
  topic: string;
};

/** What makes two stems the same: NFKC, without spaces. */
export function stemKeyOf(stem: string): string {
  return withoutSpaces(stem.normalize('NFKC'));
}

/** `A` for 0. */
export function letterOf(index: number): string {
  return String.fromCharCode(65 + index);
}

/** Letters in order and once each; `T` and `F` as they are. */
export function normalizedAnswer(answer: string): string {
  return [...new Set(answer.toUpperCase())].sort().join('');
}

export type QuestionFault =
  | 'stem_missing'
  | 'topic_missing'
  | 'options_missing'
  | 'options_too_many'
  | 'option_empty'
  | 'option_repeated'
  | 'answer_missing'
  | 'answer_without_option'
  | 'single_many_answers'
  | 'multi_single_answer'
  | 'judge_answer_bad';

function optionFaults(options: readonly string[]): QuestionFault[] {
  const faults: QuestionFault[] = [];
  const keys = options.map(stemKeyOf);
  if (options.length < 2) faults.push('options_missing');
  if (options.length > OPTIONS_MAX) faults.push('options_too_many');
  if (keys.includes('')) faults.push('option_empty');
  if (new Set(keys).size < keys.length) faults.push('option_repeated');
  return faults;
}

function answerFaults({ type, answer, options }: QuestionContent): QuestionFault[] {
  if (answer === '') return ['answer_missing'];
  if (type === 'judge') return answer === 'T' || answer === 'F' ? [] : ['judge_answer_bad'];
  const faults: QuestionFault[] = [];
  const letters = Array.from(answer);
  if (letters.some((letter) => letter < 'A' || letter >= letterOf(options.length)))
    faults.push('answer_without_option');
  if (type === 'single' && letters.length > 1) faults.push('single_many_answers');
  if (type === 'multiple' && letters.length < 2) faults.push('multi_single_answer');
  return faults;
}

/** Everything that keeps a question out of the bank; empty when it can be taken. */
export function questionFaults(content: QuestionContent): QuestionFault[] {
  const faults: QuestionFault[] = [];
  if (stemKeyOf(content.stem) === '') faults.push('stem_missing');
  if (withoutSpaces(content.topic) === '') faults.push('topic_missing');
  if (content.type !== 'judge') faults.push(...optionFaults(content.options));
  return [...faults, ...answerFaults(content)];
}

/** Whether two questions say the same in every respect, so that nothing needs a new version. */
export function isSameContent(a: QuestionContent, b: QuestionContent): boolean {
  const said = ({ type, stem, options, answer, explanation, basis, difficulty, topic }: QuestionContent) =>
    JSON.stringify([type, stem, options, answer, explanation, basis, difficulty, topic]);
  return said(a) === said(b);
}
