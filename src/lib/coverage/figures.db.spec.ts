import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { event, frozenFigure } from '#lib/server/db/schema/index.ts';
import {
  actor,
  addEnterprise,
  addPeople,
  addPerson,
  addVillage,
  adoptQuietly,
  city,
  COUNTY,
  enterCredit,
  huiting,
  idOf,
  lushi,
  second,
  TOWN,
  TOWN_2,
  xiayi,
} from '#tests/worlds/coverage-world.ts';
import { listPacks } from './adoptions.server.ts';
import { askExemption, decideExemption, listExemptions, withdrawExemption } from './exemptions.server.ts';
import { missingOf } from './figure.ts';
import {
  listOrganizations,
  listPlacesAbove,
  readCoverage,
  readOrganizationCoverage,
} from './figures.server.ts';
import { followCoverage } from './followers.server.ts';
import { freezeMonth } from './freezes.server.ts';
import {
  closePlan,
  enterFinalValues,
  enterPlan,
  indicatorsFrom,
  listPlans,
  readPlan,
} from './indicators.server.ts';
import { readMyYear } from './my-years.server.ts';
import { NAME_KINDS, type NameKind } from './name-row.ts';
import { listAllNames, listMissing, type NameFilters } from './names.server.ts';
import { exportCoverage, exportLetter, exportNames, readPaste, readReport } from './reports.server.ts';

const NOW = new Date('2026-06-10T02:00:00Z');
const ids: Record<string, string> = {};
let [liu, wang] = ['', ''];
const asked = { divisionId: '411426', year: 2026, grouping: 'cadre' as const };
const all: NameFilters = { ...asked, organizationId: null, own: false, category: null, kind: 'all', q: '' };

beforeAll(async () => {
  followCoverage();
  await adoptQuietly('lushi-2022', COUNTY, NOW);
  [liu, wang] = [await addVillage(TOWN, '刘庄村', NOW), await addVillage(TOWN_2, '王楼村', NOW)];
  const head = (path: string) => [{ category: 'village_station_head', path, unit: '安全劝导站' }];
  const names = {
    张三: head(liu),
    李四: head(liu),
    王五: head(wang),
    赵六: [{ category: 'disaster_informant_a', path: wang }],
    孙局: [{ category: 'county_emergency', path: COUNTY }],
    钱双: [...head(wang), { category: 'township_emergency', path: TOWN }],
  };
  for (const [name, posts] of Object.entries(names)) ids[name] = await addPerson(name, posts, NOW);
  ids.化工 = await addEnterprise(TOWN_2, '夏邑化工', true, NOW);
  ids.焊工 = await addPerson(
    '周焊',
    [{ category: 'special_operator', path: TOWN_2, organizationId: ids.化工! }],
    NOW,
  );
  await enterCredit(ids.张三!, { kind: 'attendance', halfDays: 8 }, NOW);
  await enterCredit(ids.李四!, { kind: 'attendance', halfDays: 3 }, NOW);
  await enterCredit(ids.钱双!, { kind: 'elsewhere', halfDays: 8 }, NOW);
});

describe('readCoverage', () => {
  it('gives the figures of a county, of its own staff, its townships and its categories', async () => {
    const coverage = await readCoverage(xiayi, asked, NOW);
    expect(coverage.figures).toEqual({ headcount: 6, covered: 3, ruled: 5, exempt: 0, met: 1 });
    expect(coverage.own).toMatchObject({ headcount: 1, covered: 0 });
    expect(coverage.children).toHaveLength(24);
    const of = (name: string) => coverage.children.find((one) => one.place.name === name)!.figures;
    expect(of('会亭镇')).toMatchObject({ headcount: 3, ruled: 3, met: 1 });
    expect(of('马头镇')).toMatchObject({ headcount: 3, ruled: 2, met: 1 });
    expect(coverage.categories.find((one) => one.code === 'disaster_informant_a')!.figures).toMatchObject({
      headcount: 1,
      ruled: 0,
    });
    expect(coverage.holding.map((one) => one.documentNumber)).toContain('夏应急〔2026〕1号');
    expect(coverage.above.map((one) => one.name)).toEqual(['夏邑县']);
  });

  it('shows a township officer the township only, and lets a city see its counties', async () => {
    const town = await readCoverage(huiting, { ...asked, divisionId: null }, NOW);
    expect([town.place.name, town.above.map((one) => one.name)]).toEqual(['会亭镇', ['会亭镇']]);
    for (const divisionId of ['411426', '411426102', idOf(wang), '41', 'nowhere'])
      await expect(readCoverage(huiting, { ...asked, divisionId }, NOW)).rejects.toMatchObject({
        code: 'not_found',
        status: 404,
      });
    await expect(readCoverage(lushi, asked, NOW)).rejects.toMatchObject({ code: 'not_found' });
    const counties = await readCoverage(city, { ...asked, divisionId: null }, NOW);
    expect(counties.children.find((one) => one.place.id === '411426')!.figures.headcount).toBe(6);
    expect((await listPlacesAbove(city, liu)).map((one) => one.name)).toEqual([
      '商丘市',
      '夏邑县',
      '会亭镇',
      '刘庄村',
    ]);
    await expect(readCoverage(actor('trainee', COUNTY), asked, NOW)).rejects.toMatchObject({ status: 403 });
  });

  it('compares with the frozen figures of the month before, which nothing changes any more', async () => {
    const june = new Date('2026-07-01T00:10:00Z');
    await expect(freezeMonth(SYSTEM, '2026-06', NOW)).rejects.toMatchObject({ code: 'month_not_over' });
    await freezeMonth(SYSTEM, '2026-06', june);
    const first = await readCoverage(xiayi, asked, june);
    expect(first.lastMonth).toEqual(first.figures);
    await enterCredit(ids.王五!, { kind: 'attendance', halfDays: 1 }, june);
    await freezeMonth(SYSTEM, '2026-06', june);
    const later = await readCoverage(xiayi, asked, june);
    expect(later.lastMonth).toEqual(first.figures);
    expect(later.figures.covered).toBe(first.figures.covered + 1);
    expect((await readCoverage(xiayi, asked, new Date('2027-01-05T00:00:00Z'))).lastMonth).toBeNull();
    const rows = await read((db) => db.select().from(frozenFigure).where(eq(frozenFigure.month, '2026-06')));
    expect(new Set(rows.map((row) => row.frozenAt.getTime()))).toEqual(new Set([june.getTime()]));
  });
});

