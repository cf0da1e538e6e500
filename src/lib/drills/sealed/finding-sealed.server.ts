import type { Actor } from '#lib/kernel/actor.ts';
import { write, type Db, type Tx } from '#lib/server/db/open.ts';
import { refuseSealed } from './copy.ts';
import type { Holder, SealedDrill } from './sealed-drill.ts';
import { changeOpened, openSlots, SEALED } from './slots.server.ts';

export type Held = { drill: SealedDrill; holder: Holder };

/** The sealed drills that the actor holds a key of: not who he is decides, but what his key opens. */
export async function heldBy(actor: Actor, db: Db): Promise<Held[]> {
  const accountId = actor.accountId ?? '';
  const opened = await openSlots(db, accountId);
  return opened.flatMap(({ drill }) => heldOf(accountId, drill) ?? []);
}

function heldOf(accountId: string, drill: SealedDrill | null): Held | null {
  const holder = drill?.holders.find((one) => one.accountId === accountId);
  return drill && holder ? { drill, holder } : null;
}

/** A sealed drill of the actor's. Refused: 404 without a key, as for one that does not exist. */
export async function findHeld(actor: Actor, db: Db, drillId: string): Promise<Held> {
  const held = (await heldBy(actor, db)).find(({ drill }) => drill.id === drillId);
  if (!held) throw refuseSealed('not_found');
  return held;
}

/** Writes what `change` makes of a sealed drill of the actor's. Refused: 404, and what `change` refuses. */
export async function changeHeld(
  actor: Actor,
  drillId: string,
  change: (held: Held, tx: Tx) => SealedDrill | null | Promise<SealedDrill | null>,
): Promise<void> {
  await write([SEALED, `drill:${drillId}`], async (tx) => {
    const accountId = actor.accountId ?? '';
    await changeOpened(tx, accountId, drillId, async (drill) => {
      const held = heldOf(accountId, drill);
      if (!held) throw refuseSealed('not_found');
      return await change(held, tx);
    });
  });
}

/** Only the director of the drill changes it; others hold a key to read. */
export function mustDirect({ holder }: Held): void {
  if (holder.part !== 'director') throw refuseSealed('sealed_not_director');
}

/** Before it begins, and as long as it is on. */
export function mustBeAhead({ drill }: Held): void {
  if (drill.state === 'running') throw refuseSealed('sealed_started');
  if (drill.state === 'cancelled') throw refuseSealed('sealed_cancelled');
}
