import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { maskedName } from '#lib/kernel/chinese.ts';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import { Refused } from '#lib/kernel/refused.ts';
import { read } from '#lib/server/db/open.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { isFull, takeToken, type Bucket } from './bucket.ts';
import { isSameName, readNumber, stateOf, type CertificateState } from './certificate.ts';
import { refuse } from './copy.ts';

/** What anybody may know of a certificate whose number they hold. */
export type Verified = {
  number: string;
  title: string;
  maskedName: string;
  unit: string;
  className: string;
  authority: string;
  issuedOn: Day;
  validUntil: Day | null;
  /** Day of the latest replacement; an earlier paper is void. */
  replacedOn: Day | null;
  state: CertificateState;
  checkedAt: Date;
};

/** A hall behind one address checks its certificates; somebody who tries numbers is slowed to 30 a minute. */
const LIMITS = { burst: 60, refillMs: 2000 };
const ADDRESSES_MAX = 10_000;
const buckets = new Map<string, Bucket>();

function spend(address: string, nowMs: number): void {
  const next = takeToken(buckets.get(address), LIMITS, nowMs);
  if (!next) throw refuse('too_often');
  if (buckets.size >= ADDRESSES_MAX)
    for (const [known, bucket] of buckets) if (isFull(bucket, LIMITS, nowMs)) buckets.delete(known);
  buckets.set(address, next);
}

/**
 * Looks a certificate up for anybody. With a name, the name must be that of the holder; the answer to an
 * unknown number and to a wrong name is the same. Refused: certificate_unknown, too_often.
 */
export async function verifyCertificate(
  _actor: Actor,
  asked: { number: string; name: string | null; address: string },
  now: Date,
): Promise<Verified> {
  spend(asked.address, now.getTime());
  const number = readNumber(asked.number);
  const [found] = await read((db) => db.select().from(certificate).where(eq(certificate.number, number)));
  if (!found) throw refuse('certificate_unknown');
  const { frozen, issuedOn, validUntil, replacedOn } = found;
  if (asked.name !== null && !isSameName(asked.name, frozen.name)) throw refuse('certificate_unknown');
  return {
    number: found.number,
    title: frozen.title,
    maskedName: maskedName(frozen.name),
    unit: frozen.unit,
    className: frozen.className,
    authority: frozen.authority,
    issuedOn,
    validUntil,
    replacedOn,
    state: stateOf(found, dayOf(now)),
    checkedAt: now,
  };
}

/** The same for the form on the page: an answer or the sentence that says why there is none. */
export async function askVerification(
  actor: Actor,
  asked: { number: string; name: string | null; address: string },
  now: Date,
): Promise<{ verified: Verified | null; sentence: string }> {
  try {
    return { verified: await verifyCertificate(actor, asked, now), sentence: '' };
  } catch (reason) {
    if (reason instanceof Refused) return { verified: null, sentence: reason.message };
    throw reason;
  }
}
