import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { drill } from '#lib/server/db/schema/drills.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { organization } from '#lib/server/db/schema/people.ts';
import { upload } from '#lib/server/db/schema/platform.ts';
import { newId } from '#lib/server/id.ts';
import { act, after, director, drillWorld } from '#tests/worlds/drills.ts';
import { actorWith, COUNTY } from '#tests/worlds/exams.ts';
import { addEnterprise, addPerson } from '#tests/worlds/people.ts';
import { readDrillUnits, setDrillUnits } from './drill-units.server.ts';
import type { PaperInput } from './forms.ts';
import {
  attachReportScan,
  checkHalfYear,
  listHalfYear,
  readHalfYear,
  submitHalfYear,
} from './half-year-reports.server.ts';
import {
  attachPaperScan,
  decidePaperDrill,
  enterPaperDrill,
  listPaperDrills,
  mayReadPaperFiles,
  readPaperDrill,
} from './paper-drills.server.ts';
import { listUnits, readQuotas, readUnit } from './quotas.server.ts';
import { exportQuotas } from './reports.server.ts';
import { adoptDrillRules, listDrillPacks, withdrawDrillRules } from './rules.server.ts';
import { setTraits } from './units.server.ts';
import { dropUnitDrill, planUnitDrill, readYearPlan } from './year-plans.server.ts';

const XIAYI = COUNTY.path;
const HUITING = '411426101';
const MATOU = '411426102';
const NOW = new Date('2026-11-22T02:00:00Z');
const bureau = actorWith('bureau', XIAYI, { name: '县局' });
const officer = actorWith('township_officer', `${XIAYI}${HUITING}/`, { name: '会亭镇' });
const matou = actorWith('township_officer', `${XIAYI}${MATOU}/`, { name: '马头镇' });
const lushi = actorWith('bureau', '/41/4112/411224/', { name: '卢氏县局' });
const trainee = actorWith('trainee', XIAYI);
const YEAR = { divisionId: '411426', year: 2026 };
const TOWN = { divisionId: HUITING, year: 2026 };

const paper = (more: Partial<PaperInput> = {}): PaperInput => ({
  ...{ unitId: HUITING, title: '防汛桌面推演', heldOn: '2026-05-12', place: '镇政府', form: 'tabletop' },
  ...{ content: 'single', planKind: 'township', plan: '会亭镇防汛应急预案', people: 28, note: '', units: [] },
  ...more,
});

async function scanned(actor: Actor, about: string): Promise<string> {
  const id = newId();
  await write('scan', (tx) =>
    tx.insert(upload).values({
      ...{ id, sha256: id, name: '签到表.jpg', type: 'image/jpeg', bytes: 9, about, path: XIAYI },
      ...{ byAccount: actor.accountId!, at: NOW },
    }),
  );
  return id;
}

async function entered(actor: Actor, input = paper()): Promise<string> {
  const id = await enterPaperDrill(actor, input, NOW);
  for (const what of ['sheet', 'report'] as const)
    await attachPaperScan(actor, id, { what, uploadId: await scanned(actor, `paper-drill:${id}`) }, NOW);
  return id;
}

const yes = { verdict: 'confirmed', reason: '' } as const;
const dutiesOf = async (actor: Actor, unitId: string) => (await readUnit(actor, unitId, 2026, NOW)).duties;
const dutyOf = async (unitId: string, ruleId: string) =>
  (await dutiesOf(bureau, unitId)).find(({ rule }) => rule.id === ruleId);
const eventsOf = (stream: string) =>
  read((db) => db.select().from(event).where(eq(event.stream, stream))).then((rows) =>
    rows.map(({ kind }) => kind),
  );

beforeAll(async () => {
  const act = {
    packId: 'lushi-drills-2022',
    documentNumber: '夏应急〔2026〕8号',
    fromOn: '2026-01-01',
    counts: {},
  };
  await adoptDrillRules(bureau, { ...act, divisionId: '411426' }, NOW);
});

