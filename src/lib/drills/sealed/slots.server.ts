import { randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import type { Db, Tx } from '#lib/server/db/open.ts';
import { sealedSlot } from '#lib/server/db/schema/sealed.ts';
import { slotKey } from '#lib/server/keys.ts';
import { refuseSealed } from './copy.ts';
import type { SealedDrill } from './sealed-drill.ts';
import {
  emptySlot,
  keyIn,
  openSlot,
  packContent,
  SLOT_ENTRIES,
  SLOT_KEY_BYTES,
  sealSlot,
} from './slot.server.ts';

/** How many sealed drills an installation can hold; all slots are there from the first day. */
export const SLOTS = 16;
/** What every write of the slots is about. */
export const SEALED = 'sealed';
/** The holder by whose entry the program itself opens a slot: to start the drill at its minute. */
export const PROGRAM = 'system';

/** A slot that somebody could open. */
export type Opened = { slotId: string; key: Buffer; drill: SealedDrill };

const slotIds = Array.from({ length: SLOTS }, (_, at) => `slot-${String(at + 1).padStart(2, '0')}`);
const newMark = () => randomBytes(16).toString('base64url');
const wrapFor = (slotId: string) => (holderId: string) => slotKey(slotId, holderId);

/** Lays out the slots of a new installation, all empty; never touches those that are there. */
export async function layOutSlots(tx: Tx): Promise<void> {
  const known = await tx.select({ id: sealedSlot.id }).from(sealedSlot);
  if (known.length === SLOTS) return;
  const mark = newMark();
  for (const id of slotIds)
    await tx
      .insert(sealedSlot)
      .values({ id, mark, blob: emptySlot().toString('base64') })
      .onConflictDoNothing();
}

/** What the slots are marked with now; null where none were laid out. */
export async function markOf(db: Db): Promise<string | null> {
  const [row] = await db.select({ mark: sealedSlot.mark }).from(sealedSlot).limit(1);
  return row?.mark ?? null;
}

/** The drills whose slots hold a key for this holder. Every slot is tried, and costs the same. */
export async function openSlots(db: Db, holderId: string): Promise<Opened[]> {
  return openedBy(await closedSlots(db), holderId);
}

/** The slots as they lie there. */
type Closed = readonly { id: string; slot: Buffer }[];

async function closedSlots(db: Db): Promise<Closed> {
  const rows = await db.select().from(sealedSlot).orderBy(asc(sealedSlot.id));
  return rows.map(({ id, blob }) => ({ id, slot: Buffer.from(blob, 'base64') }));
}

function openedBy(slots: Closed, holderId: string): Opened[] {
  return slots.flatMap(({ id, slot }) => {
    const key = keyIn(id, slot, holderId, wrapFor(id));
    return key ? [{ slotId: id, key, drill: openSlot(id, slot, key) as SealedDrill }] : [];
  });
}

/** Puts a new drill into a slot drawn from the empty ones. Refused: 409 sealed_full. */
export async function addSealed(tx: Tx, drill: SealedDrill): Promise<void> {
  const opened = await openSlots(tx, PROGRAM);
  const free = slotIds.filter((id) => !opened.some(({ slotId }) => slotId === id));
  if (free.length === 0) throw refuseSealed('sealed_full');
  const slotId = free[randomBytes(1)[0]! % free.length]!;
  await writeSlots(tx, [...opened, { slotId, key: randomBytes(SLOT_KEY_BYTES), drill }]);
}

/** Writes a drill as it is now; null empties its slot. Throws when there is no such drill. */
export async function changeSealed(tx: Tx, drillId: string, drill: SealedDrill | null): Promise<void> {
  const opened = await openSlots(tx, PROGRAM);
  const old = opened.find((one) => one.drill.id === drillId);
  if (!old) throw new Error('no such sealed drill');
  const others = opened.filter((one) => one !== old);
  await writeSlots(tx, drill ? [...others, { ...old, drill }] : others);
}

/**
 * Writes what `change` makes of the drill that this holder's key opens; null empties its slot. It is given
 * null when there is none: not there, or not his.
 */
export async function changeOpened(
  tx: Tx,
  holderId: string,
  drillId: string,
  change: (drill: SealedDrill | null) => SealedDrill | null | Promise<SealedDrill | null>,
): Promise<void> {
  const slots = await closedSlots(tx);
  const old = openedBy(slots, holderId).find(({ drill }) => drill.id === drillId) ?? null;
  const drill = await change(old && old.drill);
  if (!old) throw new Error('no such sealed drill');
  const others = openedBy(slots, PROGRAM).filter(({ slotId }) => slotId !== old.slotId);
  await writeSlots(tx, drill ? [...others, { ...old, drill }] : others);
}

/** Writes all slots anew without changing anything, so that an untouched day looks like any other. */
export async function turnSlots(tx: Tx): Promise<void> {
  await writeSlots(tx, await openSlots(tx, PROGRAM));
}

async function writeSlots(tx: Tx, opened: readonly Opened[]): Promise<void> {
  if (!tx.abouts.has(SEALED)) throw new Error('the write does not hold the sealed slots');
  const mark = newMark();
  for (const id of slotIds) {
    const full = opened.find(({ slotId }) => slotId === id);
    const blob = (full ? sealed(full) : emptySlot()).toString('base64');
    await tx.update(sealedSlot).set({ mark, blob }).where(eq(sealedSlot.id, id));
  }
}

function sealed({ slotId, key, drill }: Opened): Buffer {
  const packed = packContent(drill);
  if (!packed) throw refuseSealed('sealed_too_large');
  const holders = [PROGRAM, ...drill.holders.map(({ accountId }) => accountId)];
  if (holders.length > SLOT_ENTRIES) throw refuseSealed('sealed_holders_full', { most: SLOT_ENTRIES - 1 });
  return sealSlot(slotId, packed, key, holders, wrapFor(slotId));
}
