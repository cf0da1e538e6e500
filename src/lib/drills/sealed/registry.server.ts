import type { Db } from '#lib/server/db/open.ts';
import { markOf, openSlots, PROGRAM, type Opened } from './slots.server.ts';

/**
 * The sealed drills as this process knows them. Known once for each writing of the slots: as long as their
 * mark is the same, nothing is decrypted again.
 */
let known: { mark: string | null; opened: readonly Opened[] } | null = null;

/** All sealed drills, opened by the program's own key. For the rules of the program; never to be shown. */
export async function sealedDrills(db: Db): Promise<readonly Opened[]> {
  const mark = await markOf(db);
  if (known?.mark !== mark) known = { mark, opened: await openSlots(db, PROGRAM) };
  return known.opened;
}

/** The sealed drill whose run this is, or null: ordinary runs, and none. */
export async function sealedByRun(db: Db, runId: string): Promise<Opened | null> {
  return (await sealedDrills(db)).find(({ drill }) => drill.runId === runId) ?? null;
}

export async function sealedById(db: Db, drillId: string): Promise<Opened | null> {
  return (await sealedDrills(db)).find(({ drill }) => drill.id === drillId) ?? null;
}
