import { readFileSync } from 'node:fs';
import { and, eq, isNull, like } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { division, event, organization, person, post } from '#lib/server/db/schema/index.ts';
import { verifyChains } from '#lib/server/events/chains.ts';
import { newId } from '#lib/server/id.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { idOf } from '#tests/inputs/table.ts';
import { cadre, rosterOf, type RosterUpload } from '#tests/worlds/roster.ts';
import { doRosterJobs } from './import-jobs.server.ts';
import {
  commitRosterImport,
  confirmRenames,
  correctColumns,
  discardRosterImport,
  listImportPlaces,
  listImportRows,
  listRosterImports,
  previewRoster,
  readRosterImport,
  startRosterImport,
  writeRefusedWorkbook,
} from './roster-import.server.ts';

type Expected = {
  accepted: number;
  rejected_count: number;
  distinct_persons: number;
  rejected: { row: number; reason_code: string; also?: string[] }[];
};

const COUNTY = '/41/4114/411426/';
const HUITING = `${COUNTY}411426101/`;
const MATOU = `${COUNTY}411426102/`;
const NOW = new Date('2026-11-22T01:00:00Z');
const answers = JSON.parse(readFileSync('tests/inputs/expected.json', 'utf8')) as {
  files: Record<string, Expected>;
};

function actorWith(
  role: Actor['grants'][number]['role'],
  path: string,
  organizationId: string | null = null,
): Actor {
  return { accountId: newId(), personId: null, name: role, grants: [{ role, path, organizationId }] };
}
const bureau = actorWith('bureau', COUNTY);
const foreign = actorWith('bureau', '/41/4112/411224/');

const fileOf = (fileName: string) => ({
  divisionId: '411426',
  fileName,
  bytes: new Uint8Array(readFileSync(`tests/inputs/${fileName}`)),
});

async function uploaded(file: RosterUpload, now = NOW, actor = bureau): Promise<string> {
  const id = await startRosterImport(actor, file, now);
  await runDueJobs(now);
  return id;
}

async function imported(file: RosterUpload, confirmed: number[] = [], now = NOW): Promise<string> {
  const id = await uploaded(file, now);
  for (const row of confirmed) await confirmRenames(bureau, id, { row, confirmed: true }, now);
  await commitRosterImport(bureau, id, now);
  await runDueJobs(now);
  return id;
}

const people = () => read((db) => db.select().from(person).where(isNull(person.mergedInto)));
const postsOf = (personId: string) => read((db) => db.select().from(post).where(eq(post.personId, personId)));
async function personNamed(name: string) {
  const [found] = await read((db) => db.select().from(person).where(eq(person.name, name)));
  return found!;
}
/** Everything an import may change, to compare before and after. */
const register = async () =>
  await read(async (db) => ({
    people: await db.select().from(person).orderBy(person.id),
    posts: await db.select().from(post).orderBy(post.id),
    places: await db.$count(division),
    organizations: await db.select().from(organization),
  }));

beforeAll(doRosterJobs);

describe.each(['roster-xiayi.xlsx', 'roster-enterprise.xlsx'])('%s', (fileName) => {
  const answer = answers.files[fileName]!;
  const file = fileOf(fileName);

  it('previewed changes nothing, and refuses what must be refused, with its codes', async () => {
    const before = await register();
    const outcome = await previewRoster(bureau, file, NOW);
    expect(outcome.rows).toMatchObject({ accepted: answer.accepted, created: answer.accepted, updated: 0 });
    expect(outcome.persons).toBe(answer.distinct_persons);
    expect(outcome.refused.map(({ row, code, also }) => ({ row, code, also }))).toEqual(
      answer.rejected.map(({ row, reason_code, also }) => ({ row, code: reason_code, also: also ?? [] })),
    );
    expect(outcome.refused).toHaveLength(answer.rejected_count);
    await uploaded(file);
    expect(await register()).toEqual(before);
  });

  it('committed stands in the register: rows as posts, persons once each', async () => {
    const before = await register();
    const id = await imported(file);
    expect((await readRosterImport(bureau, id)).import).toMatchObject({ state: 'done', committedAt: NOW });
    const after = await register();
    expect(after.people.length - before.people.length).toBe(answer.distinct_persons);
    expect(after.posts.length - before.posts.length).toBe(answer.accepted);
  });

  it('imported again changes nothing', async () => {
    const before = await register();
    const { counts } = await readRosterImport(bureau, await imported(file));
    const refused = answer.rejected_count;
    expect(counts).toEqual({ create: 0, update: 0, confirm: 0, unchanged: answer.accepted, refused });
    expect(await register()).toEqual(before);
    expect((await previewRoster(bureau, file, NOW)).rows).toMatchObject({ created: 0, updated: 0 });
  });

  it('comes back with a reason on each refused row, and no ID number in clear leaves the preview', async () => {
    const id = await uploaded(file);
    const { name, bytes } = await writeRefusedWorkbook(bureau, id);
    const sheet = readWorkbook(bytes, name).sheets.find((one) => !one.hidden)!;
    const said = sheet.rows.filter((row) =>
      row.cells.some((cell) => cell?.text.startsWith(`第${row.row}行`)),
    );
    expect(said.map((row) => row.row)).toEqual(answer.rejected.map(({ row }) => row));
    const { rows: shown } = await listImportRows(bureau, id, ['refused', 'unchanged'], 1);
    expect(JSON.stringify(shown).match(/.{0,20}410000(19|20)\d{9}/)?.[0]).toBeUndefined();
  });
});

