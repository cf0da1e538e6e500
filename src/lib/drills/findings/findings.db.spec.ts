import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { VISITOR } from '#lib/kernel/actor.ts';
import { newId } from '#lib/server/id.ts';
import { read, write } from '#lib/server/db/open.ts';
import { drillEntry, drillRun, plan, planVersion } from '#lib/server/db/schema/drills.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { act, after, director, drillWorld, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import { actorWith, COUNTY, TOWNSHIP_PATH } from '../../../../tests/worlds/exams.ts';
import { addMissed, createFinding, prepareFinding } from './adding.server.ts';
import { findFinding, findingAbout, mayReadFindingFiles } from './finding-scope.server.ts';
import { attachProof, changeFinding, moveFinding, readFinding } from './findings.server.ts';
import type { FindingMove } from './finding.machine.ts';
import type { FindingInput } from './forms.ts';
import { exportFindings, listFindings } from './ledger.server.ts';
import { ledgerFilter } from './ledger.ts';
import { registerRetest, settleRevision } from './settling.server.ts';

const township = actorWith('township_officer', TOWNSHIP_PATH, { name: '会亭镇应急办' });
const elsewhere = actorWith('township_officer', '/41/4114/411426/411426102/');
const colleague = actorWith('bureau', COUNTY.path, { name: '县局同事' });

const input = (change: Partial<FindingInput> = {}): FindingInput => ({
  text: '冲锋舟没有在时限内调出。',
  kind: 'support',
  severity: 'correction',
  clause: '',
  divisionId: '411426101',
  unit: '会亭镇',
  owner: '张三',
  dueOn: '2026-03-20',
  needsPlanRevision: false,
  ...change,
});

/** A run in which only the report was made, ended; published when asked for. */
async function ended(publish = true): Promise<DrillWorld> {
  const world = await drillWorld();
  await act(world, 'director', { kind: 'start' }, after(0));
  const fields = { time: '05:35', place: '会亭镇' };
  await act(world, 'duty', { kind: 'submit', document: 'first', fields }, after(5));
  await act(
    world,
    'watch',
    { kind: 'observe', text: '无人记录电话', about: 'duty', observedMs: 60_000, media: [] },
    after(6),
  );
  await act(world, 'director', { kind: 'end' }, after(40));
  await act(world, 'director', { kind: 'open_evaluation' }, after(41));
  if (publish) await act(world, 'director', { kind: 'publish_evaluation' }, after(42));
  return world;
}

const move = (actor: typeof director, id: string, what: FindingMove, text = '', signer = '') =>
  moveFinding(actor, id, { move: what, text, signer }, after(60));

async function giveProof(actor: typeof director, id: string): Promise<void> {
  const origin = {
    about: findingAbout(id),
    path: TOWNSHIP_PATH,
    byAccount: actor.accountId!,
    now: after(50),
  };
  const proof = await storeBytes(new TextEncoder().encode(`proof ${id}`), { ...origin, name: '照片.jpg' });
  await attachProof(actor, id, proof, after(50));
}

const ledger = async (actor: typeof director, world: DrillWorld, query = '') =>
  await listFindings(
    actor,
    ledgerFilter(new URLSearchParams(`drill=${world.drillId}&${query}`)),
    1,
    after(60),
  );

