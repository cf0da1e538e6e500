import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionFaults } from '#lib/exams/question.ts';
import { decideQuestions } from '#lib/exams/question-sheet-reading.ts';
import { DIFFICULTY_NAMES } from '#lib/exams/question-words.ts';
import { readWorkbook } from './read-workbook.ts';

type Expected = {
  sheet: string;
  header_rows: number[];
  accepted: number;
  data_rows: number;
  rejected: { row: number; reason_code: string; field: string; also?: string[]; same_as_row?: number }[];
  skipped: unknown[];
  notes: { row: number; note: string }[];
  accepted_rows: (string | number)[][];
};

const FILE = 'questions-anquan.xlsx';
const answers = JSON.parse(readFileSync('tests/inputs/expected.json', 'utf8')) as {
  files: Record<string, Expected>;
};
const answer = answers.files[FILE]!;
const read = () => decideQuestions(readWorkbook(readFileSync(`tests/inputs/${FILE}`), FILE));

describe('questions-anquan.xlsx', () => {
  const reading = read();
  const accepted = reading.rows.filter((row) => row.outcome === 'accepted');
  const refused = reading.rows.filter((row) => row.outcome === 'refused');

  it('finds sheet, heading and what is no data', () => {
    expect(reading).toMatchObject({ sheetName: answer.sheet, headingRows: answer.header_rows, lacking: [] });
    expect(reading).toMatchObject({ skipped: answer.skipped, unassigned: [] });
    expect(reading.rows).toHaveLength(answer.data_rows);
  });

  it('takes every row that is to be taken, as it must be stored', () => {
    const types = { single: 'single', multiple: 'multi', judge: 'judge' };
    const marks: Record<string, string> = { T: '对', F: '错' };
    const rows = accepted.map(({ row, fields, optionsWritten }) => [
      row,
      types[fields.type],
      fields.type === 'judge' ? marks[fields.answer] : fields.answer,
      optionsWritten,
      DIFFICULTY_NAMES[fields.difficulty],
      fields.topic,
    ]);
    expect(rows).toEqual(answer.accepted_rows);
    expect(rows).toHaveLength(answer.accepted);
  });

  it('takes nothing that the bank would not', () => {
    expect(accepted.flatMap(({ fields }) => questionFaults(fields))).toEqual([]);
  });

  it('refuses every row that is to be refused, with all its reasons', () => {
    expect(
      refused.map(({ row, code, also, heading, other }) => ({ row, code, also, heading, other })),
    ).toEqual(
      answer.rejected.map(({ row, reason_code, also, field, same_as_row }) => ({
        row,
        code: reason_code,
        also: also ?? [],
        heading: field,
        other: same_as_row,
      })),
    );
  });

  it('shows what stands in the cell and says where', () => {
    const at = (row: number) => refused.find((one) => one.row === row)!;
    expect(at(54).shown).toBe('15:02、30:02:00、5:01、30:05:00');
    expect(at(87).shown).toBe('2026-01-04');
    expect(at(47).shown).toBe('TRUE');
    for (const { row, message } of refused)
      expect(message).toMatch(new RegExp(`^第${row}行[A-M、]+列“.+”：.+。$`));
  });

  it('notes what was cleaned, and nothing else', () => {
    const notes = accepted.flatMap(({ row, notes: found }) => found.map(({ code }) => `${row} ${code}`));
    expect(notes.toSorted()).toEqual(answer.notes.map(({ row, note }) => `${row} ${note}`).toSorted());
  });

  it('keeps number options as their text', () => {
    expect(accepted.find(({ row }) => row === 5)!.fields.options).toEqual(['50', '100', '200', '300']);
  });

  it('decides the same when it is read again', () => {
    expect(read()).toEqual(reading);
  });
});
