import type { ShownItem } from './attempt.ts';
import { letterOf } from './question.ts';

/** What a key does in the exam. */
export type KeyMeaning = { kind: 'answer'; answer: string } | { kind: 'mark' } | { kind: 'go'; by: 1 | -1 };

/** A–F choose (again: un-choose one of several), A or T is right and B or F wrong, arrows turn, M marks. */
export function keyMeaning(
  key: string,
  item: Pick<ShownItem, 'type' | 'options'>,
  answer: string,
): KeyMeaning | null {
  if (key === 'ArrowLeft') return { kind: 'go', by: -1 };
  if (key === 'ArrowRight') return { kind: 'go', by: 1 };
  const letter = key.toUpperCase();
  if (letter === 'M') return { kind: 'mark' };
  if (item.type === 'judge') {
    if (letter === 'T' || letter === 'A') return { kind: 'answer', answer: 'T' };
    return letter === 'F' || letter === 'B' ? { kind: 'answer', answer: 'F' } : null;
  }
  if (letter.length !== 1 || letter < 'A' || letter > letterOf(item.options.length - 1)) return null;
  if (item.type === 'single') return { kind: 'answer', answer: letter };
  const isChosen = answer.indexOf(letter) >= 0;
  return {
    kind: 'answer',
    answer: isChosen ? answer.replace(letter, '') : [...answer, letter].sort().join(''),
  };
}
