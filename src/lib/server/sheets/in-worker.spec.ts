import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decideRoster } from '#lib/people/roster-reading.ts';
import { idOf } from '#tests/inputs/table.ts';
import { XIAYI } from '#tests/inputs/xiayi.ts';
import {
  readQuestionsInWorker,
  readRosterInWorker,
  writeReasonsInWorker,
  writeTemplateInWorker,
} from './in-worker.ts';
import { readWorkbook } from './read-workbook.ts';

const options = { uploadedOn: '2026-03-16' };
const input = (fileName: string) => ({ bytes: readFileSync(`tests/inputs/${fileName}`), fileName });
const roster = (
  file: { bytes: Uint8Array; fileName: string },
  limits?: { seconds: number; megabytes: number },
) => readRosterInWorker({ ...file, reference: XIAYI, options }, limits);

function csvOf(rows: number): { bytes: Uint8Array; fileName: string } {
  const lines = Array.from({ length: rows }, (_, index) => {
    const birth = `19${60 + (index % 40)}0${1 + (index % 9)}1${index % 10}`;
    const id = idOf(birth, (Math.floor(index / 360) * 2 + 1) % 1000);
    return `王${String.fromCodePoint(0x4e00 + index)},${id},村安全劝导站站长,会亭镇,会亭镇张庄村,169${String(index).padStart(8, '0')}`;
  });
  return {
    bytes: Buffer.from(['姓名,身份证号,人员类别,所属乡镇,单位,手机号', ...lines].join('\n')),
    fileName: 'a.csv',
  };
}

describe('in a thread of its own', () => {
  it('gives the same reading, and leaves the caller its bytes', async () => {
    const file = input('roster-xiayi.xlsx');
    const length = file.bytes.length;
    const reading = await roster(file);
    expect(file.bytes).toHaveLength(length);
    expect(reading).toEqual(decideRoster(readWorkbook(file.bytes, file.fileName), XIAYI, options));
  });

  it('reads questions, writes reasons and blank workbooks', async () => {
    expect((await readQuestionsInWorker(input('questions-anquan.xlsx'))).rows).toHaveLength(132);
    const reasons = [{ row: 35, message: '看' }];
    const written = await writeReasonsInWorker({
      ...input('roster-xiayi.xlsx'),
      sheetName: '花名册',
      reasons,
    });
    expect(readWorkbook(written, 'a.xlsx').sheets[0]!.rows[34]!.cells[11]).toMatchObject({ value: '看' });
    const blank = await writeTemplateInWorker({ kind: 'cadre' });
    expect(readWorkbook(blank, 'a.xlsx').sheets.map(({ name }) => name)).toEqual(['花名册']);
  });

  it('brings refusals over with code, status and sentence', async () => {
    const pdf = { bytes: Buffer.from('%PDF-1.7'), fileName: 'a.xlsx' };
    await expect(roster(pdf)).rejects.toMatchObject({ name: 'Refused', code: 'sheet_type', status: 400 });
    const many = { bytes: Buffer.from('a,b\n'.repeat(50_001)), fileName: 'many.csv' };
    await expect(roster(many)).rejects.toMatchObject({
      code: 'sheet_too_many_rows',
      status: 413,
      message: expect.stringContaining('“many”') as string,
      detail: { sheet: 'many' },
    });
    await expect(readQuestionsInWorker(input('roster-xiayi.xlsx'))).rejects.toMatchObject({
      code: 'questions_not_found',
    });
  });

  it('gives up what needs more memory or more time', async () => {
    const file = csvOf(20_000);
    await expect(roster(file, { seconds: 60, megabytes: 8 })).rejects.toMatchObject({
      code: 'sheet_too_heavy',
    });
    await expect(roster(file, { seconds: 0.05, megabytes: 512 })).rejects.toMatchObject({
      code: 'sheet_too_slow',
    });
  });

  it('reads 20,000 rows without holding up the main thread', async () => {
    const file = csvOf(20_000);
    let ticks = 0;
    const watch = setInterval(() => (ticks += 1), 5);
    const reading = await roster(file);
    clearInterval(watch);
    expect(reading.rows).toHaveLength(20_000);
    // Read in the main thread, none of them would come; the bench measures the worst stall.
    expect(ticks).toBeGreaterThan(20);
  });
});
