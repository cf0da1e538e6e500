import { asc, getTableName, is, Table } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { SYSTEM, VISITOR } from '#lib/kernel/actor.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { sealedSlot } from '#lib/server/db/schema/sealed.ts';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { actorWith, COUNTY } from '../../../../tests/worlds/exams.ts';
import { findDrill, listDrills, listMySeats } from '../drills.server.ts';
import { readDesk } from '../runs/feeds.server.ts';
import { loadRun } from '../runs/run-store.server.ts';
import { commitmentOf, digestFor, listCommitments, turnSealed } from './commitments.server.ts';
import { draw } from './draw.ts';
import { sealedById, sealedDrills } from './registry.server.ts';
import {
  approveOnPaper,
  approveSealed,
  cancelSealed,
  discardSealed,
  drawSealed,
} from './sealed-decisions.server.ts';
import { createSealed, listSealed, readSealed, setWindow } from './sealed-drills.server.ts';
import { addHolder, removeHolder, seatSealed, signUndertaking } from './sealed-people.server.ts';
import { isSealedStreamWhole } from './sealed-stream.server.ts';
import { SLOTS } from './slots.server.ts';
import { startDueSealed } from './starting.server.ts';
import {
  forms,
  holder,
  input,
  OUTLINE,
  person,
  prepared,
  PREPARED,
  seated,
  small,
  TITLE,
  waiting,
  WINDOW,
  type World,
} from '../../../../tests/worlds/sealed.ts';

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

// Each step writes all slots, and a story has twenty steps.
vi.setConfig({ testTimeout: 120_000 });

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
    for (const seat of sealed.seats)
      for (const form of forms(seat.accountId)) expect(slotsAfter!.includes(form)).toBe(false);
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
    const known = (await read(sealedDrills)).length;
    const made: World[] = [];
    for (let at = known; at < SLOTS; at++) made.push(await small());
    await expect(small()).rejects.toMatchObject({ code: 'sealed_full' });
    for (const world of made) {
      await cancelSealed(world.director, world.id, PREPARED);
      await discardSealed(world.director, world.id);
    }
  });
});

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
