import type { FoundColumn } from '#lib/kernel/sheet-columns.ts';
import type { SkippedRow } from '#lib/kernel/sheet-skip.ts';
import { stemKeyOf, type QuestionContent } from './question.ts';

/** What makes two stems the same: NFKC, without spaces. */
export const stemKey = stemKeyOf;

export const OPTION_FIELDS = [
  'optionA',
  'optionB',
  'optionC',
  'optionD',
  'optionE',
  'optionF',
  'optionG',
  'optionH',
] as const;
export type OptionField = (typeof OPTION_FIELDS)[number];

export type QuestionField =
  | 'type'
  | 'stem'
  | OptionField
  /** All options in one cell. */
  | 'options'
  | 'answer'
  | 'explanation'
  | 'difficulty'
  | 'topic'
  | 'basis';

/** Reasons to refuse a row, in the order that decides which one is the main reason. */
export const QUESTION_CODES = [
  'type_unknown',
  'stem_missing',
  'stem_duplicate',
  'options_missing',
  'option_is_date',
  'answer_missing',
  'answer_unreadable',
  'answer_is_date',
  'answer_is_boolean',
  'answer_without_option',
  'single_many_answers',
  'multi_single_answer',
  'options_too_many',
  'option_empty',
  'option_repeated',
] as const;
export type QuestionCode = (typeof QUESTION_CODES)[number];

export type QuestionNoteCode = 'answer_cleaned' | 'answer_boolean_cell' | 'option_is_number' | 'type_cleaned';

export type QuestionOptions = {
  /** What a person corrected: field → column, 0 for a field that no column holds. */
  mapping?: Partial<Record<QuestionField, number>>;
  /** Headings of this bureau (as `rememberedHeading`) → field; `` for a column not to import. */
  memory?: Readonly<Record<string, QuestionField | ''>>;
  /** Read this sheet instead of the one that looks most like a question bank. */
  sheetName?: string;
};

export type QuestionNote = { code: QuestionNoteCode; field: QuestionField; written: string; becomes: string };

/** One fault of a row; several fields where it lies in several cells. */
export type QuestionFaultFound = {
  code: QuestionCode;
  fields: readonly QuestionField[];
  shown: string;
  /** The row that is kept instead. */
  other?: number;
};

export type AcceptedQuestion = {
  row: number;
  outcome: 'accepted';
  /** As the bank takes it: a judgement has no options, its answer is `T` or `F`. */
  fields: QuestionContent;
  /** How many options stand in the row; two for a judgement that writes out 正确 and 错误. */
  optionsWritten: number;
  notes: QuestionNote[];
};

export type RefusedQuestion = {
  row: number;
  outcome: 'refused';
  code: QuestionCode;
  also: QuestionCode[];
  field: QuestionField;
  /** The heading of the column, or of the columns, as it stands in the file. */
  heading: string;
  shown: string;
  /** All faults in Chinese: row, column, what is wrong, what to do. */
  message: string;
  other?: number;
  /** For lists, as far as it could be read. */
  stem: string;
};

export type QuestionRow = AcceptedQuestion | RefusedQuestion;

export type QuestionReading = {
  sheetName: string;
  /** Other visible sheets that also look like question banks and are not read. */
  otherSheets: string[];
  headingRows: readonly number[];
  columns: FoundColumn<QuestionField>[];
  unassigned: { column: number; heading: string }[];
  /** Fields without which no row can be decided; when there are any, `rows` is empty. */
  lacking: QuestionField[];
  skipped: SkippedRow[];
  rows: QuestionRow[];
};
