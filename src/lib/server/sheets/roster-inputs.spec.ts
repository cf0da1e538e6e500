import { readFileSync } from 'node:fs';
import * as library from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { decideRoster } from '#lib/people/roster-reading.ts';
import type { AcceptedRow, RefusedRow, RosterFields, RosterReading } from '#lib/people/roster.ts';
import { CATEGORY_NAMES } from '#lib/people/roster-words.ts';
import { gb18030 } from '#tests/inputs/gb18030.ts';
import { XIAYI } from '#tests/inputs/xiayi.ts';
import { readWorkbook } from './read-workbook.ts';

type Expected = {
  sheet: string;
  header_rows: number[];
  as_of: string;
  accepted: number;
  rejected_count: number;
  data_rows: number;
  distinct_persons: number;
  rejected: {
    row: number;
    reason_code: string;
    field: string;
    written: string | number;
    also?: string[];
    same_as_row?: number;
    conflicts_with_row?: number;
  }[];
  skipped: { row: number; why: string }[];
  notes: { row: number; note: string; becomes?: string | null }[];
  accepted_fields: string[];
  accepted_rows: (string | number | null)[][];
  enterprise?: { name: string; credit_code: string; high_risk: boolean };
};

const expected = JSON.parse(readFileSync('tests/inputs/expected.json', 'utf8')) as {
  files: Record<string, Expected>;
};

function read(file: string): RosterReading {
  const workbook = readWorkbook(readFileSync(`tests/inputs/${file}`), file);
  return decideRoster(workbook, XIAYI, { uploadedOn: '2031-01-01' });
}

function accepted(reading: RosterReading): AcceptedRow[] {
  return reading.rows.filter((row) => row.outcome === 'accepted');
}

function refused(reading: RosterReading): RefusedRow[] {
  return reading.rows.filter((row) => row.outcome === 'refused');
}

/** A field under the name that the answers use. */
function stored(fields: RosterFields, row: number, name: string): unknown {
  const category =
    fields.category === 'village_station_head' ? '村安全劝导站站长' : CATEGORY_NAMES[fields.category];
  const named: Record<string, unknown> = {
    ...fields,
    row,
    category,
    township: fields.townshipId,
    hired_on: fields.hiredOn,
    valid_until: fields.validUntil,
  };
  return named[name];
}

describe.each(['roster-xiayi.xlsx', 'roster-enterprise.xlsx'])('%s', (file) => {
  const answer = expected.files[file]!;
  const reading = read(file);

  it('finds sheet, heading, day of the report and what is no data', () => {
    expect(reading.sheetName).toBe(answer.sheet);
    expect(reading.headingRows).toEqual(answer.header_rows);
    expect(reading).toMatchObject({ asOf: answer.as_of, asOfSource: 'sheet', lacking: [], unassigned: [] });
    expect(reading.skipped).toEqual(answer.skipped);
    expect(reading.rows).toHaveLength(answer.data_rows);
  });

  it('takes every row that is to be taken, as it must be stored', () => {
    const rows = accepted(reading).map(({ fields, row }) =>
      answer.accepted_fields.map((name) => stored(fields, row, name)),
    );
    expect(rows).toEqual(answer.accepted_rows);
    expect(rows).toHaveLength(answer.accepted);
    expect(new Set(accepted(reading).map(({ fields }) => fields.id)).size).toBe(answer.distinct_persons);
  });

  it('refuses every row that is to be refused, with all its reasons', () => {
    const rows = refused(reading).map(({ row, code, also, heading, other }) => ({
      row,
      code,
      also,
      heading,
      other,
    }));
    expect(rows).toEqual(
      answer.rejected.map(({ row, reason_code, also, field, same_as_row, conflicts_with_row }) => {
        const other = same_as_row ?? conflicts_with_row;
        return {
          row,
          code: reason_code,
          also: also ?? [],
          heading: field,
          other: other ? [other] : undefined,
        };
      }),
    );
    expect(rows).toHaveLength(answer.rejected_count);
  });

  it('shows what stands in the cell and says where', () => {
    for (const { row, field, written, reason_code } of answer.rejected) {
      const found = refused(reading).find((one) => one.row === row)!;
      if (!['duplicate_row', 'id_name_conflict'].includes(reason_code))
        expect(found.shown).toBe(String(written));
      expect(found.message).toMatch(new RegExp(`^第${row}行[A-N]列“${field}”：.+`));
    }
  });

  it('notes what was cleaned, and nothing else', () => {
    const notes = accepted(reading).flatMap(({ row, notes: found }) =>
      found.map(({ code }) => `${row} ${code}`),
    );
    expect(notes.toSorted()).toEqual(answer.notes.map(({ row, note }) => `${row} ${note}`).toSorted());
  });

  it('decides the same when it is read again', () => {
    expect(read(file)).toEqual(reading);
  });
});

