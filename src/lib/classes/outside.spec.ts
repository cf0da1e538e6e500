import { describe, expect, it } from 'vitest';
import { EMPTY_CELL, type Cell, type Sheet } from '#lib/kernel/sheet.ts';
import { idCheckCharacter } from '#lib/people/id-number.ts';
import { decideOutsideRows, readOutsideSheet } from './outside-sheet.ts';
import { outsideFaults, reasonsNotToDecide, type DecideFacts } from './outside-training.ts';

const idNumber = (seventeen: string) => seventeen + idCheckCharacter(seventeen);
const WANG = idNumber('41000019700101123');
const LI = idNumber('41000019800202234');
const STRANGER = idNumber('41000019900303345');

function cell(value: string | number | null): Cell {
  if (value === null) return EMPTY_CELL;
  return typeof value === 'number'
    ? { kind: 'number', text: String(value), value, day: null }
    : { kind: 'text', text: value, value, day: null };
}

function sheet(...rows: (string | number | null)[][]): Sheet {
  return {
    name: '名单',
    hidden: false,
    rows: rows.map((cells, index) => ({ row: index + 1, cells: cells.map(cell) })),
    merges: [],
    hiddenColumns: [],
  };
}

const TERMS = { halfDays: 4, halfDaysMax: 6, asOf: '2026-03-05' };
const known = new Map([
  [WANG, { id: 'wang', name: '王建国' }],
  [LI, { id: 'li', name: '李卫东' }],
]);
const decide = (...rows: (string | number | null)[][]) =>
  decideOutsideRows(readOutsideSheet(sheet(...rows), TERMS).rows, (id) => known.get(id));

describe('a sheet of people who trained elsewhere', () => {
  it('is read by its headings, with days for some and the usual length for the others', () => {
    const rows = decide(
      ['党校培训名单'],
      ['序号', '姓 名', '身份证号（18位）', '天数'],
      [1, '王建国', WANG, 1.5],
      [2, ' 李卫东 ', LI.toLowerCase(), null],
      ['合计', '合计', null, 3],
    );
    expect(rows.map(({ row, personId, halfDays, faults }) => [row, personId, halfDays, faults])).toEqual([
      [3, 'wang', 3, []],
      [4, 'li', 4, []],
    ]);
  });

  it('refuses each row with all its faults', () => {
    const rows = decide(
      ['姓名', '身份证号', '天数'],
      [null, WANG, 1],
      ['李卫东', null, 1],
      ['李卫东', '41000019800202', 1],
      ['李卫东', 410000198002022340, 1],
      ['某人', STRANGER, 0.3],
      ['王卫国', WANG, 9],
    );
    expect(rows.map(({ faults }) => faults)).toEqual([
      ['name_missing'],
      ['id_missing'],
      ['id_length'],
      ['id_number_lost_digits'],
      ['days_invalid', 'person_unknown'],
      ['days_too_many', 'duplicate_row', 'name_mismatch'],
    ]);
    expect(rows.every(({ personId }) => personId === null)).toBe(true);
  });

  it('says which heading it lacks', () => {
    expect(readOutsideSheet(sheet(['姓名', '电话'], ['王建国', '1']), TERMS)).toEqual({
      rows: [],
      missingHeadings: ['id'],
    });
    expect(readOutsideSheet(sheet(['甲']), TERMS).missingHeadings).toEqual(['name', 'id']);
  });
});

describe('training elsewhere', () => {
  it('is over, and no longer than its days', () => {
    const facts = { fromOn: '2026-03-02', toOn: '2026-03-04', halfDays: 6 };
    expect(outsideFaults(facts, '2026-03-05')).toEqual([]);
    expect(outsideFaults({ ...facts, halfDays: 7 }, '2026-03-05')).toEqual(['half_days_many']);
    expect(outsideFaults({ ...facts, halfDays: 0.5 }, '2026-03-03')).toEqual([
      'days_ahead',
      'half_days_none',
    ]);
    expect(outsideFaults({ ...facts, toOn: '2026-03-01' }, '2026-03-05')).toEqual(['days_backwards']);
  });

  const facts: DecideFacts = {
    state: 'entered',
    enteredBy: 'a',
    enteredByPerson: 'p',
    people: 2,
    hasSheet: true,
  };
  const yes = { verdict: 'confirmed' as const, reason: '' };

  it('is decided by another account and another person', () => {
    expect(reasonsNotToDecide(facts, { accountId: 'b', personId: null }, yes)).toEqual([]);
    expect(reasonsNotToDecide(facts, { accountId: 'a', personId: null }, yes)).toEqual(['outside_own']);
    expect(reasonsNotToDecide(facts, { accountId: 'b', personId: 'p' }, yes)).toEqual(['outside_own']);
  });

  it('is confirmed with people and a scan, refused with a reason, and only once', () => {
    const other = { accountId: 'b', personId: null };
    expect(reasonsNotToDecide({ ...facts, people: 0, hasSheet: false }, other, yes)).toEqual([
      'outside_empty',
      'outside_sheet_missing',
    ]);
    expect(reasonsNotToDecide(facts, other, { verdict: 'refused', reason: '不' })).toEqual([
      'outside_reason_missing',
    ]);
    expect(reasonsNotToDecide({ ...facts, state: 'confirmed' }, other, yes)).toEqual(['outside_decided']);
  });
});
