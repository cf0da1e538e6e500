import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#lib/kernel/actor.ts';
import { listOverlaps } from '#lib/courses/elsewhere-previews.server.ts';
import { followCredits } from '#lib/courses/ledger.server.ts';
import { EMPTY_CELL, type Sheet } from '#lib/kernel/sheet.ts';
import { idCheckCharacter } from '#lib/people/id-number.ts';
import { read, write } from '#lib/server/db/open.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { account, person } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { lookUpHash } from '#lib/server/keys.ts';
import { newId } from '#lib/server/id.ts';
import {
  addOutsidePeople,
  addOutsideSheet,
  attachOutsideSheet,
  decideOutsideTraining,
  enterOutsideTraining,
  listOutsideTrainings,
  readOutsideTraining,
  removeOutsidePerson,
} from './outside-trainings.server.ts';

followCredits();

const COUNTY = '/41/4114/411426/';
const HUITING = `${COUNTY}411426101/`;
const NOW = new Date('2026-03-20T02:00:00Z');
const staff = (role: Role, path: string, accountId: string, personId: string | null = null): Actor => ({
  ...{ accountId, personId, name: role },
  grants: [{ role, path, organizationId: null }],
});
const officer = staff('township_officer', HUITING, 'officer', 'the-officer');
const bureau = staff('bureau', COUNTY, 'bureau');
const elsewhere = staff('township_officer', `${COUNTY}411426102/`, 'matou');
const INPUT = {
  ...{
    title: '应急管理专题班',
    organizer: '市委党校',
    place: '商丘',
    fromOn: '2026-03-02',
    toOn: '2026-03-04',
  },
  ...{ days: 6, divisionId: '411426101' },
};
const idOf = (index: number) => {
  const seventeen = `4100001970010100${index}`;
  return seventeen + idCheckCharacter(seventeen);
};

beforeAll(async () => {
  await write('world', async (tx) => {
    for (const [index, path] of [HUITING, HUITING, COUNTY, HUITING].entries())
      await tx.insert(person).values({
        ...{
          id: `p${index}`,
          name: `学员${index}`,
          pinyin: `p${index}`,
          idHash: lookUpHash(idOf(index)),
          idMasked: '410000****',
        },
        ...{ sex: '男' as const, birthOn: '1970-01-01', phone: '', path, createdAt: NOW },
      });
    const base = { passwordHash: null, mustChangePassword: false, createdAt: NOW };
    await tx
      .insert(account)
      .values({ ...base, id: 'officer', personId: 'the-officer', loginName: 'officer1', name: '会亭镇' });
    await tx
      .insert(account)
      .values({ ...base, id: 'bureau', personId: null, loginName: 'bureau1', name: '县局' });
  });
});

async function entered(withScan = true): Promise<string> {
  const id = await enterOutsideTraining(officer, INPUT, NOW);
  if (!withScan) return id;
  const scan = {
    id: newId(),
    sha256: 'x',
    name: '结业证.jpg',
    type: 'image/jpeg',
    bytes: 9,
    about: `outside:${id}`,
    path: HUITING,
    byAccount: 'officer',
    at: NOW,
  };
  await write('scan', (tx) => tx.insert(upload).values(scan));
  await attachOutsideSheet(officer, id, scan.id, NOW);
  return id;
}

const linesOf = (personId: string) =>
  read((db) => db.select().from(creditEntry).where(eq(creditEntry.personId, personId)));
const yes = { verdict: 'confirmed' as const, reason: '' };

