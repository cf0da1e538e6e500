import { asc, eq, getTableName, is, Table } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/kernel/actor.ts';
import { SYSTEM, VISITOR } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { drill, drillEntry, drillRun, drillSeat } from '#lib/server/db/schema/drills.ts';
import { drillGrade, drillReport } from '#lib/server/db/schema/findings.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { drillSecrecy, sealedSlot } from '#lib/server/db/schema/sealed.ts';
import { newId } from '#lib/server/id.ts';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { actorWith, addAccount, COUNTY } from '../../../../tests/worlds/exams.ts';
import { findDrill, listDrills, listMySeats } from '../drills.server.ts';
import type { Deed } from '../runs/run-command.ts';
import { readDesk, readEntries } from '../runs/feeds.server.ts';
import { entryHash, entryOf, loadRun } from '../runs/run-store.server.ts';
import { abandonedRuns, commandRun, dueRuns, signRuns, tickRun } from '../runs/runs.server.ts';
import { commitmentOf, digestFor, listCommitments, turnSealed } from './commitments.server.ts';
import { draw } from './draw.ts';
import type { SealedInput } from './forms.ts';
import { sealedById } from './registry.server.ts';
import {
  approveOnPaper,
  approveSealed,
  cancelSealed,
  discardSealed,
  drawSealed,
  unsealEarly,
} from './sealed-decisions.server.ts';
import { createSealed, listSealed, readSealed, setWindow } from './sealed-drills.server.ts';
import { addHolder, removeHolder, seatSealed, signUndertaking } from './sealed-people.server.ts';
import { isSealedStreamWhole } from './sealed-stream.server.ts';
import type { Secrecy } from './secrecy.ts';
import { SLOTS } from './slots.server.ts';
import { startDueSealed } from './starting.server.ts';

const PREPARED = new Date('2026-05-20T01:00:00Z');
const later = (ms: number, at: Date = PREPARED) => new Date(at.getTime() + ms);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const WINDOW: Pick<
  SealedInput,
  | 'fromOn'
  | 'untilOn'
  | 'weekdays'
  | 'exceptOn'
  | 'from'
  | 'until'
  | 'quiet'
  | 'units'
  | 'places'
  | 'nearMinutes'
> = {
  ...{ fromOn: '2026-05-25', untilOn: '2026-05-29', weekdays: [1, 2, 3, 4, 5], exceptOn: ['2026-05-27'] },
  ...{ from: '08:00', until: '18:00', quiet: [{ from: '12:00', until: '14:00' }] },
  ...{ units: ['密会亭镇', '密马头镇'], places: ['密李集闸口'], nearMinutes: 60 },
};

/** Words that stand nowhere but in the sealed drill. */
const TITLE = '暗夜拉动演练';
const OUTLINE = '密稿情景概要';

function scriptFile(): File {
  const script = exampleScript();
  script.meta.title = '密稿情景标题';
  script.meta.brief.outline = OUTLINE;
  return new File([JSON.stringify(script)], 'script.json', { type: 'application/json' });
}

const input = (more: Partial<SealedInput> = {}): SealedInput => ({
  ...{ title: TITLE, divisionId: COUNTY.divisionId, scriptId: '', file: scriptFile(), notice: 'none' },
  ...{ startsItself: true, needsStart: true, scoresLive: false, reason: '密理由词', undertaking: 'yes' },
  ...WINDOW,
  ...more,
});

type World = { id: string; director: Actor; actors: Record<string, Actor>; logins: Record<string, string> };

/** Somebody with an account; his login is in `logins` under the role. */
async function person(world: World, role: string, name = role): Promise<Actor> {
  const actor = actorWith('trainee', COUNTY.path, { name });
  const login = `${role}-${newId()}`;
  await addAccount(actor, login);
  world.actors[role] = actor;
  world.logins[role] = login;
  return actor;
}

