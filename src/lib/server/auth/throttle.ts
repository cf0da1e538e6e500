import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/open.ts';
import { loginThrottle } from '#lib/server/db/schema/people.ts';

/**
 * How often a log-in may fail. An account is slowed after five wrong passwords; an address only after a
 * number that a classroom of sixty nervous people behind one router does not reach.
 */
const LIMITS = {
  account: { failuresMax: 5, windowMs: 15 * 60_000 },
  address: { failuresMax: 200, windowMs: 15 * 60_000 },
};

export type ThrottleKey = { kind: keyof typeof LIMITS; name: string };

export function throttleKey(key: ThrottleKey): string {
  return `${key.kind}:${key.name}`;
}

type Throttled = { failures: number; since: Date; blockedUntil: Date | null };

/** What one more failure makes of a record; pure. Each block doubles, up to an hour. */
export function afterFailure(kind: ThrottleKey['kind'], before: Throttled | null, now: Date): Throttled {
  const { failuresMax, windowMs } = LIMITS[kind];
  const stale =
    before === null || now.getTime() - before.since.getTime() > Math.max(windowMs, blockMs(before));
  const failures = stale ? 1 : before.failures + 1;
  const since = stale ? now : before.since;
  const over = failures - failuresMax;
  if (over < 0) return { failures, since, blockedUntil: null };
  const minutes = Math.min(60, 2 ** Math.min(over, 6));
  return { failures, since, blockedUntil: new Date(now.getTime() + minutes * 60_000) };
}

function blockMs(record: Throttled): number {
  return record.blockedUntil ? record.blockedUntil.getTime() - record.since.getTime() : 0;
}

/** The instant until which any of the keys is blocked, or null. */
export async function blockedUntil(
  tx: Pick<Tx, 'select'>,
  keys: ThrottleKey[],
  now: Date,
): Promise<Date | null> {
  const rows = await tx
    .select()
    .from(loginThrottle)
    .where(inArray(loginThrottle.key, keys.map(throttleKey)));
  const times = rows.map((row) => row.blockedUntil?.getTime() ?? 0).filter((time) => time > now.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

export async function countFailure(tx: Tx, key: ThrottleKey, now: Date): Promise<void> {
  const name = throttleKey(key);
  const [before] = await tx.select().from(loginThrottle).where(eq(loginThrottle.key, name));
  const after = afterFailure(key.kind, before ?? null, now);
  await tx
    .insert(loginThrottle)
    .values({ key: name, ...after })
    .onConflictDoUpdate({ target: loginThrottle.key, set: after });
}

export async function forgetFailures(tx: Tx, key: ThrottleKey): Promise<void> {
  await tx.delete(loginThrottle).where(eq(loginThrottle.key, throttleKey(key)));
}