describe('training elsewhere', () => {
  it('is entered in the own place, over, and no longer than its days', async () => {
    await expect(enterOutsideTraining(elsewhere, INPUT, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(enterOutsideTraining(officer, { ...INPUT, days: 7 }, NOW)).rejects.toMatchObject({
      code: 'half_days_many',
    });
    await expect(enterOutsideTraining(officer, { ...INPUT, toOn: '2026-03-29' }, NOW)).rejects.toMatchObject({
      code: 'days_ahead',
    });
    const id = await entered(false);
    await expect(readOutsideTraining(elsewhere, id)).rejects.toMatchObject({ status: 404 });
    await expect(addOutsidePeople(officer, id, [{ personId: 'p2', halfDays: 2 }], NOW)).rejects.toMatchObject(
      { code: 'outside_person_unknown' },
    );
  });

  it('counts when another person confirmed it, once, with its own kind', async () => {
    const id = await entered();
    await addOutsidePeople(
      officer,
      id,
      [
        { personId: 'p0', halfDays: 6 },
        { personId: 'p1', halfDays: 3 },
      ],
      NOW,
    );
    await expect(addOutsidePeople(bureau, id, [{ personId: 'p2', halfDays: 2 }], NOW)).rejects.toMatchObject({
      code: 'outside_of_another',
    });
    await expect(decideOutsideTraining(officer, id, yes, NOW)).rejects.toMatchObject({ code: 'outside_own' });
    const same = { ...bureau, personId: 'the-officer' };
    await expect(decideOutsideTraining(same, id, yes, NOW)).rejects.toMatchObject({ code: 'outside_own' });
    expect((await listOutsideTrainings(bureau, {}, 1)).waiting).toBeGreaterThan(0);
    expect((await readOutsideTraining(bureau, id)).reasons).toEqual([]);
    await decideOutsideTraining(bureau, id, yes, NOW);
    expect(await linesOf('p0')).toMatchObject([
      {
        kind: 'elsewhere',
        halfDays: 6,
        creditHundredths: 2400,
        heldOn: '2026-03-04',
        title: '应急管理专题班（市委党校）',
      },
    ]);
    expect(await linesOf('p1')).toMatchObject([{ halfDays: 3 }]);
    await expect(decideOutsideTraining(bureau, id, yes, NOW)).rejects.toMatchObject({
      code: 'outside_decided',
    });
    await expect(removeOutsidePerson(officer, id, 'p0', NOW)).rejects.toMatchObject({
      code: 'outside_decided',
    });
    expect((await readOutsideTraining(officer, id)).row).toMatchObject({
      state: 'confirmed',
      decidedBy: 'bureau',
    });
  });

  it('is not confirmed empty or without a scan, and is refused with a reason', async () => {
    const id = await entered(false);
    expect((await readOutsideTraining(bureau, id)).reasons).toHaveLength(2);
    await expect(decideOutsideTraining(bureau, id, yes, NOW)).rejects.toMatchObject({
      code: 'outside_empty',
    });
    await expect(
      decideOutsideTraining(bureau, id, { verdict: 'refused', reason: '' }, NOW),
    ).rejects.toMatchObject({ code: 'outside_reason_missing' });
    await decideOutsideTraining(bureau, id, { verdict: 'refused', reason: '缺少结业证明' }, NOW);
    expect(
      (await listOutsideTrainings(officer, { state: 'refused' }, 1)).rows.map((row) => row.id),
    ).toContain(id);
  });

  it('takes the good rows of a sheet and answers the others with their faults', async () => {
    const id = await entered();
    const text = (value: string) =>
      value === '' ? EMPTY_CELL : { kind: 'text' as const, text: value, value, day: null };
    const rows = [
      ['姓名', '身份证号', '天数'],
      ['学员0', idOf(0), '1.5'],
      ['学员1', idOf(1), ''],
      ['学员2', idOf(2), '1'],
    ];
    const sheet: Sheet = {
      name: '名单',
      hidden: false,
      merges: [],
      hiddenColumns: [],
      rows: rows.map((cells, index) => ({ row: index + 1, cells: cells.map(text) })),
    };
    const decided = await addOutsideSheet(officer, id, sheet, NOW);
    expect(decided.map(({ personId, faults }) => [personId, faults])).toEqual([
      ['p0', []],
      ['p1', []],
      [null, ['person_unknown']],
    ]);
    expect((await readOutsideTraining(officer, id)).people).toMatchObject([
      { personId: 'p0', halfDays: 3 },
      { personId: 'p1', halfDays: 6 },
    ]);
    await removeOutsidePerson(officer, id, 'p1', NOW);
    expect((await readOutsideTraining(officer, id)).people).toHaveLength(1);
  });

  it('names beforehand for whom it counts less, because the same days count already', async () => {
    const [first, second] = [await entered(), await entered()];
    for (const [id, halfDays] of [
      [first, 4],
      [second, 6],
    ] as const)
      await addOutsidePeople(officer, id, [{ personId: 'p3', halfDays }], NOW);
    expect(await listOverlaps(bureau, second)).toEqual([]);
    await decideOutsideTraining(bureau, first, yes, NOW);
    expect(await listOverlaps(bureau, second)).toEqual([{ personId: 'p3', halfDays: 6, counted: 2 }]);
    expect(await listOverlaps(bureau, first)).toEqual([]);
    await expect(listOverlaps(elsewhere, second)).rejects.toMatchObject({ status: 404 });
    await decideOutsideTraining(bureau, second, yes, NOW);
    expect((await linesOf('p3')).reduce((sum, line) => sum + line.halfDays, 0)).toBe(6);
    expect(await listOverlaps(bureau, first)).toEqual([]);
    expect(await listOverlaps(bureau, second)).toEqual([{ personId: 'p3', halfDays: 6, counted: 2 }]);
  });
});