async function prepared(more: Partial<SealedInput> = {}): Promise<World> {
  const director = actorWith('drill_director', COUNTY.path, { name: '密总策划' });
  await addAccount(director, `director-${newId()}`);
  const world: World = { id: '', director, actors: {}, logins: {} };
  world.id = await createSealed(director, input(more), PREPARED);
  for (const role of exampleScript().roles) await person(world, role.id, role.name);
  return world;
}

async function seated(more: Partial<SealedInput> = {}): Promise<World> {
  const world = await prepared(more);
  for (const { id } of exampleScript().roles)
    await seatSealed(world.director, world.id, { loginName: world.logins[id]!, roles: [id] }, PREPARED);
  return world;
}

const holder = (loginName: string, part: 'approver' | 'trusted' | 'evaluator' | 'host') => ({
  ...{ loginName, part, reason: '工作需要', needsStart: false, needsScenario: false },
});

async function waiting(more: Partial<SealedInput> = {}): Promise<World & { startMs: number; runId: string }> {
  const world = await seated(more);
  const approver = await person(world, 'approver', '密审批人');
  await addHolder(world.director, world.id, holder(world.logins.approver!, 'approver'), PREPARED);
  await signUndertaking(approver, world.id, PREPARED);
  await approveSealed(approver, world.id, PREPARED);
  await drawSealed(world.director, world.id, PREPARED);
  const { drill: sealed } = (await read((db) => sealedById(db, world.id)))!;
  return { ...world, startMs: sealed.drawn!.startMs, runId: sealed.runId };
}

/** Everything the database holds, as text by table. */
async function dump(): Promise<Record<string, string>> {
  const tables = Object.values(schema).filter((one) => is(one, Table)) as unknown as (typeof schema.fact)[];
  const found: Record<string, string> = {};
  for (const table of tables) {
    const rows = await read((db: Db) => db.select().from(table));
    found[getTableName(table)] = rows
      .map((row) => JSON.stringify(row))
      .toSorted()
      .join('\n');
  }
  return found;
}

/** A text as it might stand in a column: plain, escaped, Base64 at each offset. */
function forms(text: string): string[] {
  const bases = [0, 1, 2].map((pad) => {
    const base = Buffer.concat([Buffer.alloc(pad), Buffer.from(text)]).toString('base64');
    return base.slice(pad === 0 ? 0 : 4, -4);
  });
  return [text, Buffer.from(text).toString('hex'), ...bases];
}

// The day of the specs is long past: its commitment is made as the calendar would have made it.
beforeAll(async () => {
  await turnSealed(SYSTEM, PREPARED);
});

