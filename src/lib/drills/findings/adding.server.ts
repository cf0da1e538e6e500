import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { addDays, dayOf } from '#lib/kernel/day.ts';
import { insertRows } from '#lib/server/db/bulk.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { finding } from '#lib/server/db/schema/findings.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { evidenceOf, gradesOf, type Grades } from '../evaluation/evidence.ts';
import { findEvaluated, frozenGrade, logOf, type Evaluated } from '../evaluation/evaluations.server.ts';
import { inSubtree } from '../plans/places.server.ts';
import { mayKeepDrills } from '../policy.ts';
import { refuse } from './copy.ts';
import { findingAbout, tell } from './finding-scope.server.ts';
import type { FindingInput } from './forms.ts';
import { clauseChoices, missedSources, proposalFor, type Proposal, type Shown } from './source.ts';

/** Days that a unit has when nobody said otherwise: a proposal that the form and the ledger show. */
const DAYS_DUE = 30;

const OVER = ['ended', 'hot_wash', 'evaluating', 'published', 'archived', 'aborted'];

/** A run that is over, for whoever keeps its drill. Refused: 404, 403, 409 before its end. */
async function findOver(
  actor: Actor,
  db: Db,
  drillId: string,
): Promise<{ evaluated: Evaluated; shown: Shown }> {
  const evaluated = await findEvaluated(actor, db, drillId);
  const { row, loaded } = evaluated;
  if (!mayKeepDrills(actor, row)) throw refuse('forbidden');
  if (!OVER.includes(loaded.run.snapshot.stage)) throw refuse('run_not_over');
  const { script, run } = loaded;
  const { state } = run.snapshot;
  const entries = await logOf(actor, db, loaded);
  const frozen = await frozenGrade(actor, db, loaded.row.id);
  const grades = frozen ? (frozen.result as unknown as Grades) : gradesOf(script, evidenceOf(state, entries));
  return { evaluated, shown: { script, state, entries, unit: grades.unit } };
}

export type NewFinding = {
  drill: { id: string; title: string };
  proposal: Proposal;
  clauses: { value: string; label: string }[];
  places: { id: string; name: string }[];
  dueOn: string;
};

/** What the form of a new finding begins with. Refused: 404, 403, 409 before the end, source_unknown. */
export async function prepareFinding(
  actor: Actor,
  drillId: string,
  source: string,
  now: Date,
): Promise<NewFinding> {
  return await read(async (db) => {
    const { evaluated, shown } = await findOver(actor, db, drillId);
    const proposal = source === '' ? byHand() : proposalFor(shown, source);
    if (!proposal) throw refuse('source_unknown');
    return {
      drill: { id: drillId, title: evaluated.row.title },
      proposal,
      clauses: clauseChoices(shown.script).map(({ value, label }) => ({ value, label })),
      places: await placesUnder(actor, db, evaluated.row.path),
      dueOn: addDays(dayOf(now), DAYS_DUE),
    };
  });
}

function byHand(): Proposal {
  return { source: '', text: '', kind: 'mechanism', severity: 'correction', clause: '', unit: '', owner: '' };
}

/** The place of a drill and the townships below it: who may be asked to put something right. */
export async function placesUnder(
  _actor: Actor,
  db: Db,
  path: string,
): Promise<{ id: string; name: string }[]> {
  const rows = await db
    .select({ id: division.id, name: division.name, path: division.path, level: division.level })
    .from(division)
    .where(inSubtree(division.path, path))
    .orderBy(asc(division.path));
  return rows
    .filter((row) => row.path === path || row.level !== 'village')
    .map(({ id, name }) => ({ id, name }));
}

/**
 * Puts a problem onto the ledger. Refused: 404, 403, 409 before the end of the run, source_unknown,
 * finding_twice, place_outside, due_past.
 */
export async function createFinding(
  actor: Actor,
  drillId: string,
  source: string,
  input: FindingInput,
  now: Date,
): Promise<string> {
  const id = newId();
  await write([`drill:${drillId}`, findingAbout(id)], async (tx) => {
    const { evaluated, shown } = await findOver(actor, tx, drillId);
    if (source !== '' && !proposalFor(shown, source)) throw refuse('source_unknown');
    if (input.dueOn < dayOf(now)) throw refuse('due_past');
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place?.path.startsWith(evaluated.row.path)) throw refuse('place_outside');
    if (source !== '' && (await knownSources(tx, evaluated.loaded.row.id)).has(source))
      throw refuse('finding_twice');
    const { divisionId: _place, clause, ...rest } = input;
    const row = newRow(actor, evaluated, { id, source: source || `hand:${id}`, path: place.path, now });
    const whole = { ...row, ...rest, ...clauseParts(shown, clause) };
    await tx.insert(finding).values(whole);
    await tell(actor, tx, whole, 'finding_added', { title: evaluated.row.title }, now);
  });
  return id;
}

async function knownSources(tx: Tx, runId: string): Promise<Set<string>> {
  const rows = await tx.select({ source: finding.source }).from(finding).where(eq(finding.runId, runId));
  return new Set(rows.map((row) => row.source));
}

/** Only clauses that the script cites: what was typed otherwise names none. */
function clauseParts({ script }: Shown, clause: string): { planKey: string; clauseNo: string } {
  const known = clauseChoices(script).some(({ value }) => value === clause);
  const at = clause.indexOf(' ');
  return known
    ? { planKey: clause.slice(0, at), clauseNo: clause.slice(at + 1) }
    : { planKey: '', clauseNo: '' };
}

type Made = { id: string; source: string; path: string; now: Date };

function newRow(actor: Actor, { row, loaded }: Evaluated, { id, source, path, now }: Made) {
  return {
    ...{ id, drillId: row.id, runId: loaded.row.id, path, source, state: 'open' as const },
    ...{ planVersionId: null, revisionWaivedBy: null, revisionWaiver: '' },
    ...{ remedy: '', submittedBy: null, verifiedBy: null, waivedBy: null, waiver: '' },
    ...{ retestRunId: null, retest: '', createdBy: actor.name, createdAt: now, closedAt: null },
  };
}

/**
 * Puts every expected action that was late or missed, and every low item, onto the ledger in one press,
 * each once; units and days can be changed afterwards. Answers how many were added. Refused: 404, 403, 409.
 */
export async function addMissed(actor: Actor, drillId: string, now: Date): Promise<number> {
  return await write(`drill:${drillId}`, async (tx) => {
    const { evaluated, shown } = await findOver(actor, tx, drillId);
    const known = await knownSources(tx, evaluated.loaded.row.id);
    const fresh = missedSources(shown).filter((source) => !known.has(source));
    const { path, title } = evaluated.row;
    const rows = fresh.map((source) => {
      const { text, kind, severity, clause, unit, owner } = proposalFor(shown, source)!;
      return {
        ...newRow(actor, evaluated, { id: newId(), source, path, now }),
        ...{ text, kind, severity, unit, owner, dueOn: addDays(dayOf(now), DAYS_DUE) },
        ...{ needsPlanRevision: false, ...clauseParts(shown, clause) },
      };
    });
    await insertRows(tx, finding, rows);
    const happening = { stream: `drill:${drillId}`, kind: 'findings_added', actor, at: now, path };
    if (rows.length > 0)
      await record(tx, {
        ...happening,
        detail: { title, count: rows.length, texts: rows.map(({ text }) => text) },
      });
    return rows.length;
  });
}
