import { and, asc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { certificate } from '#lib/server/db/schema/certificates.ts';
import { counter, personYear, standing } from '#lib/server/db/schema/coverage.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { post } from '#lib/server/db/schema/people.ts';
import { countedPosts, loadKept, loadPeople, loadRoots, loadRules } from './circumstances.server.ts';
import { accumulate, contributions, counterChanges, type Contribution } from './contribution.ts';
import { FIGURE_KEYS } from './figure.ts';
import {
  CERTIFICATE_CHANGE,
  changeOf,
  isNothing,
  itemsOfLine,
  NO_TOTALS,
  sameTotals,
  sumOf,
  type YearTotals,
} from './person-year.ts';
import { standingChanges, standingsOf, type Standing } from './standing.ts';
import { addToCounters, keepStandings } from './standings.server.ts';
import { inSubtree } from './subtree.server.ts';

/** Persons recomputed in one write: about 20 ms. */
const SLICE_PERSONS = 100;
export const ROOT = '/';

/**
 * Where a walk over the persons of a subtree has come to: first by their posts, then by the standings that
 * are kept (for posts that ended meanwhile). Text, so that a job can remember it.
 */
type Place = { phase: 'posts' | 'standings'; path: string; id: string };
const START: Place = { phase: 'posts', path: '', id: '' };

function readCursor(cursor: string | null): Place {
  return cursor === null ? START : (JSON.parse(cursor) as Place);
}

type Found = { personIds: string[]; next: string | null };

type Walk = { path: string; year: number; now: Date };

/** The next persons of a subtree after a cursor. */
async function nextPersons(db: Db, walk: Walk, cursor: string | null): Promise<Found> {
  const from = readCursor(cursor);
  const table = from.phase === 'posts' ? post : standing;
  const id = from.phase === 'posts' ? post.id : standing.personId;
  const { path, year, now } = walk;
  const counting = from.phase === 'posts' ? countedPosts(year, now) : eq(standing.year, year);
  const after = and(gte(table.path, from.path), or(gt(table.path, from.path), gt(id, from.id)));
  const rows = await db
    .select({ path: table.path, id, personId: table.personId })
    .from(table)
    .where(and(inSubtree(table.path, path), after, counting))
    .orderBy(asc(table.path), asc(id))
    .limit(SLICE_PERSONS);
  const last = rows.at(-1);
  const next =
    rows.length === SLICE_PERSONS && last
      ? { phase: from.phase, path: last.path, id: last.id }
      : from.phase === 'posts'
        ? { ...START, phase: 'standings' as const }
        : null;
  return { personIds: [...new Set(rows.map((row) => row.personId))], next: next && JSON.stringify(next) };
}

function aboutsOf(personIds: readonly string[]): string[] {
  return personIds.length === 0 ? ['coverage'] : personIds.map((id) => `person:${id}`);
}

/**
 * One slice of recomputing the year's standings of everybody below a place, after a pack was adopted or
 * withdrawn or a year began. Harmless to repeat. Answers the next cursor, or null when done.
 */
export async function recomputeSubtree(
  _actor: Actor,
  path: string,
  cursor: string | null,
  now: Date,
  year = yearOf(now),
): Promise<string | null> {
  const { personIds, next } = await read((db) => nextPersons(db, { path, year, now }, cursor));
  if (personIds.length > 0) await write(aboutsOf(personIds), (tx) => keepStandings(tx, personIds, year, now));
  return next;
}

/** The year's totals of persons as ledger and certificates say, for persons who have any. */
async function totalsFromLedger(db: Db, personIds: string[], year: number): Promise<Map<string, YearTotals>> {
  const lines = await db
    .select({
      personId: creditEntry.personId,
      kind: creditEntry.kind,
      halfDays: creditEntry.halfDays,
      creditHundredths: creditEntry.creditHundredths,
    })
    .from(creditEntry)
    .where(and(eq(creditEntry.year, year), inArray(creditEntry.personId, personIds)));
  const issued = await db
    .select({ personId: certificate.personId })
    .from(certificate)
    .where(
      and(
        inArray(certificate.personId, personIds),
        eq(certificate.state, 'valid'),
        gte(certificate.issuedOn, `${year}-01-01`),
        lt(certificate.issuedOn, `${year + 1}-01-01`),
      ),
    );
  const changes = [
    ...lines.map(({ personId, ...line }) => ({
      personId,
      change: changeOf({ ...line, items: itemsOfLine(line) }),
    })),
    ...issued.map(({ personId }) => ({ personId, change: CERTIFICATE_CHANGE })),
  ];
  return new Map(
    [...Map.groupBy(changes, (one) => one.personId)].map(([personId, some]) => [
      personId,
      sumOf(some.map(({ change }) => change)),
    ]),
  );
}

async function rebuildYears(tx: Tx, personIds: string[], year: number): Promise<void> {
  const right = await totalsFromLedger(tx, personIds, year);
  const kept = await tx
    .select({ personId: personYear.personId })
    .from(personYear)
    .where(and(eq(personYear.year, year), inArray(personYear.personId, personIds)));
  for (const personId of new Set([...kept.map((row) => row.personId), ...right.keys()])) {
    const totals = right.get(personId) ?? NO_TOTALS;
    await tx
      .insert(personYear)
      .values({ personId, year, ...totals })
      .onConflictDoUpdate({ target: [personYear.personId, personYear.year], set: totals });
  }
}

/**
 * Recomputes a year from posts, ledger, certificates, rules and exemptions, in slices, and the counters
 * from the standings at the end. Also opens a new year: without it a year knows only those who did
 * something in it. The system only.
 */
export async function rebuildStandings(_system: Actor, now: Date, year: number): Promise<void> {
  let cursor: string | null = null;
  do {
    const { personIds, next } = await read((db) => nextPersons(db, { path: ROOT, year, now }, cursor));
    if (personIds.length > 0)
      await write(aboutsOf(personIds), async (tx) => {
        const roots = await loadRoots(tx, personIds);
        await rebuildYears(tx, [...roots.keys()], year);
        await keepStandings(tx, personIds, year, now);
      });
    cursor = next;
  } while (cursor !== null);
  await write(`counters:${year}`, (tx) => rebuildCounters(tx, year));
}

/** Every counter of a year from the standings; the counters are locked first, so that nothing slips past. */
async function rebuildCounters(tx: Tx, year: number): Promise<void> {
  await tx
    .update(counter)
    .set({ headcount: sql`${counter.headcount} + 0` })
    .where(eq(counter.year, year));
  const right = new Map<string, Contribution>();
  const kept = await tx.select().from(standing).where(eq(standing.year, year));
  for (const standings of Map.groupBy(kept, (row) => row.personId).values())
    accumulate(right, contributions(standings), 1);
  await tx
    .update(counter)
    .set({ headcount: 0, covered: 0, ruled: 0, exempt: 0, met: 0 })
    .where(eq(counter.year, year));
  await addToCounters(tx, year, counterChanges(right));
}

/** Where what is kept differs from what it should be; for `lianbing verify`. */
export type Discrepancy = {
  kind: 'person_year' | 'standing' | 'counter';
  key: string;
  kept: string;
  right: string;
};

const SHOWN_MAX = 200;

/** Compares a year's totals, standings and counters with what follows from posts and ledger. Changes nothing. */
export async function compareStandings(_system: Actor, now: Date, year: number): Promise<Discrepancy[]> {
  const found: Discrepancy[] = [];
  const counters = new Map<string, Contribution>();
  const seen = new Set<string>();
  const rules = await read((db) => loadRules(db, year));
  let cursor: string | null = null;
  do {
    cursor = await read(async (db) => {
      const { personIds, next } = await nextPersons(db, { path: ROOT, year, now }, cursor);
      const roots = await loadRoots(db, personIds);
      for (const [id, root] of roots) if (seen.has(root)) roots.delete(id);
      for (const root of roots.values()) seen.add(root);
      const people = await loadPeople(db, roots, year, now, totalsFromLedger);
      const right = people.flatMap((person) => standingsOf(person, year, rules));
      found.push(...compareRows(await loadKept(db, [...roots.keys()], year), right));
      found.push(...(await compareYears(db, [...roots.keys()], year)));
      for (const person of Map.groupBy(right, (row) => row.personId).values())
        accumulate(counters, contributions(person), 1);
      return next;
    });
  } while (cursor !== null && found.length < SHOWN_MAX);
  if (cursor === null) found.push(...(await read((db) => compareCounters(db, year, counters))));
  return found;
}

function compareRows(kept: Standing[], right: Standing[]): Discrepancy[] {
  const { stored, removed } = standingChanges(kept, right);
  const keyOf = (row: Standing) => `${row.postId} ${row.ruleId}`;
  const known = new Map(kept.map((row) => [keyOf(row), row]));
  return [
    ...stored.map((row) => ({
      right: JSON.stringify(row),
      kept: JSON.stringify(known.get(keyOf(row)) ?? null),
      row,
    })),
    ...removed.map((row) => ({ right: 'null', kept: JSON.stringify(row), row })),
  ].map(({ row, ...both }) => ({ kind: 'standing' as const, key: keyOf(row), ...both }));
}

async function compareYears(db: Db, personIds: string[], year: number): Promise<Discrepancy[]> {
  if (personIds.length === 0) return [];
  const right = await totalsFromLedger(db, personIds, year);
  const rows = await db
    .select()
    .from(personYear)
    .where(and(eq(personYear.year, year), inArray(personYear.personId, personIds)));
  const kept = new Map(rows.map(({ personId, year: _, ...totals }) => [personId, totals]));
  return [...new Set([...right.keys(), ...kept.keys()])].flatMap((personId) => {
    const [a, b] = [kept.get(personId) ?? NO_TOTALS, right.get(personId) ?? NO_TOTALS];
    if (sameTotals(a, b) || (isNothing(a) && isNothing(b))) return [];
    return [
      { kind: 'person_year' as const, key: personId, kept: JSON.stringify(a), right: JSON.stringify(b) },
    ];
  });
}

async function compareCounters(
  db: Db,
  year: number,
  right: ReadonlyMap<string, Contribution>,
): Promise<Discrepancy[]> {
  const rows = await db.select().from(counter).where(eq(counter.year, year));
  const kept = new Map(rows.map((row) => [`${row.divisionId}|${row.grouping}`, row]));
  return [...new Set([...kept.keys(), ...right.keys()])].flatMap((key) => {
    const figures = (row: Record<(typeof FIGURE_KEYS)[number], number> | undefined) =>
      FIGURE_KEYS.map((figure) => row?.[figure] ?? 0).join('/');
    const [a, b] = [figures(kept.get(key)), figures(right.get(key))];
    return a === b ? [] : [{ kind: 'counter' as const, key, kept: a, right: b }];
  });
}