describe('a sealed drill in the database', () => {
  it('leaves everything but the slots as it was, and no word of it in clear', async () => {
    const accounts = await prepared();
    await cancelSealed(accounts.director, accounts.id, PREPARED);
    await discardSealed(accounts.director, accounts.id);
    const before = await dump();
    const director = accounts.director;
    const id = await createSealed(director, input(), PREPARED);
    for (const { id: role } of exampleScript().roles)
      await seatSealed(director, id, { loginName: accounts.logins[role]!, roles: [role] }, PREPARED);
    const paper = { name: '密签字人', signedOn: '2026-05-19', scan: 'data:image/png;base64,iVBORw0KGgo=' };
    await approveOnPaper(director, id, paper, PREPARED);
    await drawSealed(director, id, PREPARED);
    await readSealed(director, id, 'part', '10.0.0.9', PREPARED);
    const after = await dump();
    const { sealed_slot: slotsBefore, ...restBefore } = before;
    const { sealed_slot: slotsAfter, ...restAfter } = after;
    expect(restAfter).toEqual(restBefore);
    const shape = (text: string) => text.split('\n').map((line) => line.length);
    expect(shape(slotsAfter!)).toEqual(shape(slotsBefore!));
    const sealed = (await read((db) => sealedById(db, id)))!.drill;
    const secrets = [
      ...[TITLE, OUTLINE, '密稿情景标题', '密会亭镇', '密李集闸口', '密签字人', '10.0.0.9', '密理由词'],
      ...[id, sealed.runId, String(sealed.drawn!.startMs), new Date(sealed.drawn!.startMs).toISOString()],
      ...sealed.seats.map((seat) => seat.id),
    ];
    const text = Object.values(after).join('\n');
    for (const secret of secrets.flatMap(forms)) expect(text.includes(secret)).toBe(false);
    // Who is on the list stands among the accounts, as everybody, and nowhere else.
    const { account: _accounts, ...others } = restAfter;
    const elsewhere = Object.values(others).join('\n') + slotsAfter;
    for (const seat of sealed.seats) expect(elsewhere.includes(seat.accountId)).toBe(false);
  });

  it('changes all slots whenever one changes, and once a day without any', async () => {
    expect(await read((db) => db.select().from(sealedSlot))).toHaveLength(SLOTS);
    const marks = async () =>
      (await read((db) => db.select().from(sealedSlot).orderBy(asc(sealedSlot.id)))).map(({ blob }) =>
        blob.slice(0, 64),
      );
    const before = await marks();
    const step = await turnSealed(SYSTEM, PREPARED);
    const turned = await marks();
    for (const [at, mark] of turned.entries()) expect(mark).not.toBe(before[at]);
    expect(step.notBefore!.getTime()).toBeGreaterThan(PREPARED.getTime());
    expect((await listCommitments(VISITOR)).map(({ day }) => day)).toContain('2026-05-20');
    const world = await prepared();
    const sealed = await marks();
    for (const [at, mark] of sealed.entries()) expect(mark).not.toBe(turned[at]);
    expect((await read((db) => sealedById(db, world.id)))!.drill.title).toBe(TITLE);
  });

  it('is refused when all slots are taken', async () => {
    const known = (await listAll()).length;
    const made: World[] = [];
    for (let at = known; at < SLOTS; at++) made.push(await small());
    await expect(small()).rejects.toMatchObject({ code: 'sealed_full' });
    for (const world of made) {
      await cancelSealed(world.director, world.id, PREPARED);
      await discardSealed(world.director, world.id);
    }
  });
});

async function listAll() {
  const { sealedDrills } = await import('./registry.server.ts');
  return await read((db) => sealedDrills(db));
}

async function small(): Promise<World> {
  const director = actorWith('drill_director', COUNTY.path, { name: '密总策划' });
  await addAccount(director, `director-${newId()}`);
  return { id: await createSealed(director, input(), PREPARED), director, actors: {}, logins: {} };
}

describe('who holds no key', () => {
  it('finds nothing: a keeper of the place, an administrator, a player, a visitor', async () => {
    const world = await waiting();
    const keeper = actorWith('bureau', COUNTY.path);
    const strangers = [keeper, actorWith('administrator', '/'), world.actors.duty!, VISITOR];
    for (const actor of strangers) {
      expect(await listSealed(actor, PREPARED)).toEqual([]);
      await expect(readSealed(actor, world.id, 'part', '', PREPARED)).rejects.toMatchObject({ status: 404 });
      await expect(drawSealed(actor, world.id, PREPARED)).rejects.toMatchObject({ status: 404 });
      await expect(readDesk(actor, world.runId, PREPARED)).rejects.toMatchObject({ status: 404 });
      await expect(read((db) => findDrill(actor, db, world.id))).rejects.toMatchObject({ status: 404 });
      expect(await listMySeats(actor)).toEqual([]);
    }
    expect((await listDrills(keeper)).map(({ id }) => id)).not.toContain(world.id);
  });

  it('and a trusted person sees nothing before signing, and afterwards what is needed', async () => {
    const world = await prepared();
    const trusted = await person(world, 'friend', '密知情人');
    await addHolder(world.director, world.id, holder(world.logins.friend!, 'trusted'), PREPARED);
    const [unsigned] = await listSealed(trusted, PREPARED);
    expect(unsigned).toMatchObject({ title: null, start: null, scenario: null, plan: null, desk: null });
    expect(JSON.stringify(unsigned)).not.toContain(TITLE);
    await signUndertaking(trusted, world.id, PREPARED);
    const [signed] = await listSealed(trusted, PREPARED);
    expect(signed).toMatchObject({ title: TITLE, start: null, scenario: null, plan: null });
    await expect(approveSealed(trusted, world.id, PREPARED)).rejects.toMatchObject({
      code: 'sealed_not_approver',
    });
    await expect(setWindow(trusted, world.id, WINDOW, PREPARED)).rejects.toMatchObject({
      code: 'sealed_not_director',
    });
    await removeHolder(world.director, world.id, trusted.accountId!, PREPARED);
    expect(await listSealed(trusted, PREPARED)).toEqual([]);
    const { drill: sealed } = (await read((db) => sealedById(db, world.id)))!;
    expect(isSealedStreamWhole(sealed)).toBe(true);
    expect(sealed.events.map(({ kind }) => kind)).toEqual([
      'created',
      'holder_added',
      'undertaking_signed',
      'holder_removed',
    ]);
  });
});

