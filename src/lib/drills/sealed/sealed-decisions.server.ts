import { randomUUID } from 'node:crypto';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { loadRun } from '../runs/run-store.server.ts';
import { commandRun } from '../runs/runs.server.ts';
import { groupOf } from '../runs/seat.ts';
import { digestFor, lastCommitment } from './commitments.server.ts';
import { refuseSealed } from './copy.ts';
import { draw } from './draw.ts';
import { changeHeld, findHeld, mustBeAhead, mustDirect } from './finding-sealed.server.ts';
import type { PaperInput } from './forms.ts';
import { sealedById } from './registry.server.ts';
import { emptyPlayerRoles, notBeforeOf, plays, reasonsNotToDraw, type SealedDrill } from './sealed-drill.ts';
import { tellSealed } from './sealed-stream.server.ts';
import { SEALED } from './slots.server.ts';
import { unseal } from './unsealing.server.ts';

/** Approves as the approver of the list. Refused: 404, 403 sealed_not_approver, sealed_unsigned_self, 409. */
export async function approveSealed(actor: Actor, drillId: string, now: Date): Promise<void> {
  await changeHeld(actor, drillId, ({ drill, holder }) => {
    if (holder.part !== 'approver') throw refuseSealed('sealed_not_approver');
    if (holder.signedAt === null) throw refuseSealed('sealed_unsigned_self');
    if (drill.state !== 'preparing') throw refuseSealed('sealed_not_preparing');
    if (plays(drill, holder)) throw refuseSealed('sealed_approver_plays');
    const { accountId, name } = holder;
    const approval = { kind: 'system' as const, accountId, name, at: now.getTime() };
    return tellSealed(actor, { ...drill, approval, state: 'approved' }, 'approved', { name }, now);
  });
}

/**
 * Enters an approval that was given on paper, with a picture of it, into the slot. Refused: 404, 403, 409
 * when it is approved, sealed_approver_plays for a name that plays, sealed_approver_is_director for one's own.
 */
export async function approveOnPaper(
  actor: Actor,
  drillId: string,
  { name, signedOn, scan }: PaperInput,
  now: Date,
): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    const { drill } = held;
    if (drill.state !== 'preparing') throw refuseSealed('sealed_not_preparing');
    if (plays(drill, { accountId: null, name })) throw refuseSealed('sealed_approver_plays');
    if (drill.holders.some((one) => one.part === 'director' && one.name === name))
      throw refuseSealed('sealed_approver_is_director');
    const approval = {
      ...{ kind: 'paper' as const, name, signedOn, scan, at: now.getTime(), enteredBy: actor.name },
    };
    return tellSealed(actor, { ...drill, approval, state: 'approved' }, 'approved_on_paper', { name }, now);
  });
}

/**
 * Draws start, unit and place, once, from the seed of the last day that was committed to. Refused: 404,
 * 403, and the first of {@link reasonsNotToDraw}; sealed_no_commitment without a published day.
 */
export async function drawSealed(actor: Actor, drillId: string, now: Date): Promise<void> {
  await changeHeld(actor, drillId, async (held, tx) => {
    mustDirect(held);
    mustBeAhead(held);
    const { drill } = held;
    const [reason] = reasonsNotToDraw(drill, now.getTime());
    if (reason) throw refuseSealed(reason, detailOf(drill));
    const commitment = await lastCommitment(tx, now);
    if (!commitment) throw refuseSealed('sealed_no_commitment');
    const notBeforeMs = notBeforeOf(now.getTime());
    const digest = digestFor(commitment.day, drill.id);
    const drawn = draw(digest, drill.window, drill.candidates, notBeforeMs);
    if (!drawn) throw refuseSealed('sealed_window_over');
    const proof = { commitmentDay: commitment.day, notBeforeMs, at: now.getTime() };
    const waiting = { ...drill, drawn: { ...drawn, ...proof }, state: 'waiting' as const };
    return tellSealed(actor, waiting, 'drawn', { day: commitment.day, hash: commitment.hash }, now);
  });
}

function detailOf(drill: SealedDrill): Record<string, string> {
  const unsigned = drill.holders.filter(({ signedAt }) => signedAt === null).map(({ name }) => name);
  return { roles: emptyPlayerRoles(drill).join('、'), names: unsigned.join('、') };
}

/** Calls the drill off before it begins; nobody but the list ever learns of it. Refused: 404, 403, 409. */
export async function cancelSealed(actor: Actor, drillId: string, now: Date): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    mustBeAhead(held);
    return tellSealed(actor, { ...held.drill, state: 'cancelled' }, 'cancelled', {}, now);
  });
}

/** Empties the slot of a cancelled drill: nothing of it is left. Refused: 404, 403, 409 sealed_not_cancelled. */
export async function discardSealed(actor: Actor, drillId: string): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    if (held.drill.state !== 'cancelled') throw refuseSealed('sealed_not_cancelled');
    return null;
  });
}

/**
 * Opens the evaluation of a sealed drill or publishes it, from the director's seat; publishing unseals it.
 * Refused: 404, 403, and as the deed itself.
 */
export async function judgeSealed(
  actor: Actor,
  drillId: string,
  kind: 'open_evaluation' | 'publish_evaluation',
  now: Date,
): Promise<void> {
  const held = await read((db) => findHeld(actor, db, drillId));
  mustDirect(held);
  const { script, seats, runId } = held.drill;
  const roles = seats.find(({ accountId }) => accountId === actor.accountId)?.roles ?? [];
  const role = roles.find((one) => groupOf(script, one) === 'director') ?? '';
  await commandRun(actor, runId, { id: randomUUID(), role, deed: { kind } }, now);
}

/**
 * Unseals a drill that is over before its evaluation is published, so that findings can be worked on in the
 * open; also one that was broken off. Refused: 404, 403, 409 sealed_not_over.
 */
export async function unsealEarly(actor: Actor, drillId: string, now: Date): Promise<void> {
  const runId = await read(async (db) => (await findHeld(actor, db, drillId)).drill.runId);
  await write([SEALED, `drill:${drillId}`, `run:${runId}`], async (tx) => {
    mustDirect(await findHeld(actor, tx, drillId));
    const sealed = (await sealedById(tx, drillId))!;
    const loaded = sealed.drill.state === 'running' ? await loadRun(tx, runId) : null;
    const stage = loaded?.run.snapshot.stage;
    if (!loaded || !stage || ['lobby', 'running', 'paused'].includes(stage))
      throw refuseSealed('sealed_not_over');
    await unseal(actor, tx, loaded, sealed, stage, now);
  });
}
