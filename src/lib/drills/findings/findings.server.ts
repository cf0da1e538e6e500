import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { account, division } from '#lib/server/db/schema/people.ts';
import type { Upload } from '#lib/server/storage.ts';
import { mayKeepDrills } from '../policy.ts';
import { placesUnder } from './adding.server.ts';
import { refuse } from './copy.ts';
import {
  findFinding,
  findingAbout,
  findKeptFinding,
  proofsOf,
  tell,
  type FindingRow,
} from './finding-scope.server.ts';
import { stateAfter, type FindingMove } from './finding.machine.ts';
import { reasonsNotToMove, type FindingReason } from './finding.ts';
import type { FindingInput } from './forms.ts';
import { mayMoveFinding } from './policy.ts';
import { retestsFor, revisionsFor } from './settling.server.ts';

/** Changes the words, the class, the unit or the day of a finding. Refused: 404, 403, place_outside. */
export async function changeFinding(actor: Actor, id: string, input: FindingInput, now: Date): Promise<void> {
  await write(findingAbout(id), async (tx) => {
    const { row, drill: of } = await findKeptFinding(actor, tx, id);
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place?.path.startsWith(of.path)) throw refuse('place_outside');
    const { divisionId: _place, clause: _clause, ...rest } = input;
    await tx
      .update(finding)
      .set({ ...rest, path: place.path })
      .where(eq(finding.id, id));
    await tell(actor, tx, { ...row, text: input.text }, 'finding_changed', { dueOn: input.dueOn }, now);
  });
}

const TOLD: Record<FindingMove, string> = {
  ACCEPT: 'finding_accepted',
  BEGIN: 'finding_begun',
  SUBMIT: 'finding_submitted',
  RETURN: 'finding_returned',
  VERIFY: 'finding_verified',
  CLOSE: 'finding_closed',
  WAIVE: 'finding_waived',
  REOPEN: 'finding_reopened',
};

/**
 * Moves a finding on. Refused: 404, 403, and with the first of {@link reasonsNotToMove}, for instance
 * verifier_submitted when the one who verifies is the one who put it right.
 */
export async function moveFinding(
  actor: Actor,
  id: string,
  { move, text, signer }: { move: FindingMove; text: string; signer: string },
  now: Date,
): Promise<void> {
  const proofs = (await proofsOf(actor, id)).length;
  await write(findingAbout(id), async (tx) => {
    const { row, place } = await findFinding(actor, tx, id);
    if (!mayMoveFinding(actor, place, move)) throw refuse('forbidden');
    const by = actor.accountId ?? '';
    const [reason] = reasonsNotToMove(row, { move, by, text, signer, proofs });
    if (reason) throw refuse(reason);
    const state = stateAfter(row.state, move)!;
    await tx
      .update(finding)
      .set({ state, ...brought(move, by, text, signer, now) })
      .where(and(eq(finding.id, id), eq(finding.state, row.state)));
    await tell(actor, tx, row, TOLD[move], { reason: text, ...(signer && { signedBy: signer }) }, now);
  });
}

/** What a move leaves on the row besides the state. */
function brought(
  move: FindingMove,
  by: string,
  text: string,
  signer: string,
  now: Date,
): Partial<FindingRow> {
  switch (move) {
    case 'SUBMIT':
      return { remedy: text, submittedBy: by, verifiedBy: null };
    case 'VERIFY':
      return { verifiedBy: by };
    case 'CLOSE':
      return { closedAt: now };
    case 'WAIVE':
      return { waivedBy: signer, waiver: text, closedAt: now };
    case 'REOPEN':
      return { closedAt: null, verifiedBy: null, waivedBy: null, waiver: '' };
    default:
      return {};
  }
}

/** Records that proof was handed in; the file is stored already. Refused: 404, 409 once it is settled. */
export async function attachProof(actor: Actor, id: string, proof: Upload, now: Date): Promise<void> {
  await write(findingAbout(id), async (tx) => {
    const { row } = await findFinding(actor, tx, id);
    if (proof.about !== findingAbout(id)) throw refuse('not_found');
    await tell(actor, tx, row, 'finding_proof_attached', { name: proof.name }, now);
  });
}

export type FindingPage = {
  finding: FindingRow & { submitter: string; verifier: string; place: { id: string; name: string } };
  drill: { id: string; title: string; path: string };
  mayKeep: boolean;
  moves: { move: FindingMove; reasons: FindingReason[] }[];
  proofs: { id: string; name: string; at: Date }[];
  versions: { id: string; title: string; number: number }[];
  retests: { runId: string; title: string; plannedOn: string }[];
  places: { id: string; name: string }[];
};

/** A finding with what can be done about it. Refused: 404. */
export async function readFinding(actor: Actor, id: string): Promise<FindingPage> {
  const proofs = await proofsOf(actor, id);
  return await read(async (db) => {
    const found = await findFinding(actor, db, id);
    const { row, drill: of, place } = found;
    const mayKeep = mayKeepDrills(actor, of);
    const names = await db
      .select({ id: account.id, name: account.name })
      .from(account)
      .where(inArray(account.id, [row.submittedBy ?? '', row.verifiedBy ?? '']));
    const nameOf = (by: string | null) => names.find((each) => each.id === by)?.name ?? '';
    const [at] = await db.select().from(division).where(eq(division.path, row.path));
    const asked = { by: actor.accountId ?? '', text: '…', signer: '…', proofs: proofs.length };
    const moves = (Object.keys(TOLD) as FindingMove[]).filter(
      (move) => stateAfter(row.state, move) !== null && mayMoveFinding(actor, place, move),
    );
    return {
      finding: {
        ...row,
        ...{ submitter: nameOf(row.submittedBy), verifier: nameOf(row.verifiedBy) },
        place: { id: at?.id ?? '', name: at?.name ?? '' },
      },
      drill: { id: of.id, title: of.title, path: of.path },
      mayKeep,
      moves: moves.map((move) => ({ move, reasons: reasonsNotToMove(row, { ...asked, move }) })),
      proofs: proofs.map(({ id: upload, name, at: given }) => ({ id: upload, name, at: given })),
      versions: mayKeep && row.needsPlanRevision ? (await revisionsFor(actor, db, found)).later : [],
      retests: mayKeep && row.severity === 'deficiency' ? await retestsFor(actor, db, found) : [],
      places: mayKeep ? await placesUnder(actor, db, of.path) : [],
    };
  });
}
