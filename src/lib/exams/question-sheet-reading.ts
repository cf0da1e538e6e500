import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Sheet, Workbook } from '#lib/kernel/sheet.ts';
import { chooseSheet } from '#lib/kernel/sheet-choice.ts';
import { recogniseColumns, type ColumnRules, type Columns } from '#lib/kernel/sheet-columns.ts';
import { columnLetters, gridOf, type Grid } from '#lib/kernel/sheet-grid.ts';
import { findHeadingRows, wordMatcher, type HeadingRows } from '#lib/kernel/sheet-heading.ts';
import { partRows } from '#lib/kernel/sheet-skip.ts';
import { stemKeyOf, type QuestionType } from './question.ts';
import { QUESTION_FIELD_NAMES, questionMessage, refuseQuestions } from './question-sheet-copy.ts';
import { readQuestion, type QuestionCells, type ReadQuestion } from './question-sheet-row.ts';
import { QUESTION_CODES, type QuestionField, type QuestionOptions } from './question-sheet.ts';
import type { QuestionReading, QuestionRow } from './question-sheet.ts';
import {
  DIFFICULTY_ALIASES,
  QUESTION_HEADINGS,
  QUESTION_IGNORED_HEADINGS,
  SIDE_QUESTION_SHEET,
  TYPE_ALIASES,
} from './question-words.ts';

type Candidate = {
  sheet: Sheet;
  grid: Grid;
  heading: HeadingRows;
  columns: Columns<QuestionField>;
  parted: ReturnType<typeof partRows>;
};

type Places = ReadonlyMap<QuestionField, { column: number; heading: string }>;

/** Recognises a question bank's columns by the words of their headings. */
export const matchQuestionHeading = wordMatcher(QUESTION_HEADINGS, QUESTION_IGNORED_HEADINGS);
const TESTS: ColumnRules<QuestionField>['tests'] = {
  type: { weight: 60, test: (cell) => halfWidth(withoutSpaces(cell.text)) in TYPE_ALIASES },
  difficulty: { weight: 50, test: (cell) => withoutSpaces(cell.text) in DIFFICULTY_ALIASES },
};
/** No heading is as long as a stem. */
const HEADING_CHARACTERS_MAX = 25;

/**
 * Reads a question bank and decides every row: taken, with what was cleaned, or refused, with all its
 * faults. The type decides, never the number of answers. Refuses the file: `questions_not_found` when no
 * visible sheet has a heading with stems and answers, `questions_sheet_unknown`.
 */
export function decideQuestions(workbook: Workbook, options: QuestionOptions = {}): QuestionReading {
  const { sheetName } = options;
  const { chosen, otherSheets, isThere } = chooseSheet(
    workbook,
    sheetName,
    SIDE_QUESTION_SHEET,
    (one, isMeant) => candidateOf(one, isMeant ? options : { ...options, mapping: {} }),
  );
  if (!isThere && sheetName !== undefined)
    throw refuseQuestions('questions_sheet_unknown', { sheet: sheetName });
  if (!chosen) throw refuseQuestions('questions_not_found');
  const { grid, columns, parted, sheet } = chosen;
  const places: Places = new Map(columns.found.map((found) => [found.field, found]));
  const typeOfSheet = typeNamedBy(sheet.name);
  const needed: QuestionField[] = typeOfSheet ? ['stem', 'answer'] : ['type', 'stem', 'answer'];
  const lacking = needed.filter((field) => !places.has(field));
  const rows = (lacking.length > 0 ? [] : parted.data).map((row) =>
    readQuestion(row, cellsOf(grid, places, row), typeOfSheet),
  );
  markRepeated(rows);
  return {
    sheetName: sheet.name,
    otherSheets,
    headingRows: chosen.heading.rows,
    columns: columns.found,
    unassigned: columns.unassigned,
    lacking,
    skipped: parted.skipped,
    rows: rows.map((row) => outcomeOf(row, places)),
  };
}

function candidateOf(sheet: Sheet, { mapping, memory }: QuestionOptions): Candidate | null {
  const grid = gridOf(sheet);
  const heading = findHeadingRows(grid, matchQuestionHeading, (text) => text.length > HEADING_CHARACTERS_MAX);
  if (!heading) return null;
  const columns = recogniseColumns(grid, heading, {
    match: matchQuestionHeading,
    tests: TESTS,
    mapping,
    memory,
  });
  const fields = columns.found.map(({ field }) => field);
  if (!fields.includes('stem') && !fields.includes('answer')) return null;
  return {
    sheet,
    grid,
    heading,
    columns,
    parted: partRows(
      grid,
      heading,
      columns.found.map(({ column }) => column),
    ),
  };
}

function typeNamedBy(sheetName: string): QuestionType | null {
  const plain = withoutSpaces(sheetName);
  const word = Object.keys(TYPE_ALIASES).find((alias) => plain.includes(alias));
  return word ? TYPE_ALIASES[word]! : null;
}

function cellsOf(grid: Grid, places: Places, row: number): QuestionCells {
  return (field) => {
    const found = places.get(field);
    return found ? grid.spread(row, found.column) : null;
  };
}

/** The first good question of a stem is taken, later ones are not. */
function markRepeated(rows: readonly ReadQuestion[]): void {
  const kept = new Map<string, number>();
  for (const read of rows) {
    const key = stemKeyOf(read.stem);
    const other = kept.get(key);
    if (key === '') continue;
    if (other !== undefined)
      read.faults.push({ code: 'stem_duplicate', fields: ['stem'], shown: read.stem, other });
    else if (read.faults.length === 0) kept.set(key, read.row);
  }
}

function outcomeOf(read: ReadQuestion, places: Places): QuestionRow {
  const { row, type, stem, options, answer, explanation, basis, difficulty, topic, notes } = read;
  if (read.faults.length === 0 && type !== null) {
    const kept = type === 'judge' ? [] : options;
    const fields = { type, stem, options: kept, answer, explanation, basis, difficulty, topic };
    return { row, outcome: 'accepted', fields, optionsWritten: options.length, notes };
  }
  const ranked = [...read.faults].sort(
    (one, other) => QUESTION_CODES.indexOf(one.code) - QUESTION_CODES.indexOf(other.code),
  );
  const main = ranked[0]!;
  const placeOf = (fields: readonly QuestionField[]) => ({
    heading: fields.map((field) => places.get(field)?.heading || QUESTION_FIELD_NAMES[field]).join('\u3001'),
    letters: fields.flatMap((field) => columnLetters(places.get(field)?.column ?? 0) || []).join('\u3001'),
  });
  return {
    row,
    outcome: 'refused',
    code: main.code,
    also: ranked.slice(1).map(({ code }) => code),
    field: main.fields[0]!,
    heading: placeOf(main.fields).heading,
    shown: main.shown,
    message: questionMessage(row, ranked, placeOf),
    ...(main.other ? { other: main.other } : {}),
    stem,
  };
}