describe('listMissing', () => {
  it('has behind every figure exactly as many names as the figure says', async () => {
    for (const divisionId of ['411426', '411426101', '411426102', idOf(liu), idOf(wang)])
      for (const category of [null, 'village_station_head', 'township_emergency', 'disaster_informant_a'])
        for (const kind of NAME_KINDS) {
          const filters = { ...all, divisionId, category, kind };
          const listed = await listMissing(xiayi, filters, 1);
          const names = listed.rows.map((row) => row.name);
          expect([divisionId, category, kind, names.length]).toEqual([
            divisionId,
            category,
            kind,
            listed.total,
          ]);
          expect(new Set(names).size).toBe(names.length);
        }
  });

  it('says why, in the order of places', async () => {
    const { rows } = await listMissing(xiayi, { ...all, kind: 'missing' }, 1);
    expect(rows.map((row) => row.name)).toEqual(['孙局', '钱双', '李四', '王五']);
    const double = rows.find((row) => row.name === '钱双')!;
    expect(double.gaps).toEqual([
      {
        missing: 100,
        metric: 'day_hundredths',
        title: expect.any(String),
        ruleId: 'lushi-2022/CAD-02',
        soft: true,
      },
    ]);
    expect(rows.find((row) => row.name === '李四')).toMatchObject({
      township: '会亭镇',
      village: '刘庄村',
      covered: true,
      gaps: [{ missing: 250 }],
    });
    expect(rows.every((row) => row.idMasked.includes('*'))).toBe(true);
  });

  it('parts the staff of an office from the places below it, finds by name, and pages', async () => {
    const own = await listMissing(xiayi, { ...all, own: true }, 1);
    expect([own.total, own.rows.map((row) => row.name)]).toEqual([1, ['孙局']]);
    expect((await listMissing(xiayi, { ...all, q: '四' }, 1)).rows.map((row) => row.name)).toEqual(['李四']);
    const pages = [1, 2, 3, 4].map((page) => listMissing(xiayi, all, page, 2));
    const names = (await Promise.all(pages)).map((page) => page.rows.map((row) => row.name));
    expect(names.flat().toSorted()).toEqual(['孙局', '张三', '李四', '王五', '赵六', '钱双'].toSorted());
    expect(names[3]).toEqual([]);
  });

  it('is 404 outside the scope, for one place and one enterprise alike', async () => {
    await expect(listMissing(huiting, all, 1)).rejects.toMatchObject({ status: 404 });
    const manager = actor('enterprise_manager', TOWN_2, 'manager', ids.化工!);
    const filters = {
      ...all,
      divisionId: null,
      organizationId: ids.化工!,
      grouping: 'enterprise' as const,
      kind: 'missing' as NameKind,
    };
    expect((await listMissing(manager, filters, 1)).rows.map((row) => row.name)).toEqual(['周焊']);
    expect((await readOrganizationCoverage(manager, ids.化工!, 2026, NOW)).figures).toMatchObject({
      headcount: 1,
      ruled: 1,
      met: 0,
    });
    await expect(listMissing(huiting, filters, 1)).rejects.toMatchObject({ status: 404 });
    await expect(readOrganizationCoverage(lushi, ids.化工!, 2026, NOW)).rejects.toMatchObject({
      status: 404,
    });
    expect(await listOrganizations(xiayi, '411426')).toEqual([{ id: ids.化工, name: '夏邑化工' }]);
    expect(await listOrganizations(huiting, null)).toEqual([]);
  });
});