describe('a finding', () => {
  it('is proposed from what the run shows, and stands on the ledger once', async () => {
    const world = await ended();
    const made = await prepareFinding(director, world.drillId, 'expectation:e-boat', after(50));
    expect(made.proposal).toMatchObject({
      text: '“调出冲锋舟”未完成。',
      severity: 'correction',
      unit: '会亭镇',
      owner: '镇值班员、镇长',
    });
    expect(made.clauses).toEqual([
      { value: 'plan-township-flood 4.1', label: '《乡镇防汛应急预案》4.1 信息报告' },
    ]);
    expect(made.places.map(({ id }) => id)).toContain('411426101');
    const create = () => createFinding(director, world.drillId, 'expectation:e-boat', input(), after(50));
    await create();
    await expect(create()).rejects.toMatchObject({ code: 'finding_twice' });
    for (const source of ['expectation:none', 'item:a/b', 'entry:1', 'nothing'])
      await expect(prepareFinding(director, world.drillId, source, after(50))).rejects.toMatchObject({
        code: 'source_unknown',
      });
  });

  it('comes from an observation too, and everything missed comes in one press', async () => {
    const world = await ended();
    // The boat that was never sent; the item that rests on it says the same and is not listed again.
    expect(await addMissed(director, world.drillId, after(50))).toBe(1);
    expect(await addMissed(director, world.drillId, after(51))).toBe(0);
    const { entries } = await read(async (db) => ({
      entries: await db.select().from(drillEntry).where(eq(drillEntry.runId, world.runId)),
    }));
    const source = `entry:${entries.find(({ kind }) => kind === 'observed')!.seq}`;
    const { proposal } = await prepareFinding(director, world.drillId, source, after(52));
    expect(proposal).toMatchObject({ text: '无人记录电话', unit: '会亭镇', owner: '镇值班员' });
    await createFinding(director, world.drillId, source, input({ text: proposal.text }), after(52));
    const { rows } = await ledger(director, world);
    expect(rows.map((row) => row.source).sort()).toEqual([source, 'expectation:e-boat'].sort());
  });

  it('goes the whole way, verified by somebody else', async () => {
    const world = await ended();
    const id = await createFinding(director, world.drillId, '', input(), after(50));
    await expect(move(elsewhere, id, 'ACCEPT')).rejects.toMatchObject({ status: 404 });
    await move(township, id, 'ACCEPT');
    await move(township, id, 'BEGIN');
    await expect(move(township, id, 'SUBMIT', '已配备')).rejects.toMatchObject({ code: 'proof_missing' });
    await giveProof(township, id);
    expect(await mayReadFindingFiles(township, findingAbout(id))).toBe(true);
    expect(await mayReadFindingFiles(elsewhere, findingAbout(id))).toBe(false);
    await move(township, id, 'SUBMIT', '已配备');
    await expect(move(township, id, 'VERIFY')).rejects.toMatchObject({ code: 'forbidden' });
    await move(director, id, 'RETURN', '照片看不清');
    await move(director, id, 'SUBMIT', '已重拍');
    await expect(move(director, id, 'VERIFY')).rejects.toMatchObject({ code: 'verifier_submitted' });
    await move(colleague, id, 'VERIFY');
    await move(director, id, 'CLOSE');
    expect(await readFinding(director, id)).toMatchObject({
      finding: { state: 'closed', remedy: '已重拍', closedAt: after(60) },
    });
    await move(director, id, 'REOPEN', '再次演练仍然超时');
    expect((await read((db) => findFinding(director, db, id))).row).toMatchObject({
      state: 'reopened',
      closedAt: null,
    });
  });

  it('is seen by the township it is for only after publication, and by nobody elsewhere', async () => {
    const world = await ended(false);
    const id = await createFinding(director, world.drillId, '', input(), after(50));
    const readers = [township, elsewhere, VISITOR, world.actors.duty!];
    for (const actor of readers) await expect(readFinding(actor, id)).rejects.toMatchObject({ status: 404 });
    expect((await ledger(township, world)).total).toBe(0);
    await act(world, 'director', { kind: 'publish_evaluation' }, after(52));
    expect((await readFinding(township, id)).mayKeep).toBe(false);
    expect((await ledger(township, world)).total).toBe(1);
    expect((await ledger(elsewhere, world)).total).toBe(0);
    await expect(ledger(world.actors.duty!, world)).rejects.toMatchObject({ status: 403 });
    await expect(changeFinding(township, id, input({ text: '没有问题' }), after(53))).rejects.toMatchObject({
      status: 403,
    });
  });

  it('refuses places outside the drill, days gone by, and runs under way', async () => {
    const world = await ended();
    const create = (change: Partial<FindingInput>) =>
      createFinding(director, world.drillId, '', input(change), after(50));
    await expect(create({ divisionId: '411224' })).rejects.toMatchObject({ code: 'place_outside' });
    await expect(create({ dueOn: '2026-03-01' })).rejects.toMatchObject({ code: 'due_past' });
    const running = await drillWorld();
    await act(running, 'director', { kind: 'start' }, after(0));
    await expect(createFinding(director, running.drillId, '', input(), after(1))).rejects.toMatchObject({
      code: 'run_not_over',
    });
  });
});