describe('preparing', () => {
  it('refuses an approver who plays, in the system and on paper, and a player who approves', async () => {
    const world = await seated();
    const { director, id, logins } = world;
    const asApprover = holder(logins.duty!, 'approver');
    await expect(addHolder(director, id, asApprover, PREPARED)).rejects.toMatchObject({
      code: 'sealed_approver_plays',
    });
    const paper = { name: '镇值班员', signedOn: '2026-05-19', scan: 'data:image/png;base64,iVBORw0KGgo=' };
    await expect(approveOnPaper(director, id, paper, PREPARED)).rejects.toMatchObject({
      code: 'sealed_approver_plays',
    });
    await expect(
      approveOnPaper(director, id, { ...paper, name: director.name }, PREPARED),
    ).rejects.toMatchObject({
      code: 'sealed_approver_is_director',
    });
    await person(world, 'approver', '密审批人');
    await addHolder(director, id, holder(logins.approver!, 'approver'), PREPARED);
    const seat = { loginName: logins.approver!, roles: ['leader'] };
    await expect(seatSealed(director, id, seat, PREPARED)).rejects.toMatchObject({
      code: 'sealed_approver_plays',
    });
    await expect(drawSealed(director, id, PREPARED)).rejects.toMatchObject({ code: 'sealed_not_approved' });
  });

  it('draws once, what anybody can draw again from the seed', async () => {
    const world = await waiting();
    const { drawn, window, candidates } = (await read((db) => sealedById(db, world.id)))!.drill;
    const digest = digestFor(drawn!.commitmentDay, world.id);
    expect(draw(digest, window, candidates, drawn!.notBeforeMs)).toMatchObject({
      startMs: drawn!.startMs,
      unit: drawn!.unit,
      place: drawn!.place,
    });
    const commitments = await listCommitments(VISITOR, 100);
    expect(commitments).toContainEqual(commitmentOf(drawn!.commitmentDay));
    await expect(drawSealed(world.director, world.id, PREPARED)).rejects.toMatchObject({
      code: 'sealed_drawn',
    });
    await expect(setWindow(world.director, world.id, WINDOW, PREPARED)).rejects.toMatchObject({
      code: 'sealed_not_preparing',
    });
  });

  it('called off never begins', async () => {
    const world = await waiting();
    await cancelSealed(world.director, world.id, PREPARED);
    await startDueSealed(SYSTEM, new Date(world.startMs));
    expect(await read((db) => loadRun(db, world.runId))).toBeNull();
  });
});

let commands = 0;
const act = async (
  world: { actors: Record<string, Actor>; runId: string },
  role: string,
  deed: Deed,
  now: Date,
) =>
  await commandRun(
    world.actors[role]!,
    world.runId,
    { id: `sealed-command-${(commands += 1)}`.padEnd(20, '0'), role, deed },
    now,
  );

/** The server lives until a moment, and time does its work. */
async function live(runId: string, from: Date, until: Date): Promise<void> {
  for (let at = from.getTime(); at < until.getTime(); at += 8_000) await signRuns(SYSTEM, new Date(at));
  await signRuns(SYSTEM, until);
  await tickRun(SYSTEM, runId, until);
}