describe('what leaves the page', () => {
  it('says the missing by name when they are few', async () => {
    const { sentences } = await readReport(xiayi, asked, NOW);
    expect(sentences[0]).toMatch(/^截至6月10日10:00，夏邑县应急管理干部应训 6 人/);
    expect(sentences[1]).toBe('还差 4 人：应急办孙局，会亭镇钱双，刘庄村李四，王楼村王五。');
  });

  it('is a workbook, a letter and text to paste', async () => {
    const files = [
      await exportCoverage(xiayi, asked, NOW),
      await exportLetter(xiayi, asked, NOW),
      await exportNames(xiayi, { ...all, kind: 'missing' }, NOW),
    ];
    expect(files.map((file) => file.name)).toEqual([
      '夏邑县-培训覆盖情况-2026-06-10.xlsx',
      '夏邑县-培训进展通报-2026-06-10.docx',
      '夏邑县-名单-2026-06-10.xlsx',
    ]);
    for (const file of files) expect(Buffer.from(file.bytes).subarray(0, 2).toString()).toBe('PK');
    const filters = { ...all, kind: 'missing' as const };
    const [text] = await readPaste(xiayi, filters, (await listMissing(xiayi, filters, 1)).total, NOW);
    expect(text).toContain('刘庄村：李四（差 2.5 天）');
  });
});