describe('what a plan has to change', () => {
  async function newVersion(at: Date): Promise<string> {
    const [planId, id] = [newId(), newId()];
    await write(`drill-plan:${planId}`, async (tx) => {
      await tx.insert(plan).values({
        ...{
          id: planId,
          divisionId: COUNTY.divisionId,
          path: COUNTY.path,
          key: `plan-${planId}`,
          title: '防汛预案',
        },
        ...{
          kind: 'special',
          eventType: 'flood',
          organizationId: null,
          isModel: false,
          archivedAt: null,
          createdAt: at,
        },
      });
      await tx.insert(planVersion).values({
        ...{ id, planId, number: 1, documentNumber: '1', issuedOn: null, inForceAt: at, reason: '' },
        ...{ responses: [], duties: [], contacts: [], cards: [], basis: [], parameters: [], createdAt: at },
      });
    });
    return id;
  }

  it('keeps the drill from the archive until a later version or a signature settles it', async () => {
    const world = await ended();
    const flagged = input({ needsPlanRevision: true });
    const [first, second] = [
      await createFinding(director, world.drillId, '', flagged, after(50)),
      await createFinding(director, world.drillId, '', flagged, after(50)),
    ];
    const archive = () => act(world, 'director', { kind: 'archive' }, after(70));
    await expect(archive()).rejects.toMatchObject({
      code: 'revision_open',
      message: expect.stringContaining('2 个'),
    });
    const settle = (id: string, planVersionId: string, waivedBy = '', waiver = '') =>
      settleRevision(director, id, { planVersionId, waivedBy, waiver }, after(65));
    const old = await newVersion(new Date(0));
    await expect(settle(first, old)).rejects.toMatchObject({ code: 'version_old' });
    await expect(settle(first, newId())).rejects.toMatchObject({ code: 'version_unknown' });
    const next = await newVersion(after(60));
    expect((await readFinding(director, first)).versions.map(({ id }) => id)).toContain(next);
    await settle(first, next);
    await expect(archive()).rejects.toMatchObject({ code: 'revision_open' });
    await expect(settle(second, '')).rejects.toMatchObject({ code: 'signer_missing' });
    await settle(second, '', '王局长', '条款本身没有问题');
    await archive();
  });
});

describe('the ledger', () => {
  it('counts what each of its views opens, and leaves as a workbook', async () => {
    const world = await ended();
    await createFinding(director, world.drillId, '', input({ dueOn: '2026-03-02' }), after(50));
    const id = await createFinding(director, world.drillId, '', input({ severity: 'deficiency' }), after(50));
    await move(director, id, 'WAIVE', '设备已淘汰', '王局长');
    const later = new Date(after(0).getTime() + 86_400_000);
    const page = async (query: string) =>
      await listFindings(
        director,
        ledgerFilter(new URLSearchParams(`drill=${world.drillId}&${query}`)),
        1,
        later,
      );
    const { counts } = await page('');
    expect(counts).toEqual({ unsettled: 1, overdue: 1, submitted: 0, deficiency: 0, settled: 1, all: 2 });
    for (const [view, count] of Object.entries(counts)) {
      const { rows, total } = await page(`view=${view}`);
      expect([rows.length, total]).toEqual([count, count]);
    }
    expect((await page('place=411426101')).total).toBe(2);
    expect((await page('place=411426102')).total).toBe(0);
    expect((await page('unit=会亭')).total).toBe(2);
    const { bytes, name } = await exportFindings(director, ledgerFilter(new URLSearchParams()), later);
    expect(name).toBe('【演练】问题整改台账 2026-03-03.xlsx');
    expect(new TextDecoder().decode(bytes.slice(0, 2))).toBe('PK');
  });

  it('asks 不足项 for another try in a later run that was held', async () => {
    const world = await ended();
    const id = await createFinding(director, world.drillId, '', input({ severity: 'deficiency' }), after(50));
    const retest = (runId: string) => registerRetest(director, id, { runId, retest: '按时调出' }, after(90));
    await expect(retest(world.runId)).rejects.toMatchObject({ code: 'retest_unknown' });
    const again = await ended();
    await write(`run:${again.runId}`, async (tx) => {
      await tx
        .update(drillRun)
        .set({ createdAt: after(80) })
        .where(eq(drillRun.id, again.runId));
    });
    expect((await readFinding(director, id)).retests.map(({ runId }) => runId)).toContain(again.runId);
    await retest(again.runId);
    expect((await readFinding(director, id)).finding).toMatchObject({ retest: '按时调出' });
  });
});
