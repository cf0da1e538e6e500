import type { RoleGroup } from '../scripts/script.ts';
import type { Entry, EntryBody } from './run-log.ts';
import type { Seat } from './seat.ts';
import type { Viewer } from './visible.ts';

/**
 * Observers and the wall see a run some time later than it happens (观摩延时), so that nobody can tell the
 * players what is coming. They see it exactly as it was then: their clock is behind by the same time.
 */

/** Where a run is looked at from: one's own seat, or the wall, which shows no seat's secrets. */
export type Standpoint = 'seat' | 'wall';

/** The wall's view: an observer's, whoever opens it. */
export function onlooker(seat: Seat): Viewer {
  return {
    seat: { ...seat, roles: [] },
    groups: new Set(['observer']),
    orgs: new Set(),
    watched: new Set(),
  };
}

const LOOK_ON: readonly RoleGroup[] = ['observer', 'trusted'];

/** Whether somebody only looks on: then the delay holds. */
export function looksOn({ groups }: Viewer): boolean {
  return [...groups].every((group) => LOOK_ON.includes(group));
}

/** After these there is nothing left to keep back, and whoever is in the room must know. */
export const OPENING_KINDS: readonly EntryBody['kind'][] = ['aborted', 'real_event', 'ended'];

/**
 * How many entries, from the first, may be seen at a moment, and when the next may be; null when all may or
 * when only something new can change it. Entries stand in the order of the log.
 */
export function heldBack(
  entries: readonly Entry[],
  delayMs: number,
  nowMs: number,
): { seen: number; nextAtMs: number | null } {
  if (delayMs <= 0 || entries.some(({ body }) => OPENING_KINDS.includes(body.kind)))
    return { seen: entries.length, nextAtMs: null };
  const first = entries.findIndex(({ wallMs }) => wallMs + delayMs > nowMs);
  if (first === -1) return { seen: entries.length, nextAtMs: null };
  return { seen: first, nextAtMs: entries[first]!.wallMs + delayMs };
}

/** An entry whose clock is behind: what an observer's screen counts from. */
export function behind(entry: Entry, delayMs: number): Entry {
  const { body } = entry;
  if (delayMs <= 0 || !('clock' in body)) return entry;
  return { ...entry, body: { ...body, clock: { ...body.clock, wallMs: body.clock.wallMs + delayMs } } };
}

/** What an address asks for by `?as=wall`; anything else is one's own seat. */
export function standpointOf(query: { get(name: string): string | null }): Standpoint {
  return query.get('as') === 'wall' ? 'wall' : 'seat';
}