describe('rules', () => {
  it('of one county hold in another only by its own adoption, by its bureau', async () => {
    expect((await readUnit(bureau, HUITING, 2026, NOW)).duties.map(({ rule }) => rule.id).toSorted()).toEqual(
      ['lushi-drills-2022/comprehensive', 'lushi-drills-2022/tabletop', 'state-708/township'],
    );
    const elsewhere = (await readUnit(lushi, '411224100', 2026, NOW)).duties;
    expect(elsewhere.map(({ rule }) => rule.id)).toEqual(['state-708/township']);
    const act = { packId: 'village-drills', divisionId: '411426', documentNumber: '夏应急〔2026〕9号' };
    const whole = { ...act, fromOn: '2026-01-01', counts: { 'village-drills/yearly': 1 } };
    await expect(adoptDrillRules(lushi, whole, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(adoptDrillRules(officer, whole, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(adoptDrillRules(bureau, { ...whole, counts: {} }, NOW)).rejects.toMatchObject({
      code: 'count_missing',
    });
    await expect(
      adoptDrillRules(bureau, { ...whole, packId: 'lushi-drills-2022' }, NOW),
    ).rejects.toMatchObject({
      code: 'pack_adopted',
    });
    const { packs } = await listDrillPacks(bureau, null, NOW);
    expect(packs.find(({ id }) => id === 'state-708')).toMatchObject({
      mayAdopt: false,
      holds: { place: '河南省' },
    });
    expect(packs.find(({ id }) => id === 'village-drills')).toMatchObject({ mayAdopt: true, holds: null });
  });

  it('that were withdrawn before the end of the year are not asked in it', async () => {
    const act = { packId: 'lushi-drills-2022', divisionId: '411224', documentNumber: '卢应急〔2026〕1号' };
    const adoptionId = await adoptDrillRules(lushi, { ...act, fromOn: '2026-01-01', counts: {} }, NOW);
    expect(await dutiesOf(lushi, '411224100')).toHaveLength(3);
    const end = { adoptionId, untilOn: '2026-12-30', reason: '规划期满' };
    await expect(withdrawDrillRules(bureau, end, NOW)).rejects.toMatchObject({ status: 404 });
    await withdrawDrillRules(lushi, end, NOW);
    expect(await dutiesOf(lushi, '411224100')).toHaveLength(1);
    expect(await eventsOf('division:411224')).toEqual(['drill_rules_adopted', 'drill_rules_withdrawn']);
  });
});

describe('paper drills', () => {
  it('count once another person of the bureau confirmed them, and stand apart', async () => {
    const before = (await dutyOf(HUITING, 'lushi-drills-2022/tabletop'))!;
    const id = await entered(officer);
    expect((await dutyOf(HUITING, 'lushi-drills-2022/tabletop'))!.paper).toBe(before.paper);
    await expect(decidePaperDrill(officer, id, yes, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(decidePaperDrill(matou, id, yes, NOW)).rejects.toMatchObject({ status: 404 });
    await decidePaperDrill(bureau, id, yes, NOW);
    expect(await dutyOf(HUITING, 'lushi-drills-2022/tabletop')).toMatchObject({
      here: 0,
      paper: before.paper + 1,
    });
    await expect(decidePaperDrill(bureau, id, yes, NOW)).rejects.toMatchObject({ code: 'paper_decided' });
    expect(await eventsOf(`paper-drill:${id}`)).toEqual([
      'paper_drill_entered',
      'paper_drill_scan_attached',
      'paper_drill_scan_attached',
      'paper_drill_confirmed',
    ]);
  });

  it('are not confirmed by who entered them, nor without scans, and are refused with a reason', async () => {
    const own = await entered(bureau);
    await expect(decidePaperDrill(bureau, own, yes, NOW)).rejects.toMatchObject({ code: 'paper_own' });
    const bare = await enterPaperDrill(officer, paper(), NOW);
    await expect(decidePaperDrill(bureau, bare, yes, NOW)).rejects.toMatchObject({
      code: 'paper_sheet_missing',
    });
    const no = { verdict: 'refused', reason: '' } as const;
    await expect(decidePaperDrill(bureau, bare, no, NOW)).rejects.toMatchObject({ code: 'reason_missing' });
    await decidePaperDrill(bureau, bare, { ...no, reason: '没有签到表' }, NOW);
    expect((await readPaperDrill(officer, bare)).row).toMatchObject({
      state: 'refused',
      reason: '没有签到表',
    });
  });

  it('are registered for the own units only, with files that only they read', async () => {
    await expect(enterPaperDrill(matou, paper(), NOW)).rejects.toMatchObject({ status: 404 });
    await expect(enterPaperDrill(officer, paper({ units: [MATOU] }), NOW)).rejects.toMatchObject({
      code: 'unit_unknown',
    });
    await expect(enterPaperDrill(officer, paper({ heldOn: '2026-11-23' }), NOW)).rejects.toMatchObject({
      code: 'paper_day_ahead',
    });
    const id = await enterPaperDrill(officer, paper(), NOW);
    await expect(attachPaperScan(bureau, id, { what: 'sheet', uploadId: 'x' }, NOW)).rejects.toMatchObject({
      code: 'paper_of_another',
    });
    const foreign = await scanned(officer, 'paper-drill:another');
    await expect(
      attachPaperScan(officer, id, { what: 'sheet', uploadId: foreign }, NOW),
    ).rejects.toMatchObject({
      status: 404,
    });
    expect(await mayReadPaperFiles(bureau, `paper-drill:${id}`)).toBe(true);
    expect(await mayReadPaperFiles(matou, `paper-drill:${id}`)).toBe(false);
    await expect(listPaperDrills(trainee, { state: '' }, 1)).rejects.toMatchObject({ status: 403 });
    expect((await listPaperDrills(matou, { state: '' }, 1)).total).toBe(0);
  });

  it('of a joint drill count for every unit it names', async () => {
    const id = await entered(
      actorWith('bureau', XIAYI, { name: '县局另一位' }),
      paper({ unitId: '411426', form: 'full_scale', content: 'comprehensive', units: [MATOU, '411426103'] }),
    );
    await decidePaperDrill(bureau, id, yes, NOW);
    for (const unitId of [MATOU, '411426103'])
      expect(await dutyOf(unitId, 'lushi-drills-2022/comprehensive')).toMatchObject({
        paper: 1,
        state: 'met',
      });
    expect((await dutyOf('411426', 'state-708/county'))!.state).toBe('met');
    expect((await readPaperDrill(matou, id)).others).toContain('马头镇');
    await expect(decidePaperDrill(matou, id, yes, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(readPaperDrill(officer, id)).rejects.toMatchObject({ status: 404 });
    expect((await listPaperDrills(matou, { state: '' }, 1)).rows.map((row) => row.id)).toEqual([id]);
    expect((await readUnit(matou, MATOU, 2026, NOW)).openable).toContain(id);
    expect((await readQuotas(matou, { divisionId: MATOU, year: 2026 }, NOW)).figures.paper).toBeGreaterThan(
      0,
    );
  });
});

describe('drills held here', () => {
  it('count for the units stated, on the day they were held, once the report is signed', async () => {
    const world = await drillWorld();
    await setDrillUnits(director, world.drillId, [HUITING, '411426104'], NOW);
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(world, 'director', { kind: 'end' }, after(30));
    await act(world, 'director', { kind: 'open_evaluation' }, after(31));
    await act(world, 'director', { kind: 'publish_evaluation' }, after(32));
    expect((await dutyOf('411426104', 'lushi-drills-2022/tabletop'))!.here).toBe(0);
    await sign(world.drillId);
    const duty = (await dutyOf('411426104', 'lushi-drills-2022/tabletop'))!;
    expect(duty).toMatchObject({ here: 1, paper: 0 });
    expect(duty.drills[0]).toMatchObject({ heldOn: '2026-03-02', openFindings: 0 });
    await addFinding(world);
    const { figures } = await readQuotas(bureau, { divisionId: '411426104', year: 2026 }, NOW);
    expect(figures).toMatchObject({ openFindings: 1, done: 2 });
    await setDrillUnits(director, world.drillId, [HUITING], NOW);
    expect((await dutyOf('411426104', 'lushi-drills-2022/tabletop'))!.here).toBe(0);
    expect((await readDrillUnits(director, world.drillId)).chosen).toEqual([HUITING]);
  });

  it('are stated by who keeps the drill, for units of its place', async () => {
    const { drillId } = await drillWorld();
    await expect(setDrillUnits(lushi, drillId, [HUITING], NOW)).rejects.toMatchObject({ status: 404 });
    await expect(setDrillUnits(officer, drillId, [HUITING], NOW)).rejects.toMatchObject({ status: 404 });
    await expect(setDrillUnits(director, drillId, ['411224100'], NOW)).rejects.toMatchObject({
      code: 'unit_unknown',
    });
    await expect(setDrillUnits(director, drillId, [], NOW)).rejects.toMatchObject({ code: 'units_none' });
  });

  it('that are blind stand nowhere before the report is signed, not in the log either', async () => {
    const { drillId } = await drillWorld();
    const about = `drill:${drillId}`;
    await write(about, (tx) => tx.update(drill).set({ notice: 'none' }).where(eq(drill.id, drillId)));
    const logged = await eventsOf(about);
    await expect(setDrillUnits(director, drillId, [HUITING], NOW)).rejects.toMatchObject({
      code: 'drill_blind',
    });
    expect(await eventsOf(about)).toEqual(logged);
  });
});

/** As the evaluation leaves a drill whose report was signed. */
async function sign(drillId: string): Promise<void> {
  await write(`drill:${drillId}`, (tx) =>
    tx
      .update(drill)
      .set({ reportSignedBy: '局长', reportSignedAt: NOW })
      .where(and(eq(drill.id, drillId))),
  );
}

async function addFinding({ drillId, runId }: { drillId: string; runId: string }): Promise<void> {
  const row = {
    ...{
      id: newId(),
      drillId,
      runId,
      path: XIAYI,
      text: '叫应超时',
    },
    kind: 'mechanism',
    severity: 'correction',
    ...{ planKey: '', clauseNo: '', unit: '会亭镇', owner: '李明', dueOn: '2026-12-01', source: 'hand:1' },
    ...{
      needsPlanRevision: false,
      planVersionId: null,
      revisionWaivedBy: null,
      revisionWaiver: '',
      remedy: '',
    },
    ...{ submittedBy: null, verifiedBy: null, waivedBy: null, waiver: '', retestRunId: null, retest: '' },
    ...{ createdBy: '', createdAt: NOW, closedAt: null },
  } as const;
  await write(`drill:${drillId}`, async (tx) => {
    await tx.insert(finding).values({ ...row, state: 'open' });
    await tx.insert(finding).values({ ...row, id: newId(), source: 'hand:2', state: 'closed' });
  });
}

describe("the year's plan", () => {
  it('is written by the officer of the township and by the bureau, for months to come', async () => {
    const line = {
      year: 2026,
      month: 12,
      form: 'tabletop',
      content: 'single',
      planKind: 'township',
      plan: '雪灾',
    } as const;
    const id = await planUnitDrill(officer, HUITING, line, NOW);
    expect((await dutyOf(HUITING, 'lushi-drills-2022/tabletop'))!.planned).toBe(1);
    expect((await readYearPlan(bureau, YEAR)).rows).toMatchObject([{ unit: '会亭镇', month: 12 }]);
    await expect(planUnitDrill(officer, HUITING, { ...line, month: 10 }, NOW)).rejects.toMatchObject({
      code: 'month_over',
    });
    await expect(planUnitDrill(matou, HUITING, line, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(planUnitDrill(director, HUITING, line, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(dropUnitDrill(matou, MATOU, id, NOW)).rejects.toMatchObject({ status: 404 });
    await dropUnitDrill(officer, HUITING, id, NOW);
    expect(await eventsOf(`drill-unit:${HUITING}`)).toEqual(['unit_drill_planned', 'unit_drill_dropped']);
  });
});

describe('figures', () => {
  it('of a county are the sums of its places, and every number has its names', async () => {
    const county = await readQuotas(bureau, YEAR, NOW);
    for (const key of ['units', 'met', 'required', 'done', 'paper', 'overdue'] as const) {
      const parts = county.children.reduce(
        (total, { figures }) => total + figures[key],
        county.own?.[key] ?? 0,
      );
      expect(parts, key).toBe(county.figures[key]);
    }
    const count = async (kind: 'met' | 'missing' | 'all') =>
      (await listUnits(bureau, { ...YEAR, kind, unitClass: null, own: false }, NOW)).rows.length;
    expect(await count('all')).toBe(county.figures.units);
    expect(await count('met')).toBe(county.figures.met);
    expect(await count('missing')).toBe(county.figures.units - county.figures.met);
  });

  it('are for who keeps the place; a township lists its units', async () => {
    await expect(readQuotas(trainee, YEAR, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(readQuotas(officer, YEAR, NOW)).rejects.toMatchObject({ status: 404 });
    await expect(readUnit(matou, HUITING, 2026, NOW)).rejects.toMatchObject({ status: 404 });
    const town = await readQuotas(officer, TOWN, NOW);
    expect(town.units.map(({ unit }) => unit.name)).toContain('会亭镇');
    expect(town.children).toEqual([]);
    const { name, bytes } = await exportQuotas(officer, TOWN, NOW);
    expect(name).toBe('会亭镇-应急演练完成情况-2026-11-22.xlsx');
    expect(bytes.length).toBeGreaterThan(2_000);
  });
});

describe('enterprises', () => {
  it('are judged by what the bureau says they are, and report their half-year', async () => {
    const id = await addEnterprise('豫东商场');
    await addPerson();
    const manager: Actor = {
      ...trainee,
      grants: [{ role: 'enterprise_manager', path: XIAYI, organizationId: id }],
    };
    expect((await dutiesOf(bureau, id)).map(({ rule }) => rule.id)).toContain('order-88/site');
    await expect(setTraits(officer, id, ['enterprise_risky'], NOW)).rejects.toMatchObject({ status: 404 });
    await expect(setTraits(bureau, HUITING, ['enterprise_risky'], NOW)).rejects.toMatchObject({
      code: 'trait_bad',
    });
    await setTraits(bureau, id, ['enterprise_risky'], NOW);
    expect((await dutiesOf(bureau, id)).map(({ rule, state }) => [rule.id, state])).toEqual([
      ['order-88/risky', 'overdue'],
      ['order-88/risky', 'due_soon'],
    ]);
    const half = { year: 2026, half: 2 };
    expect((await listHalfYear(bureau, half)).missing).toContainEqual({ id, name: '豫东商场' });
    const input = { ...half, organizationId: id, drills: 1, people: 40, summary: '消防疏散演练' };
    await expect(submitHalfYear(officer, input, NOW)).rejects.toMatchObject({ status: 404 });
    const report = await submitHalfYear(manager, input, NOW);
    expect(await submitHalfYear(manager, { ...input, people: 44 }, NOW)).toBe(report);
    await attachReportScan(manager, report, await scanned(manager, `half-year-report:${report}`), NOW);
    expect((await listHalfYear(bureau, half)).missing).not.toContainEqual({ id, name: '豫东商场' });
    const check = { result: 'in_order', note: '', checkedOn: '2026-11-22' } as const;
    await expect(checkHalfYear(manager, report, check, NOW)).rejects.toMatchObject({ status: 403 });
    await checkHalfYear(bureau, report, check, NOW);
    expect((await readHalfYear(manager, report)).row).toMatchObject({ people: 44, checkResult: 'in_order' });
    await expect(submitHalfYear(manager, input, NOW)).rejects.toMatchObject({ code: 'report_checked' });
    await expect(readHalfYear(matou, report)).rejects.toMatchObject({ status: 404 });
    await write('tidy', (tx) => tx.delete(organization).where(eq(organization.id, id)));
  });
});
