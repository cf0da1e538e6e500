import { createHash, randomFillSync } from 'node:crypto';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { prepared, type Tx } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { question } from '#lib/server/db/schema/exams.ts';
import {
  drawPaper,
  groupsOf,
  feasibilityOf,
  type BankQuestion,
  type BlueprintPart,
  type PaperItem,
} from './blueprint.ts';
import { refuse } from './copy.ts';

/** Every change of a bank is an event of this stream, so its length says which bank a paper came from. */
export function bankStream(divisionId: string): string {
  return `bank:${divisionId}`;
}

/** How many events the bank has had, and the hash of the last: the hash names the bank's content. */
type Revision = { seq: number; hash: string };

const BANKS_KEPT = 8;
type Bank = Revision & { questions: BankQuestion[] };
const banks = new Map<string, Bank>();

/** A number in [0, 1) from the system's own chance; drawn in bulk, since a paper needs hundreds. */
const pool = new Uint32Array(1_024);
let used = pool.length;
function systemRandom(): number {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 1;
  return pool[used - 1]! / 4_294_967_296;
}

async function revisionOf(tx: Tx, divisionId: string): Promise<Revision> {
  const [head] = await prepared(tx, 'bank.revision', (db) =>
    db
      .select({ seq: event.seq, hash: event.hash })
      .from(event)
      .where(eq(event.stream, sql.placeholder('stream')))
      .orderBy(desc(event.seq))
      .limit(1),
  ).execute({ stream: bankStream(divisionId) });
  return head ?? { seq: 0, hash: '' };
}

/**
 * The questions in use of a bank. They are kept in memory together with the revision they were read at,
 * and the revision is read anew inside every write: another process's change is never missed. A bank
 * filled without events, as seeds do, is not kept.
 */
async function readBank(tx: Tx, divisionId: string): Promise<Bank> {
  const revision = await revisionOf(tx, divisionId);
  const kept = banks.get(divisionId);
  if (kept && revision.seq > 0 && kept.hash === revision.hash) return kept;
  const rows = await tx
    .select()
    .from(question)
    .where(and(eq(question.divisionId, divisionId), isNull(question.withdrawnAt)))
    .orderBy(question.id);
  const read = { ...revision, questions: rows };
  banks.delete(divisionId);
  banks.set(divisionId, read);
  const oldest = banks.keys().next().value;
  if (banks.size > BANKS_KEPT && oldest !== undefined) banks.delete(oldest);
  return read;
}

export type DrawnPaper = { items: PaperItem[]; bankRevision: number; paperHash: string };

/** Draws one candidate's paper, or refuses with `bank_short`: a paper is never shorter than its blueprint. */
export async function drawForAttempt(
  _system: Actor,
  tx: Tx,
  exam: { divisionId: string; blueprint: BlueprintPart[] },
): Promise<DrawnPaper> {
  const { seq, questions } = await readBank(tx, exam.divisionId);
  const items = drawPaper(exam.blueprint, questions, systemRandom);
  if (!items)
    throw refuse('bank_short', { shortBy: feasibilityOf(exam.blueprint, groupsOf(questions)).shortBy });
  const paperHash = createHash('sha256').update(JSON.stringify(items)).digest('base64url');
  return { items, bankRevision: seq, paperHash };
}