describe('the roster in other forms', () => {
  const workbook = library.read(readFileSync('tests/inputs/roster-xiayi.xlsx'), { cellStyles: true });
  const codes = (reading: RosterReading) =>
    refused(reading).map(({ row, code, also }) => ({ row, code, also }));
  const people = (reading: RosterReading) =>
    accepted(reading).map(({ row, fields: { name, id, category, townshipId, phone } }) => [
      row,
      name,
      id,
      category,
      townshipId,
      phone,
    ]);
  const plain = read('roster-xiayi.xlsx');

  it('is decided the same as .xls', () => {
    const bytes = library.write(workbook, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    const reading = decideRoster(readWorkbook(bytes, 'roster.xls'), XIAYI, { uploadedOn: '2031-01-01' });
    expect(codes(reading)).toEqual(codes(plain));
    expect(people(reading)).toEqual(people(plain));
    expect(reading).toMatchObject({ asOf: '2026-03-16', skipped: plain.skipped });
  });

  it('is decided the same as CSV in GB18030, merged townships excepted', () => {
    const text = library.utils.sheet_to_csv(workbook.Sheets['花名册']!, { forceQuotes: true });
    const reading = decideRoster(readWorkbook(gb18030(text), '花名册.csv'), XIAYI, {
      uploadedOn: '2031-01-01',
    });
    // A CSV has no merged cells, so the rows under one have no township.
    const merged = (row: number) => row >= 186 && row <= 207;
    expect(codes(reading).filter(({ row }) => !merged(row))).toEqual(
      codes(plain).filter(({ row }) => !merged(row)),
    );
    expect(people(reading)).toEqual(people(plain).filter(([row]) => !merged(row as number)));
  });
});

describe('what only one of the files shows', () => {
  it('suggests a township without correcting it', () => {
    const found = refused(read('roster-xiayi.xlsx')).find(({ row }) => row === 508)!;
    expect(found.hint).toBe('桑堌乡');
    expect(found.message).toContain('是不是“桑堌乡”？');
  });

  it('takes the village from the 单位, also where it is merged', () => {
    const rows = accepted(read('roster-xiayi.xlsx'));
    const at = (row: number) => rows.find((one) => one.row === row)!.fields;
    expect(at(207)).toMatchObject({ townshipName: '车站镇', village: '下韩楼村' });
    expect(at(188)).toMatchObject({ unit: '车站镇人民政府', village: null, townshipName: '车站镇' });
  });

  it('reads the enterprise from the heading', () => {
    const answer = expected.files['roster-enterprise.xlsx']!.enterprise!;
    expect(read('roster-enterprise.xlsx')).toMatchObject({
      kind: 'enterprise',
      enterprise: {
        name: answer.name,
        creditCode: answer.credit_code,
        creditCodeRight: true,
        highRisk: answer.high_risk,
      },
    });
    expect(read('roster-xiayi.xlsx')).toMatchObject({
      kind: 'cadre',
      enterprise: null,
      reportedBy: '夏邑县应急管理局',
    });
  });

  it('reads hours written with and without their unit', () => {
    const hours = accepted(read('roster-enterprise.xlsx')).map(({ fields }) => fields.trainingHours);
    expect(hours).toContain(24);
    expect(hours).toContain(null);
    expect(hours.some((value) => Number.isNaN(value))).toBe(false);
  });
});
