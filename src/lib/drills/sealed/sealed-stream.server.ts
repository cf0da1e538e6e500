import { createHash } from 'node:crypto';
import type { Actor } from '#lib/kernel/actor.ts';
import type { SealedDrill, SealedEvent } from './sealed-drill.ts';

/** SHA-256 over the hash before, the drill and everything the event says. */
export function sealedEventHash(drillId: string, event: Omit<SealedEvent, 'hash'>): string {
  const { seq, at, by, kind, detail, previousHash } = event;
  const text = JSON.stringify([previousHash, drillId, seq, at, by, kind, detail]);
  return createHash('sha256').update(text).digest('base64url');
}

/** The drill with one more event in its own stream: what an ordinary drill tells the table of events. */
export function tellSealed(
  actor: Pick<Actor, 'name'>,
  drill: SealedDrill,
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): SealedDrill {
  const last = drill.events.at(-1);
  const event = {
    ...{ seq: (last?.seq ?? 0) + 1, at: now.getTime(), by: actor.name, kind, detail },
    previousHash: last?.hash ?? '',
  };
  return { ...drill, events: [...drill.events, { ...event, hash: sealedEventHash(drill.id, event) }] };
}

/** Whether nobody changed, removed or inserted an event of the drill's stream. */
export function isSealedStreamWhole({ id, events }: SealedDrill): boolean {
  let previousHash = '';
  return events.every(({ hash, ...event }, at) => {
    const fits = event.seq === at + 1 && event.previousHash === previousHash;
    previousHash = hash;
    return fits && sealedEventHash(id, event) === hash;
  });
}