it('the enterprise of a heading is made once', async () => {
  const rows = await read((db) => db.select().from(organization));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ kind: 'enterprise', divisionId: '411426', path: COUNTY });
});

describe('a known number', () => {
  it('under another name waits for a yes', async () => {
    await imported(rosterOf([cadre('郑更名', 11), cadre('郑不改', 13)]));
    const renamed = rosterOf([cadre('郑新名', 11), cadre('郑新改', 13)]);
    const id = await imported(renamed, [2]);
    expect((await readRosterImport(bureau, id)).counts).toMatchObject({ confirm: 2, create: 0 });
    expect(await personNamed('郑新名')).toMatchObject({ pinyin: expect.stringMatching(/^zheng/) });
    expect(await personNamed('郑不改')).toBeDefined();
    expect(await personNamed('郑新改')).toBeUndefined();
  });

  it('in another township is transferred, and the old post keeps its days', async () => {
    await imported(rosterOf([cadre('孙调动', 21)]));
    const { id } = await personNamed('孙调动');
    const later = new Date('2027-03-01T01:00:00Z');
    const moved = cadre('孙调动', 21, { township: '马头镇', unit: '马头镇人民政府' });
    const done = await imported(rosterOf([moved]), [], later);
    expect((await readRosterImport(bureau, done)).counts).toMatchObject({ update: 1 });
    const posts = (await postsOf(id)).toSorted((a, b) => a.heldFrom.localeCompare(b.heldFrom));
    expect(posts.map(({ path, heldFrom, heldUntil }) => ({ path, heldFrom, heldUntil }))).toEqual([
      { path: HUITING, heldFrom: '2026-11-22', heldUntil: '2027-02-28' },
      { path: MATOU, heldFrom: '2027-03-01', heldUntil: null },
    ]);
    expect((await personNamed('孙调动')).path).toBe(MATOU);
  });

  it('in an older roster is not transferred back, and the rest of the row counts', async () => {
    const later = new Date('2027-05-01T01:00:00Z');
    await imported(
      rosterOf([cadre('何往返', 25, { township: '马头镇', unit: '马头镇人民政府' })]),
      [],
      later,
    );
    const { id } = await personNamed('何往返');
    await imported(rosterOf([cadre('何往返', 25, { phone: '16900000025' })]));
    expect(await postsOf(id)).toMatchObject([{ path: MATOU, heldFrom: '2027-05-01', heldUntil: null }]);
    expect((await personNamed('何往返')).phone).toBe('16900000025');
  });

  it('in a second post stays one person', async () => {
    await imported(
      rosterOf([cadre('周兼任', 31), cadre('周兼任', 31, { category: '灾害信息员A角', unit: '会亭镇' })]),
    );
    const { id } = await personNamed('周兼任');
    expect((await postsOf(id)).filter((one) => one.heldUntil === null)).toHaveLength(2);
  });

  it('with a new phone is changed; an empty phone says nothing', async () => {
    await imported(rosterOf([cadre('吴电话', 41, { phone: '16900000041' })]));
    await imported(rosterOf([cadre('吴电话', 41, { phone: '16900000042' })]));
    expect((await personNamed('吴电话')).phone).toBe('16900000042');
    await imported(rosterOf([cadre('吴电话', 41)]));
    expect((await personNamed('吴电话')).phone).toBe('16900000042');
  });
});