describe('exemptions', () => {
  it('need an approver who did not ask, and take the person out of the denominator', async () => {
    const ask = { personId: ids.王五!, ruleId: 'lushi-2022/CAD-03', reason: '长期病假' };
    await expect(askExemption(lushi, ask, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(askExemption(huiting, ask, NOW)).rejects.toMatchObject({ status: 404 });
    const { exemptionId } = await askExemption(xiayi, ask, NOW);
    await expect(askExemption(xiayi, ask, NOW)).rejects.toMatchObject({ code: 'exemption_exists' });
    await expect(
      decideExemption(xiayi, exemptionId, { approve: true, reason: '' }, NOW),
    ).rejects.toMatchObject({ code: 'approver_same' });
    const before = (await readCoverage(xiayi, asked, NOW)).figures;
    await decideExemption(second, exemptionId, { approve: true, reason: '' }, NOW);
    const after = (await readCoverage(xiayi, asked, NOW)).figures;
    expect([after.exempt, missingOf(after)]).toEqual([before.exempt + 1, missingOf(before) - 1]);
    expect((await listAllNames(xiayi, { ...all, kind: 'exempt' }, 10)).map((row) => row.name)).toEqual([
      '王五',
    ]);
    const listed = await listExemptions(second, { year: 2026, state: null }, 1);
    expect(listed.rows.map((row) => [row.name, row.state, row.mayDecide, row.mayWithdraw])).toEqual([
      ['王五', 'approved', false, true],
    ]);
    expect((await listExemptions(lushi, { year: 2026, state: null }, 1)).total).toBe(0);
    await withdrawExemption(second, exemptionId, '已经返岗', NOW);
    expect((await readCoverage(xiayi, asked, NOW)).figures).toEqual(before);
    const kinds = await read((db) =>
      db
        .select({ kind: event.kind })
        .from(event)
        .where(eq(event.stream, `person:${ids.王五}`)),
    );
    expect(kinds.map((row) => row.kind)).toEqual(
      expect.arrayContaining(['exemption_asked', 'exemption_approved', 'exemption_withdrawn']),
    );
  });

  it('are only from soft rules, for those who fall under them, and decided by a bureau', async () => {
    const reason = '长期外出';
    await expect(
      askExemption(xiayi, { personId: ids.焊工!, ruleId: 'enterprise-3/ENT-07', reason }, NOW),
    ).rejects.toMatchObject({ code: 'rule_hard' });
    await expect(
      askExemption(xiayi, { personId: ids.李四!, ruleId: 'lushi-2022/CAD-01', reason }, NOW),
    ).rejects.toMatchObject({ code: 'rule_not_for_person' });
    const ask = { personId: ids.李四!, ruleId: 'lushi-2022/CAD-03', reason };
    const { exemptionId } = await askExemption(huiting, ask, NOW);
    const waiting = await listExemptions(xiayi, { year: 2026, state: null }, 1);
    expect(waiting.rows.map((row) => row.state)).toEqual(['asked', 'withdrawn']);
    await expect(
      decideExemption(huiting, exemptionId, { approve: true, reason: '' }, NOW),
    ).rejects.toMatchObject({ status: 403 });
    await expect(
      decideExemption(lushi, exemptionId, { approve: true, reason: '' }, NOW),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      decideExemption(xiayi, exemptionId, { approve: false, reason: '' }, NOW),
    ).rejects.toMatchObject({ code: 'reason_missing' });
    await decideExemption(xiayi, exemptionId, { approve: false, reason: '请先安排培训' }, NOW);
    await expect(
      decideExemption(second, exemptionId, { approve: true, reason: '' }, NOW),
    ).rejects.toMatchObject({ code: 'exemption_decided' });
    await expect(withdrawExemption(huiting, exemptionId, '不用了吧', NOW)).rejects.toMatchObject({
      status: 403,
    });
  });
});

describe('rules and plans', () => {
  it('shows every pack with its rules and by which act it holds', async () => {
    const { place, packs } = await listPacks(huiting, null, NOW);
    expect(place.name).toBe('会亭镇');
    const pack = packs.find((one) => one.id === 'lushi-2022')!;
    expect([pack.issuedBy, pack.rules.length, pack.holds?.documentNumber, pack.mayAdopt]).toEqual([
      '卢氏县',
      3,
      '夏应急〔2026〕1号',
      false,
    ]);
    const minquan = actor('bureau', '/41/4114/411421/');
    expect(
      (await listPacks(minquan, null, NOW)).packs.map((one) => [one.id, one.holds !== null, one.mayAdopt]),
    ).toEqual([
      ['enterprise-3', true, false],
      ['lushi-2022', false, true],
    ]);
    await expect(listPacks(huiting, '411426', NOW)).rejects.toMatchObject({ status: 404 });
  });

  it('keeps the thirteen indicators of the 14th plan and closes it with values the bureau enters', async () => {
    const [plan] = await listPlans(xiayi, NOW);
    expect(plan).toMatchObject({ state: 'ended', indicators: 13, reported: 0, place: '夏邑县' });
    const shown = await readPlan(xiayi, plan!.id, NOW);
    expect(shown.indicators.filter((one) => one.nature === 'binding').map((one) => one.ordinal)).toEqual([
      1, 2, 6, 8,
    ]);
    await expect(readPlan(lushi, plan!.id, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(listPlans(huiting, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(closePlan(xiayi, plan!.id, NOW)).rejects.toMatchObject({ code: 'final_values_missing' });
    const values = Object.fromEntries(shown.indicators.map((one) => [String(one.ordinal), '未统计']));
    await enterFinalValues(xiayi, plan!.id, values, NOW);
    await closePlan(xiayi, plan!.id, NOW);
    await expect(enterFinalValues(xiayi, plan!.id, { '1': '100%' }, NOW)).rejects.toMatchObject({
      code: 'plan_closed',
    });
    expect((await listPlans(xiayi, NOW))[0]).toMatchObject({ state: 'closed', reported: 13 });
  });

  it('enters the next period from rows of a sheet, once', async () => {
    const indicators = indicatorsFrom(xiayi, [
      ['指标名称', '目标值', '属性'],
      ['干部培训覆盖率', '100%', '预期性'],
    ]);
    const plan = {
      title: '夏邑县“十五五”应急规划',
      fromYear: 2026,
      untilYear: 2030,
      source: '县政府文件',
      indicators,
    };
    const { planId } = await enterPlan(xiayi, '411426', plan, NOW);
    expect(await readPlan(xiayi, planId, NOW)).toMatchObject({
      state: 'running',
      indicators: [{ name: '干部培训覆盖率' }],
    });
    await expect(enterPlan(xiayi, '411426', plan, NOW)).rejects.toMatchObject({ code: 'plan_overlaps' });
    await expect(enterPlan(huiting, '411426', plan, NOW)).rejects.toMatchObject({ status: 404 });
    expect(() => indicatorsFrom(xiayi, [['张三', '1']])).toThrow('没有找到表头');
  });
});

describe('readMyYear', () => {
  it('says what each post asks and by which kind of training it was done', async () => {
    const me = { ...actor('trainee', COUNTY), personId: ids.钱双! };
    const year = (await readMyYear(me, NOW))!;
    expect(year.dueOn).toBe('2026-12-31');
    expect(
      year.rules.map((rule) => [
        rule.ruleId,
        rule.required,
        rule.done,
        rule.missing,
        rule.met,
        rule.parts.elsewhere,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['lushi-2022/CAD-02', 500, 400, 100, false, 400],
        ['lushi-2022/CAD-03', 400, 400, 0, true, 400],
      ]),
    );
    expect(await readMyYear(xiayi, NOW)).toBeNull();
    const [alone] = await addPeople([{ name: '无岗', posts: [] }], NOW);
    expect(await readMyYear({ ...me, personId: alone! }, NOW)).toMatchObject({ rules: [], hasPost: false });
  });
});
