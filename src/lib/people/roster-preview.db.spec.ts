import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { sheetsOf } from '#lib/kernel/sheet-import.ts';
import { read } from '#lib/server/db/open.ts';
import { event, person, post } from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { cadre, rosterBook, rosterOf, type RosterUpload } from '#tests/worlds/roster.ts';
import { doRosterJobs } from './import-jobs.server.ts';
import {
  chooseRosterSheet,
  commitRosterImport,
  confirmRenames,
  correctColumns,
  listImportRows,
  readRosterImport,
  startRosterImport,
} from './roster-import.server.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
function bureauOf(path: string): Actor {
  const grants = [{ role: 'bureau' as const, path, organizationId: null }];
  return { accountId: newId(), personId: null, name: '县局', grants };
}
const bureau = bureauOf('/41/4114/411426/');
const foreign = bureauOf('/41/4112/411224/');

async function uploaded(file: RosterUpload): Promise<string> {
  const id = await startRosterImport(bureau, file, NOW);
  await runDueJobs(NOW);
  return id;
}
async function commit(id: string): Promise<void> {
  await commitRosterImport(bureau, id, NOW);
  await runDueJobs(NOW);
}
/** People of one place in line, under a family name. */
const familyOf = (family: string, from: number, count: number) =>
  Array.from({ length: count }, (_, index) =>
    cadre(`${family}${String.fromCodePoint(0x5f20 + index)}`, from + index * 2),
  );

beforeAll(doRosterJobs);

describe('renames', () => {
  const before = familyOf('郑', 101, 60);
  const after = familyOf('曹', 101, 60);
  const register = async () =>
    (await read((db) => db.select().from(person))).map(({ name }) => name).toSorted();
  let id = '';

  beforeAll(async () => {
    await commit(await uploaded(rosterOf(before)));
    id = await uploaded(rosterOf(after));
  });

  it('confirmed on one page of the preview stay confirmed on the others', async () => {
    const [first] = (await listImportRows(bureau, id, ['confirm'], 1)).rows;
    const [second] = (await listImportRows(bureau, id, ['confirm'], 2)).rows;
    await confirmRenames(bureau, id, { row: first!.row, confirmed: true }, NOW);
    await confirmRenames(bureau, id, { row: second!.row, confirmed: true }, NOW);
    expect(await readRosterImport(bureau, id)).toMatchObject({ counts: { confirm: 60 }, confirmed: 2 });
    expect((await listImportRows(bureau, id, ['confirm'], 1)).rows[0]).toMatchObject({ confirmed: true });
    await confirmRenames(bureau, id, { row: second!.row, confirmed: false }, NOW);
    expect((await readRosterImport(bureau, id)).confirmed).toBe(1);
  });

  it('can be confirmed all at once, and taken back', async () => {
    await confirmRenames(bureau, id, { row: 'all', confirmed: true }, NOW);
    expect((await readRosterImport(bureau, id)).confirmed).toBe(60);
    await confirmRenames(bureau, id, { row: 'all', confirmed: false }, NOW);
    expect((await readRosterImport(bureau, id)).confirmed).toBe(0);
    expect(await register()).toEqual(before.map(({ name }) => name).toSorted());
  });

  it('are no business of others, and only of rows that wait for it', async () => {
    const yes = { row: 'all' as const, confirmed: true };
    await expect(confirmRenames(foreign, id, yes, NOW)).rejects.toMatchObject({ code: 'import_not_found' });
    await expect(confirmRenames(bureau, id, { ...yes, row: 9999 }, NOW)).rejects.toMatchObject({
      code: 'rename_gone',
    });
    expect((await readRosterImport(bureau, id)).confirmed).toBe(0);
  });

  it('are committed as they were confirmed, each of them recorded', async () => {
    const rows = (await listImportRows(bureau, id, ['confirm'], 2)).rows.slice(0, 3).map(({ row }) => row);
    for (const row of rows) await confirmRenames(bureau, id, { row, confirmed: true }, NOW);
    await commit(id);
    const renamed = after.slice(50, 53).map(({ name }) => name);
    const kept = before.filter((_, index) => index < 50 || index >= 53).map(({ name }) => name);
    expect(await register()).toEqual([...renamed, ...kept].toSorted());
    const told = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `import:${id}`)),
    );
    const committed = told.find(({ kind }) => kind === 'roster_committed');
    expect(committed!.detail).toEqual({ rows: 3, confirmed: 3 });
    expect(told.filter(({ kind }) => kind === 'renames_confirmed').map(({ detail }) => detail.row)).toEqual(
      expect.arrayContaining(rows),
    );
    await expect(confirmRenames(bureau, id, { row: 'all', confirmed: true }, NOW)).rejects.toMatchObject({
      code: 'import_not_preview',
    });
  });
});

