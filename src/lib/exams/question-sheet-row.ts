import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { isBlank, shownText } from '#lib/kernel/sheet-grid.ts';
import { letterOf, OPTIONS_MAX, stemKeyOf, type Difficulty, type QuestionType } from './question.ts';
import {
  OPTION_FIELDS,
  type QuestionCode,
  type QuestionFaultFound,
  type QuestionField,
} from './question-sheet.ts';
import type { QuestionNote } from './question-sheet.ts';
import {
  ANSWER_SEPARATORS,
  DIFFICULTY_ALIASES,
  JUDGE_ALIASES,
  JUDGE_NAMES,
  OPTION_BARS,
  OPTION_MARK,
  TOPIC_UNNAMED,
  TYPE_ALIASES,
  TYPE_NAMES,
} from './question-words.ts';

/** One row read by itself; repeated stems are found by comparing rows. */
export type ReadQuestion = {
  row: number;
  type: QuestionType | null;
  stem: string;
  options: string[];
  answer: string;
  explanation: string;
  basis: string;
  difficulty: Difficulty;
  topic: string;
  notes: QuestionNote[];
  faults: QuestionFaultFound[];
};

/** The cells of one row by field; null for a field that no column holds. */
export type QuestionCells = (field: QuestionField) => Cell | null;

/** Reads and judges one row. `typeOfSheet` is the type that a sheet named 单选题 gives to all its rows. */
export function readQuestion(
  row: number,
  cells: QuestionCells,
  typeOfSheet: QuestionType | null,
): ReadQuestion {
  const read: ReadQuestion = {
    row,
    type: null,
    stem: textOf(cells('stem')),
    options: [],
    answer: '',
    explanation: textOf(cells('explanation')),
    basis: textOf(cells('basis')),
    difficulty: difficultyOf(withoutSpaces(textOf(cells('difficulty')))),
    topic: withoutSpaces(textOf(cells('topic'))) || TOPIC_UNNAMED,
    notes: [],
    faults: [],
  };
  readType(read, cells, typeOfSheet);
  if (stemKeyOf(read.stem) === '') addFault(read, 'stem_missing', ['stem'], cells('stem')?.text ?? '');
  // Of an unknown type nobody can say what its options and its answer should be.
  if (read.type === null) return read;
  readOptions(read, cells, read.type);
  readAnswer(read, cells('answer'), read.type);
  return read;
}

function textOf(cell: Cell | null): string {
  return cell && !isBlank(cell) ? shownText(cell).replace(/^[\s\u3000\ufeff]+|[\s\u3000]+$/gu, '') : '';
}

function addFault(read: ReadQuestion, code: QuestionCode, fields: QuestionField[], shown: string): void {
  read.faults.push({ code, fields, shown });
}

function difficultyOf(text: string): Difficulty {
  if (/^[1-5]$/.test(text)) return Number(text) < 3 ? 'easy' : Number(text) > 3 ? 'hard' : 'medium';
  return DIFFICULTY_ALIASES[text] ?? 'medium';
}

function readType(read: ReadQuestion, cells: QuestionCells, typeOfSheet: QuestionType | null): void {
  const cell = cells('type');
  const written = cell && !isBlank(cell) ? cell.text : '';
  const type = TYPE_ALIASES[halfWidth(withoutSpaces(written))] ?? (cell ? null : typeOfSheet);
  if (!type) return addFault(read, 'type_unknown', ['type'], written);
  read.type = type;
  const name = TYPE_NAMES[type];
  if (cell && written !== name)
    read.notes.push({ code: 'type_cleaned', field: 'type', written, becomes: name });
}

function readOptions(read: ReadQuestion, cells: QuestionCells, type: QuestionType): void {
  const single = cells('options');
  const found = OPTION_FIELDS.map((field) => ({ field, cell: cells(field) }));
  const given = found.flatMap(({ field, cell }) => (cell && !isBlank(cell) ? [{ field, cell }] : []));
  read.options = given.length > 0 ? given.map(({ cell }) => textOf(cell)) : splitOptions(textOf(single));
  const numbers = given.filter(({ cell }) => cell.kind === 'number');
  if (numbers.length > 0) {
    const written = numbers.map(({ cell }) => cell.text).join('\u3001');
    const becomes = numbers.map(({ cell }) => textOf(cell)).join('\u3001');
    read.notes.push({ code: 'option_is_number', field: numbers[0]!.field, written, becomes });
  }
  if (type !== 'judge') judgeOptions(read, given);
}

