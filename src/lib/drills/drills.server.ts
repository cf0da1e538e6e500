import { randomUUID } from 'node:crypto';
import { and, asc, desc, eq, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { drill, drillRun, drillSeat, scriptVersion } from '#lib/server/db/schema/drills.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse } from './copy.ts';
import type { DrillInput } from './forms.ts';
import { drillScope, mayKeepDrills, maySeeDrill } from './policy.ts';
import { append, CLOCKWORK, emptyRun } from './runs/run.ts';
import type { EntryBody } from './runs/run-log.ts';
import { tellRun, type Written } from './runs/run-bus.server.ts';
import { ENGINE, loadRun, scriptOf, storeEntries } from './runs/run-store.server.ts';
import { groupOf, mayHoldTogether } from './runs/seat.ts';
import { mayCancel } from './stage.ts';
import { listSealedSeats } from './sealed/sealed-seats.server.ts';
import { publish, findScript } from './scripts/scripts.server.ts';
import type { Script } from './scripts/script.ts';

export type DrillRow = typeof drill.$inferSelect;
export type SeatRow = typeof drillSeat.$inferSelect;

/** A drill for a command or a page. Refused: 404 when it is not there or not the actor's to see. */
export async function findDrill(actor: Actor, db: Db, id: string): Promise<DrillRow> {
  const [row] = await db.select().from(drill).where(eq(drill.id, id));
  if (!row || !maySeeDrill(actor, row)) throw refuse('not_found');
  return row;
}

async function findKept(actor: Actor, db: Db, id: string): Promise<DrillRow> {
  const row = await findDrill(actor, db, id);
  if (!mayKeepDrills(actor, row)) throw refuse('forbidden');
  return row;
}

/** Drills of the actor's places, the next first. */
export async function listDrills(
  actor: Actor,
): Promise<(DrillRow & { runId: string | null; stage: string | null })[]> {
  const scope = drillScope(actor);
  if (scope.length === 0) throw refuse('forbidden');
  return await read(async (db) => {
    const rows = await db
      .select({ drill, runId: drillRun.id, stage: drillRun.stage, runAt: drillRun.createdAt })
      .from(drill)
      .leftJoin(drillRun, eq(drillRun.drillId, drill.id))
      .where(or(...scope.map((path) => like(drill.path, `${path}%`))))
      .orderBy(desc(drill.plannedOn), asc(drill.title), desc(drillRun.createdAt));
    const last = new Map<string, (typeof rows)[number]>();
    for (const row of rows) if (!last.has(row.drill.id)) last.set(row.drill.id, row);
    return [...last.values()].map(({ drill: row, runId, stage }) => ({ ...row, runId, stage }));
  });
}

/**
 * Plans an announced drill from a script; its draft is published first if it was not. A blind script makes
 * no announced drill. Refused: 404, 403, 409.
 */
export async function planDrill(actor: Actor, input: DrillInput, now: Date): Promise<string> {
  const id = randomUUID();
  await write([`drill:${id}`, `script:${input.scriptId}`], async (tx) => {
    const source = await findScript(actor, tx, input.scriptId);
    const [path, divisionId] = await placeFor(actor, tx, source);
    const { versionId } = source.isModel
      ? await modelVersion(tx, source.id)
      : await publish(actor, tx, source, now);
    const script = await scriptOf(tx, versionId);
    if (script.blind.notice === 'none' || script.blind.notice === 'window_only') throw refuse('script_blind');
    const row = {
      id,
      divisionId,
      path,
      title: input.title,
      form: script.drill.form,
      content: script.drill.content,
      scriptVersionId: versionId,
      notice: script.blind.notice,
      plannedOn: input.plannedOn,
      place: input.place,
      observerDelaySeconds: input.observerDelaySeconds,
      state: 'planned' as const,
      createdBy: actor.name,
      createdAt: now,
    };
    await tx.insert(drill).values(row);
    await openRun(tx, row, script, versionId, now);
    await tell(actor, tx, row, 'drill_planned', { plannedOn: input.plannedOn }, now);
  });
  return id;
}

/** A drill belongs to the place of its script, or, from a model, to the actor's own. */
async function placeFor(
  actor: Actor,
  _tx: Tx,
  source: { isModel: boolean; path: string; divisionId: string },
): Promise<[string, string]> {
  if (!source.isModel) return [source.path, source.divisionId];
  const [path] = drillScope(actor);
  if (!path) throw refuse('forbidden');
  return [path, path.split('/').at(-2)!];
}

async function modelVersion(tx: Tx, scriptId: string): Promise<{ versionId: string }> {
  const [row] = await tx
    .select()
    .from(scriptVersion)
    .where(eq(scriptVersion.scriptId, scriptId))
    .orderBy(desc(scriptVersion.number))
    .limit(1);
  if (!row) throw refuse('script_not_published');
  return { versionId: row.id };
}

/** A run in its lobby: seats are taken, communications checked. */
async function openRun(
  tx: Tx,
  row: { id: string },
  script: Script,
  versionId: string,
  now: Date,
): Promise<string> {
  const [version] = await tx
    .select({ hash: scriptVersion.hash })
    .from(scriptVersion)
    .where(eq(scriptVersion.id, versionId));
  const id = randomUUID();
  const run = emptyRun(script);
  await tx.insert(drillRun).values({
    id,
    drillId: row.id,
    scriptVersionId: versionId,
    scriptHash: version!.hash,
    engine: ENGINE,
    stage: run.snapshot.stage,
    seq: 0,
    hash: '',
    isTicking: false,
    wakeAt: null,
    signAt: now,
    snapshot: null,
    snapshotSeq: 0,
    createdAt: now,
  });
  return id;
}

export type DrillPage = {
  row: DrillRow;
  runId: string;
  stage: string;
  script: Script;
  scriptHash: string;
  seats: SeatRow[];
  emptyRoles: { id: string; name: string; group: string }[];
  mySeat: boolean;
  mayKeep: boolean;
};

/** A drill with its present run and who sits where. Refused: 404. */
export async function readDrill(actor: Actor, id: string): Promise<DrillPage> {
  return await read(async (db) => {
    const row = await findDrill(actor, db, id);
    const run = await presentRun(db, id);
    const script = await scriptOf(db, run.scriptVersionId);
    const seats = await db
      .select()
      .from(drillSeat)
      .where(eq(drillSeat.runId, run.id))
      .orderBy(asc(drillSeat.seatedAt));
    const taken = new Set(seats.flatMap(({ roles }) => roles));
    return {
      row,
      runId: run.id,
      stage: run.stage,
      script,
      scriptHash: run.scriptHash,
      seats,
      emptyRoles: script.roles
        .filter((role) => !taken.has(role.id))
        .map(({ id: role, name, group }) => ({ id: role, name, group })),
      mySeat: seats.some(({ accountId }) => accountId === actor.accountId),
      mayKeep: mayKeepDrills(actor, row),
    };
  });
}

async function presentRun(db: Db, drillId: string) {
  const [run] = await db
    .select()
    .from(drillRun)
    .where(eq(drillRun.drillId, drillId))
    .orderBy(desc(drillRun.createdAt))
    .limit(1);
  return run!;
}

/**
 * Gives an account a seat with roles of the script; who sits already gets these roles instead. A recorder
 * may hold all roles of a unit. Refused: 404, 403, 409 (account or role unknown, player and judge in one).
 */
export async function seatAccount(
  actor: Actor,
  drillId: string,
  input: { loginName: string; roles: string[] },
  now: Date,
): Promise<void> {
  const runId = (await readDrill(actor, drillId)).runId;
  const written = await write([`drill:${drillId}`, `run:${runId}`], async (tx) => {
    const row = await findKept(actor, tx, drillId);
    const run = await presentRun(tx, drillId);
    if (['archived', 'aborted', 'published'].includes(run.stage)) throw refuse('drill_is_over');
    const script = await scriptOf(tx, run.scriptVersionId);
    if (input.roles.some((role) => groupOf(script, role) === null)) throw refuse('role_unknown');
    if (!mayHoldTogether(script, input.roles)) throw refuse('seat_together');
    const [who] = await tx.select().from(account).where(eq(account.loginName, input.loginName));
    if (!who || who.disabledAt) throw refuse('seat_unknown');
    await replaceSeat(actor, tx, run.id, who, input.roles, now);
    const seated = { account: who.id, roles: input.roles, name: who.name };
    await tell(actor, tx, row, 'drill_seated', { name: who.name, roles: input.roles }, now);
    return await note(tx, run.id, { kind: 'seated', ...seated }, now);
  });
  tellRun(runId, written);
}

async function replaceSeat(
  actor: Actor,
  tx: Tx,
  runId: string,
  who: typeof account.$inferSelect,
  roles: string[],
  now: Date,
): Promise<void> {
  const seat = { roles, seatedBy: actor.name, seatedAt: now };
  const mine = and(eq(drillSeat.runId, runId), eq(drillSeat.accountId, who.id));
  const [known] = await tx.select({ id: drillSeat.id }).from(drillSeat).where(mine);
  if (known) await tx.update(drillSeat).set(seat).where(eq(drillSeat.id, known.id));
  else
    await tx.insert(drillSeat).values({
      id: randomUUID(),
      runId,
      accountId: who.id,
      personId: who.personId,
      name: who.name,
      ...seat,
    });
}

/** Who sits where, and that it was called off, is part of the log: the report must say who acted. */
async function note(tx: Tx, runId: string, body: EntryBody, now: Date): Promise<Written> {
  const loaded = (await loadRun(tx, runId))!;
  const when = { atMs: loaded.run.snapshot.state.atMs, wallMs: now.getTime() };
  const { run, entries } = append(loaded.script, loaded.run, body, CLOCKWORK, when);
  const hash = await storeEntries(tx, loaded, entries, run, now);
  const row = { ...loaded.row, seq: run.seq, hash, stage: run.snapshot.stage };
  return { loaded: { row, script: loaded.script, run }, entries };
}

/**
 * Calls a drill off before it begins; its run ends with the reason in its log, and nobody can start it.
 * Refused: 404, 403, 409 (`drill_started`).
 */
export async function cancelDrill(actor: Actor, drillId: string, reason: string, now: Date): Promise<void> {
  const runId = (await readDrill(actor, drillId)).runId;
  const written = await write([`drill:${drillId}`, `run:${runId}`], async (tx) => {
    const row = await findKept(actor, tx, drillId);
    const run = await presentRun(tx, drillId);
    if (!mayCancel(row.state, run.stage)) throw refuse('drill_started');
    await tx.update(drill).set({ state: 'cancelled' }).where(eq(drill.id, drillId));
    await tell(actor, tx, row, 'drill_cancelled', { reason }, now);
    return await note(tx, run.id, { kind: 'aborted', why: 'other', text: reason }, now);
  });
  tellRun(runId, written);
}

/** Takes a seat away before the start. Refused: 404, 403, 409 once the run has begun. */
export async function removeSeat(actor: Actor, drillId: string, seatId: string, now: Date): Promise<void> {
  const runId = (await readDrill(actor, drillId)).runId;
  const written = await write([`drill:${drillId}`, `run:${runId}`], async (tx) => {
    const row = await findKept(actor, tx, drillId);
    const run = await presentRun(tx, drillId);
    if (run.stage !== 'lobby') throw refuse('drill_started');
    const [seat] = await tx
      .select()
      .from(drillSeat)
      .where(and(eq(drillSeat.id, seatId), eq(drillSeat.runId, run.id)));
    if (!seat) throw refuse('not_found');
    await tx.delete(drillSeat).where(eq(drillSeat.id, seatId));
    await tell(actor, tx, row, 'drill_unseated', { name: seat.name, roles: seat.roles }, now);
    // No roles: nobody sits there any more.
    return await note(
      tx,
      run.id,
      { kind: 'seated', account: seat.accountId, roles: [], name: seat.name },
      now,
    );
  });
  tellRun(runId, written);
}

/** Runs in which the actor has a seat, the newest first: what a player's home page shows. */
export async function listMySeats(actor: Actor): Promise<
  {
    runId: string;
    title: string;
    plannedOn: string;
    place: string;
    state: string;
    stage: string;
    roles: string[];
  }[]
> {
  if (actor.accountId === null) return [];
  const accountId = actor.accountId;
  return await read(async (db) => {
    const rows = await db
      .select({
        runId: drillRun.id,
        title: drill.title,
        plannedOn: drill.plannedOn,
        place: drill.place,
        state: drill.state,
        stage: drillRun.stage,
        roles: drillSeat.roles,
        versionId: drillRun.scriptVersionId,
      })
      .from(drillSeat)
      .innerJoin(drillRun, eq(drillRun.id, drillSeat.runId))
      .innerJoin(drill, eq(drill.id, drillRun.drillId))
      .where(eq(drillSeat.accountId, accountId))
      .orderBy(desc(drill.plannedOn));
    const named = await sealedLines(actor, db);
    for (const { versionId, roles, ...row } of rows) {
      const script = await scriptOf(db, versionId);
      named.push({
        ...row,
        roles: script.roles.filter(({ id }) => roles.includes(id)).map(({ name }) => name),
      });
    }
    return named;
  });
}

/** Double-blind drills appear with their first inject, and then at once. */
async function sealedLines(actor: Actor, db: Db) {
  const lines = await listSealedSeats(actor, db);
  return lines.map(({ startMs, ...line }) => ({
    ...line,
    state: 'running',
    plannedOn: dayOf(new Date(startMs)),
  }));
}

async function tell(
  actor: Actor,
  tx: Tx,
  row: { id: string; path: string; title: string },
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await record(tx, {
    stream: `drill:${row.id}`,
    kind,
    actor,
    at: now,
    path: row.path,
    detail: { title: row.title, ...detail },
  });
}