describe('a file without a column for the category', () => {
  const text = (year: number, sequence: number) =>
    `${year}年会亭镇灾害信息员名单\n姓名,身份证号,单位,所属乡镇\n` +
    `冯信息,${cadre('', sequence).id},会亭镇会亭村,会亭镇\n`;
  const file = (year: number, sequence: number) => ({
    ...{ divisionId: '411426', fileName: `名单${year}.csv` },
    bytes: new TextEncoder().encode(text(year, sequence)),
  });

  it('takes one for all its rows, and the bureau need not say it again', async () => {
    const id = await uploaded(file(2026, 301));
    expect((await readRosterImport(bureau, id)).import).toMatchObject({
      state: 'failed',
      refusal: expect.stringContaining('人员类别'),
    });
    await correctColumns(bureau, id, { mapping: {}, category: 'disaster_informant_a' }, NOW);
    await runDueJobs(NOW);
    expect(await readRosterImport(bureau, id)).toMatchObject({
      import: {
        state: 'preview',
        summary: { wholeCategory: { code: 'disaster_informant_a', source: 'given' } },
      },
      counts: { create: 1 },
    });
    await commit(id);
    const held = await read((db) => db.select().from(post).where(eq(post.category, 'disaster_informant_a')));
    expect(held).toHaveLength(1);

    const next = await readRosterImport(bureau, await uploaded(file(2027, 303)));
    expect(next.import.summary!.wholeCategory).toEqual({
      code: 'disaster_informant_a',
      source: 'remembered',
    });
  });

  it('is asked again once somebody took the choice back', async () => {
    const id = await uploaded(file(2028, 305));
    await correctColumns(bureau, id, { mapping: { category: 0 }, category: null }, NOW);
    await runDueJobs(NOW);
    expect((await readRosterImport(bureau, id)).import.state).toBe('failed');
    expect((await readRosterImport(bureau, await uploaded(file(2029, 307)))).import.state).toBe('failed');
  });
});

describe('a workbook with several rosters', () => {
  it('says which it read, and reads another when asked', async () => {
    const book = await rosterBook({
      一季度: [cadre('何一', 401), cadre('何二', 403)],
      二季度: [cadre('何三', 405)],
    });
    const id = await uploaded(book);
    const first = await readRosterImport(bureau, id);
    expect(first.import.summary).toMatchObject({ sheetName: '一季度', otherSheets: ['二季度'] });
    await chooseRosterSheet(bureau, id, '二季度', NOW);
    await runDueJobs(NOW);
    const second = await readRosterImport(bureau, id);
    expect(second.counts).toMatchObject({ create: 1 });
    expect(sheetsOf(second.import)).toEqual({ read: '二季度', others: ['一季度'] });
    // Columns set afterwards are those of the sheet that is shown.
    await correctColumns(bureau, id, { mapping: { phone: 0 }, category: null }, NOW);
    await runDueJobs(NOW);
    expect(sheetsOf((await readRosterImport(bureau, id)).import)).toEqual({
      read: '二季度',
      others: ['一季度'],
    });
  });

  it('keeps the way back when the sheet asked for is not there', async () => {
    const id = await uploaded(await rosterBook({ 甲: [cadre('何四', 411)], 乙: [] }));
    await chooseRosterSheet(bureau, id, '丙', NOW);
    await runDueJobs(NOW);
    const found = await readRosterImport(bureau, id);
    expect(found.import).toMatchObject({ state: 'failed', refusal: expect.stringContaining('丙') });
    expect(sheetsOf(found.import)!.others).toContain('甲');
    await expect(chooseRosterSheet(foreign, id, '甲', NOW)).rejects.toMatchObject({
      code: 'import_not_found',
    });
    await chooseRosterSheet(bureau, id, '甲', NOW);
    await runDueJobs(NOW);
    expect(await readRosterImport(bureau, id)).toMatchObject({
      import: { state: 'preview' },
      counts: { create: 1 },
    });
  });
});
