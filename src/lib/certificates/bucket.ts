/** How often one address may look something up: a burst, then a steady trickle. */
export type BucketLimits = { burst: number; refillMs: number };
export type Bucket = { tokens: number; at: number };

/** The bucket after one look-up at `nowMs`, or null when it is empty. */
export function takeToken(before: Bucket | undefined, limits: BucketLimits, nowMs: number): Bucket | null {
  const full = { tokens: limits.burst, at: nowMs };
  const filled = before ? refilled(before, limits, nowMs) : full;
  return filled.tokens < 1 ? null : { tokens: filled.tokens - 1, at: filled.at };
}

function refilled(before: Bucket, { burst, refillMs }: BucketLimits, nowMs: number): Bucket {
  const gained = Math.max(0, (nowMs - before.at) / refillMs);
  return { tokens: Math.min(burst, before.tokens + gained), at: Math.max(before.at, nowMs) };
}

/** Whether a bucket has filled up again and need not be remembered. */
export function isFull(bucket: Bucket, limits: BucketLimits, nowMs: number): boolean {
  return refilled(bucket, limits, nowMs).tokens >= limits.burst;
}
