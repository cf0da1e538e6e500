import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { account } from '#lib/server/db/schema/people.ts';
import { refuseSealed } from './copy.ts';
import { changeHeld, mustBeAhead, mustDirect } from './finding-sealed.server.ts';
import type { HolderInput } from './forms.ts';
import { plays, reasonsNotToSeat, type Holder } from './sealed-drill.ts';
import { tellSealed } from './sealed-stream.server.ts';

async function findAccount(tx: Tx, loginName: string): Promise<typeof account.$inferSelect> {
  const [who] = await tx.select().from(account).where(eq(account.loginName, loginName));
  if (!who || who.disabledAt) throw refuseSealed('seat_unknown');
  return who;
}

/**
 * Puts somebody on the list with a reason; the key is wrapped for the account at once, and shows nothing
 * before the undertaking is signed. Refused: 404, 403, 409 (unknown account, already on the list, an
 * approver who plays or who is the director, sealed_holders_full).
 */
export async function addHolder(actor: Actor, drillId: string, input: HolderInput, now: Date): Promise<void> {
  await changeHeld(actor, drillId, async (held, tx) => {
    mustDirect(held);
    mustBeAhead(held);
    const { drill } = held;
    const who = await findAccount(tx, input.loginName);
    if (drill.holders.some(({ accountId }) => accountId === who.id))
      throw refuseSealed('sealed_holder_known');
    if (input.part === 'approver' && plays(drill, { accountId: who.id, name: who.name }))
      throw refuseSealed('sealed_approver_plays');
    const { part, reason, needsStart, needsScenario } = input;
    const holder: Holder = {
      ...{ accountId: who.id, name: who.name, part, reason, needsStart, needsScenario },
      ...{ addedBy: actor.name, addedAt: now.getTime(), signedAt: null, signedOn: null },
    };
    const wider = { ...drill, holders: [...drill.holders, holder] };
    return tellSealed(actor, wider, 'holder_added', { name: who.name, part }, now);
  });
}

/** Takes somebody off the list; what he opened stays in the record. Refused: 404, 403, 409 for the last director. */
export async function removeHolder(
  actor: Actor,
  drillId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    mustBeAhead(held);
    const { drill } = held;
    const leaving = drill.holders.find((one) => one.accountId === accountId);
    if (!leaving) throw refuseSealed('not_found');
    const holders = drill.holders.filter((one) => one !== leaving);
    if (!holders.some(({ part }) => part === 'director')) throw refuseSealed('sealed_holder_needed');
    return tellSealed(actor, { ...drill, holders }, 'holder_removed', { name: leaving.name }, now);
  });
}

/** Signs the actor's own undertaking. Refused: 404, 409 when it is signed. */
export async function signUndertaking(actor: Actor, drillId: string, now: Date): Promise<void> {
  await changeHeld(actor, drillId, ({ drill, holder }) => {
    if (holder.signedAt !== null) throw refuseSealed('sealed_signed');
    const signed = signedBy(drill.holders, holder.accountId, 'screen', now);
    return tellSealed(actor, { ...drill, holders: signed }, 'undertaking_signed', { name: holder.name }, now);
  });
}

/** Notes that somebody signed the printed undertaking. Refused: 404, 403, 409 when it is signed. */
export async function notePaperUndertaking(
  actor: Actor,
  drillId: string,
  accountId: string,
  now: Date,
): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    const { drill } = held;
    const holder = drill.holders.find((one) => one.accountId === accountId);
    if (!holder) throw refuseSealed('not_found');
    if (holder.signedAt !== null) throw refuseSealed('sealed_signed');
    const signed = signedBy(drill.holders, accountId, 'paper', now);
    return tellSealed(actor, { ...drill, holders: signed }, 'undertaking_signed', { name: holder.name }, now);
  });
}

function signedBy(
  holders: readonly Holder[],
  accountId: string,
  on: 'screen' | 'paper',
  now: Date,
): Holder[] {
  return holders.map((one) =>
    one.accountId === accountId ? { ...one, signedAt: now.getTime(), signedOn: on } : one,
  );
}

/**
 * Plans a seat; who has one gets these roles instead. Whoever plays is not told: the seat lies in the slot
 * until the first inject. Refused: 404, 403, 409 (unknown account or role, player and judge in one, an
 * approver who would play, already started).
 */
export async function seatSealed(
  actor: Actor,
  drillId: string,
  input: { loginName: string; roles: string[] },
  now: Date,
): Promise<void> {
  await changeHeld(actor, drillId, async (held, tx) => {
    mustDirect(held);
    mustBeAhead(held);
    const { drill } = held;
    const who = await findAccount(tx, input.loginName);
    const [reason] = reasonsNotToSeat(drill, { accountId: who.id, name: who.name }, input.roles);
    if (reason) throw refuseSealed(reason);
    const others = drill.seats.filter(({ accountId }) => accountId !== who.id);
    const seat = {
      ...{ id: randomUUID(), accountId: who.id, personId: who.personId, name: who.name, roles: input.roles },
      ...{ seatedBy: actor.name, seatedAt: now.getTime() },
    };
    return tellSealed(actor, { ...drill, seats: [...others, seat] }, 'seated', { name: who.name }, now);
  });
}

/** Takes a planned seat away. Refused: 404, 403, 409 once started. */
export async function unseatSealed(actor: Actor, drillId: string, seatId: string, now: Date): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    mustBeAhead(held);
    const { drill } = held;
    const seat = drill.seats.find(({ id }) => id === seatId);
    if (!seat) throw refuseSealed('not_found');
    const seats = drill.seats.filter((one) => one !== seat);
    return tellSealed(actor, { ...drill, seats }, 'unseated', { name: seat.name }, now);
  });
}