describe('a roster', () => {
  it('that leaves people out removes nobody', async () => {
    const before = (await people()).length;
    await imported(rosterOf([cadre('钱一人', 51)]));
    expect(await people()).toHaveLength(before + 1);
    const ended = await read((db) =>
      db.$count(post, and(like(post.path, `${COUNTY}%`), eq(post.heldUntil, '2026-11-21'))),
    );
    expect(ended).toBe(0);
  });

  it('killed between two slices resumes where it stopped', async () => {
    const lines = Array.from({ length: 150 }, (_, index) => cadre(`赵${index}`, 101 + index * 2));
    const names = lines.map((line) => ({
      ...line,
      name: `赵${String.fromCharCode(0x4e00 + Number(line.name.slice(1)))}`,
    }));
    const id = await uploaded(rosterOf(names));
    await commitRosterImport(bureau, id, NOW);
    const before = (await people()).length;
    await runDueJobs(NOW, 1);
    const some = (await people()).length - before;
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(150);
    expect((await readRosterImport(bureau, id)).import.state).toBe('committing');
    // The process that took the lease is gone; another one waits for it to expire.
    await runDueJobs(new Date(NOW.getTime() + 60_000));
    expect((await people()).length - before).toBe(150);
    expect(await readRosterImport(bureau, id)).toMatchObject({
      import: { state: 'done' },
      job: { done: 150, total: 150 },
    });
    const applied = await read((db) =>
      db
        .select()
        .from(event)
        .where(and(eq(event.kind, 'roster_row_applied'), like(event.stream, 'person:%'))),
    );
    const ofThis = applied.filter((one) => one.detail.importId === id).map((one) => one.detail.row);
    expect(new Set(ofThis).size).toBe(150);
    expect(ofThis).toHaveLength(150);
    expect((await verifyChains()).broken).toEqual([]);
  });

  it('read with columns set by hand remembers them', async () => {
    const text =
      '谁,身份证号,在哪,人员类别,所属乡镇\n冯列名,' +
      `${idOf('19850101', 61)},会亭镇人民政府,乡镇应急人员,会亭镇\n`;
    const file = {
      divisionId: '411426',
      fileName: '别样.csv',
      bytes: new TextEncoder().encode(text.replace('谁', '干部')),
    };
    const id = await uploaded(file);
    await correctColumns(bureau, id, { mapping: { name: 1, unit: 3 }, category: null }, NOW);
    await runDueJobs(NOW);
    expect((await readRosterImport(bureau, id)).import).toMatchObject({ state: 'preview' });
    const again = await readRosterImport(bureau, await uploaded(file));
    const heading = again.import.summary!.headings.find(({ column }) => column === 3);
    expect(heading).toMatchObject({ field: 'unit', confidence: 'remembered' });
  });

  it('that is no roster is refused with a sentence, and can be discarded', async () => {
    const bytes = new TextEncoder().encode('甲,乙\n1,2\n');
    const id = await uploaded({ divisionId: '411426', fileName: '别的.csv', bytes });
    const found = await readRosterImport(bureau, id);
    expect(found.import).toMatchObject({
      state: 'failed',
      refusal: expect.stringContaining('没有找到人员名单'),
    });
    await expect(commitRosterImport(bureau, id, NOW)).rejects.toMatchObject({
      code: 'import_not_preview',
    });
    await discardRosterImport(bureau, id, NOW);
    expect((await readRosterImport(bureau, id)).import.state).toBe('discarded');
  });
});

describe('who may', () => {
  it('load a county: its own bureau or one above; for others the import is not there', async () => {
    const file = rosterOf([cadre('蒋外县', 71)]);
    for (const actor of [foreign, actorWith('township_officer', HUITING), actorWith('administrator', '/41/')])
      await expect(startRosterImport(actor, file, NOW)).rejects.toMatchObject({ code: 'import_forbidden' });
    await expect(startRosterImport(bureau, { ...file, divisionId: '4114' }, NOW)).rejects.toMatchObject({
      code: 'import_place_unknown',
    });
    const id = await uploaded(file, NOW, actorWith('bureau', '/41/4114/'));
    const hidden = { code: 'import_not_found', status: 404 };
    await expect(readRosterImport(foreign, id)).rejects.toMatchObject(hidden);
    await expect(commitRosterImport(foreign, id, NOW)).rejects.toMatchObject(hidden);
    await expect(writeRefusedWorkbook(foreign, id)).rejects.toMatchObject(hidden);
    await expect(readRosterImport(bureau, newId())).rejects.toMatchObject(hidden);
    expect((await listRosterImports(foreign, 1)).total).toBe(0);
    expect(await listImportPlaces(bureau)).toEqual([{ id: '411426', name: '夏邑县' }]);
  });

  it('load an enterprise: its own manager, and no other’s', async () => {
    const [own] = await read((db) => db.select().from(organization));
    const file = fileOf('roster-enterprise.xlsx');
    const manager = actorWith('enterprise_manager', COUNTY, own!.id);
    expect((await previewRoster(manager, file, NOW)).rows).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 107,
    });
    const other = actorWith('enterprise_manager', COUNTY, newId());
    await expect(previewRoster(other, file, NOW)).rejects.toMatchObject({ code: 'enterprise_not_yours' });
    await expect(previewRoster(manager, rosterOf([cadre('沈机关', 81)]), NOW)).rejects.toMatchObject({
      code: 'roster_not_enterprise',
    });
  });
});