describe('a sealed run', () => {
  it('begins by itself at the drawn minute, tells players nothing before the first inject, and its rows nothing at all', async () => {
    const world = await waiting();
    const { runId, actors } = world;
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, later(-1, start));
    expect(await read((db) => loadRun(db, runId))).toBeNull();
    await startDueSealed(SYSTEM, start);
    expect((await read((db) => loadRun(db, runId)))!.run.snapshot.stage).toBe('running');
    expect((await readDesk(actors.director!, runId, start)).stage).toBe('running');
    for (const role of ['duty', 'leader', 'head', 'guest']) {
      await expect(readDesk(actors[role]!, runId, start)).rejects.toMatchObject({ status: 404 });
      await expect(readEntries(actors[role]!, runId, null, start)).rejects.toMatchObject({ status: 404 });
      await expect(act(world, role, { kind: 'check' }, start)).rejects.toMatchObject({ status: 404 });
      expect(await listMySeats(actors[role]!)).toEqual([]);
    }
    // The example's first inject comes after two minutes.
    expect(await dueRuns(SYSTEM, later(MINUTE, start))).not.toContain(runId);
    const alarm = later(2 * MINUTE, start);
    expect(await dueRuns(SYSTEM, alarm)).toContain(runId);
    await live(runId, start, alarm);
    expect((await listMySeats(actors.duty!)).map((line) => line.runId)).toEqual([runId]);
    const desk = await readDesk(actors.duty!, runId, alarm);
    expect(desk.shown.map(({ body }) => body.kind)).toContain('inject');
    await act(world, 'duty', { kind: 'message', to: ['sim'], text: '密报告内容', channel: 'system' }, alarm);
    const rows = await read((db) => db.select().from(drillEntry).where(eq(drillEntry.runId, runId)));
    for (const row of rows)
      expect(row).toMatchObject({
        kind: 'sealed',
        exerciseMs: 0,
        at: new Date(0),
        seatId: null,
        role: null,
        cause: null,
      });
    const [row] = await read((db) => db.select().from(drillRun).where(eq(drillRun.id, runId)));
    expect(row).toMatchObject({
      stage: 'sealed',
      scriptVersionId: 'sealed',
      scriptHash: 'sealed',
      wakeAt: null,
      snapshot: null,
    });
    const text = JSON.stringify([rows, row]);
    for (const word of ['密报告内容', 'message', 'inject', actors.duty!.accountId!])
      for (const form of forms(word)) expect(text.includes(form)).toBe(false);
  });

  it('does a command sent twice once, and survives the death of its server', async () => {
    const world = await waiting();
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, start);
    const command = { id: 'the-same-sealed-command', role: 'director', deed: { kind: 'pause' as const } };
    const first = await commandRun(world.actors.director!, world.runId, command, later(SECOND, start));
    expect(await commandRun(world.actors.director!, world.runId, command, later(2 * SECOND, start))).toEqual(
      first,
    );
    await act(world, 'director', { kind: 'resume' }, later(3 * SECOND, start));
    await signRuns(SYSTEM, later(5 * SECOND, start));
    const lost = later(45 * MINUTE, start);
    expect(await abandonedRuns(SYSTEM, lost, 5_000)).toContain(world.runId);
    await tickRun(SYSTEM, world.runId, lost, true);
    const { run } = (await read((db) => loadRun(db, world.runId)))!;
    expect(run.clock).toMatchObject({ running: false });
    expect(run.snapshot.stage).toBe('paused');
  });

  it('waits in the lobby when the service was away at its minute, and where the director starts it', async () => {
    const late = await waiting();
    await startDueSealed(SYSTEM, later(11 * MINUTE, new Date(late.startMs)));
    expect((await read((db) => loadRun(db, late.runId)))!.run.snapshot.stage).toBe('lobby');
    const byHand = await waiting({ startsItself: false });
    await startDueSealed(SYSTEM, new Date(byHand.startMs));
    expect((await read((db) => loadRun(db, byHand.runId)))!.run.snapshot.stage).toBe('lobby');
    await act(byHand, 'director', { kind: 'start' }, later(MINUTE, new Date(byHand.startMs)));
    const events = (await read((db) => sealedById(db, byHand.id)))!.drill.events;
    expect(events.at(-1)).toMatchObject({ kind: 'stage_moved', detail: { stage: 'running' } });
  });

  it('at publication becomes a drill like any other, with its chain whole, its slot empty and the secrecy told', async () => {
    const world = await waiting();
    const { runId, id } = world;
    const start = new Date(world.startMs);
    await readSealed(world.director, id, 'part', '10.0.0.9', PREPARED);
    await startDueSealed(SYSTEM, start);
    await live(runId, start, later(2 * MINUTE, start));
    const end = later(3 * MINUTE, start);
    await live(runId, later(2 * MINUTE, start), end);
    await act(world, 'director', { kind: 'end' }, end);
    await act(world, 'director', { kind: 'open_evaluation' }, end);
    expect(await read((db) => db.select().from(drill).where(eq(drill.id, id)))).toEqual([]);
    await act(world, 'director', { kind: 'publish_evaluation' }, end);
    const [row] = await read((db) => db.select().from(drill).where(eq(drill.id, id)));
    expect(row).toMatchObject({ title: TITLE, state: 'published', notice: 'none' });
    const rows = await read((db) =>
      db.select().from(drillEntry).where(eq(drillEntry.runId, runId)).orderBy(asc(drillEntry.seq)),
    );
    let previous = '';
    for (const entry of rows) {
      expect(entry.previousHash).toBe(previous);
      expect(entryHash(runId, previous, entryOf(entry))).toBe(entry.hash);
      previous = entry.hash;
    }
    expect(rows.at(-1)!.kind).toBe('published');
    const loaded = (await read((db) => loadRun(db, runId)))!;
    expect(loaded.sealed).toBeUndefined();
    expect(loaded.row).toMatchObject({ stage: 'published', hash: previous });
    expect(await read((db) => db.select().from(drillSeat).where(eq(drillSeat.runId, runId)))).toHaveLength(7);
    expect(await read((db) => db.select().from(drillGrade).where(eq(drillGrade.runId, runId)))).toHaveLength(
      1,
    );
    expect(
      await read((db) => db.select().from(drillReport).where(eq(drillReport.runId, runId))),
    ).toHaveLength(1);
    expect(await read((db) => sealedById(db, id))).toBeNull();
    const [secrecy] = await read((db) => db.select().from(drillSecrecy).where(eq(drillSecrecy.drillId, id)));
    const told = secrecy!.body as unknown as Secrecy;
    expect(told.holders.map(({ name }) => name)).toEqual(['密总策划', '密审批人']);
    expect(told.opened).toMatchObject([{ name: '密总策划', times: 1 }]);
    expect(told.draw).toMatchObject({
      startMs: world.startMs,
      commitment: commitmentOf(told.draw!.day).hash,
    });
    expect((await listMySeats(world.actors.duty!)).map((line) => line.runId)).toEqual([runId]);
  });

  it('may be unsealed by its director when it is over, and not before', async () => {
    const world = await waiting();
    const start = new Date(world.startMs);
    await startDueSealed(SYSTEM, start);
    await expect(unsealEarly(world.director, world.id, start)).rejects.toMatchObject({
      code: 'sealed_not_over',
    });
    await act(world, 'director', { kind: 'abort', why: 'real_event', text: '' }, later(SECOND, start));
    await expect(readDesk(world.actors.duty!, world.runId, start)).rejects.toMatchObject({ status: 404 });
    await unsealEarly(world.director, world.id, later(MINUTE, start));
    expect((await read((db) => findDrill(world.director, db, world.id))).state).toBe('planned');
    expect(await listSealed(world.director, start)).toEqual([]);
  });
});