function judgeOptions(read: ReadQuestion, given: readonly { field: QuestionField; cell: Cell }[]): void {
  const lost = given.filter(({ cell }) => cell.kind === 'date');
  const lostShown = lost.map(({ cell }) => cell.text).join('\u3001');
  if (lost.length > 0)
    addFault(
      read,
      'option_is_date',
      lost.map(({ field }) => field),
      lostShown,
    );
  const { options } = read;
  if (options.length < 2) return addFault(read, 'options_missing', ['optionA'], options.join('\u3001'));
  if (options.length > OPTIONS_MAX)
    addFault(read, 'options_too_many', ['optionG'], options.slice(OPTIONS_MAX).join('\u3001'));
  const gap = given.findIndex(({ field }, index) => field !== OPTION_FIELDS[index]);
  if (gap >= 0) addFault(read, 'option_empty', [OPTION_FIELDS[gap]!], '');
  const repeated = options.findIndex(
    (text, index) => options.findIndex((other) => stemKeyOf(other) === stemKeyOf(text)) < index,
  );
  if (repeated >= 0 && lost.length === 0)
    addFault(read, 'option_repeated', [OPTION_FIELDS[repeated] ?? 'options'], options[repeated]!);
}

function splitOptions(text: string): string[] {
  if (text === '') return [];
  const marks = [...text.matchAll(OPTION_MARK)];
  const parts =
    marks.length >= 2
      ? marks.map((mark, index) =>
          text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length),
        )
      : text.split(OPTION_BARS);
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

function readAnswer(read: ReadQuestion, cell: Cell | null, type: QuestionType): void {
  if (!cell || isBlank(cell)) return addFault(read, 'answer_missing', ['answer'], cell?.text.trim() ?? '');
  if (cell.kind === 'date') return addFault(read, 'answer_is_date', ['answer'], shownText(cell));
  const plain = halfWidth(withoutSpaces(cell.text)).toUpperCase();
  if (type === 'judge') return readJudgement(read, cell, plain);
  if (cell.kind === 'boolean' || plain === 'TRUE' || plain === 'FALSE')
    return addFault(read, 'answer_is_boolean', ['answer'], cell.text);
  const letters = plain.replace(ANSWER_SEPARATORS, '');
  if (!/^[A-Z]+$/.test(letters)) return addFault(read, 'answer_unreadable', ['answer'], cell.text);
  read.answer = [...new Set(letters)].sort().join('');
  if (read.answer !== cell.text)
    read.notes.push({ code: 'answer_cleaned', field: 'answer', written: cell.text, becomes: read.answer });
  judgeAnswer(read, cell.text, type);
}

function judgeAnswer(read: ReadQuestion, shown: string, type: QuestionType): void {
  const { answer, options } = read;
  // Without options, that is the fault; that the letters have none follows from it.
  if (options.length >= 2 && Array.from(answer).some((letter) => letter >= letterOf(options.length)))
    addFault(read, 'answer_without_option', ['answer'], shown);
  if (type === 'single' && answer.length > 1) addFault(read, 'single_many_answers', ['answer'], shown);
  if (type === 'multiple' && answer.length === 1) addFault(read, 'multi_single_answer', ['answer'], shown);
}

function readJudgement(read: ReadQuestion, cell: Cell, plain: string): void {
  const chosen = /^[A-H]$/.test(plain) ? read.options[plain.charCodeAt(0) - 65] : undefined;
  const word = chosen === undefined ? plain : halfWidth(withoutSpaces(chosen)).toUpperCase();
  const answer = JUDGE_ALIASES[word];
  if (!answer) return addFault(read, 'answer_unreadable', ['answer'], cell.text);
  read.answer = answer;
  const becomes = JUDGE_NAMES[answer];
  if (cell.kind === 'boolean')
    read.notes.push({ code: 'answer_boolean_cell', field: 'answer', written: cell.text, becomes });
  else if (cell.text !== becomes)
    read.notes.push({ code: 'answer_cleaned', field: 'answer', written: cell.text, becomes });
}
