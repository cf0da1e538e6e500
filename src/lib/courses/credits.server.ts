import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { maySeePerson } from '#lib/people/policy.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { attendance } from '#lib/server/db/schema/classes.ts';
import { course, creditEntry, lesson } from '#lib/server/db/schema/courses.ts';
import { rule, standing } from '#lib/server/db/schema/coverage.ts';
import { person, post } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import { record } from '#lib/server/events/record.ts';
import { recordsOf, writeAboutPeople } from '#lib/server/person-records.ts';
import { refuse } from './copy.ts';
import type { Adjustment } from './forms.ts';
import { reasonsNotToAdjust, totalsOf, type CreditKind, type Totals } from './ledger.ts';
import { enterLines } from './ledger.server.ts';
import { mayAdjustCredit } from './policy.ts';
import { BECAUSE, EVIDENCE } from './settlement.ts';
import type { CreditRow } from './settlements.server.ts';

/** Where the evidence of a ledger line can be looked at; null when there is no page for it. */
export type EvidencePlace = { kind: 'class' | 'course' | 'outside'; id: string } | null;

export type CreditLine = {
  id: string;
  kind: CreditKind;
  heldOn: string;
  title: string;
  halfDays: number;
  creditHundredths: number;
  ruleVersion: string;
  reverses: string | null;
  /** Entered because two records were merged, or because another line counts the same half-day. */
  because: 'merge' | 'overlap' | null;
  /** Taken back by a later line. */
  reversed: boolean;
  enteredAt: Date;
  evidence: EvidencePlace;
};

/** Where a person stands against one rule of the year. */
export type StandingLine = {
  title: string;
  metric: 'day_hundredths' | 'credit_hundredths';
  required: number;
  done: number;
  met: boolean;
  exempt: boolean;
};

export type CreditYear = {
  personId: string;
  name: string;
  path: string;
  year: number;
  lines: CreditLine[];
  totals: Totals;
  standings: StandingLine[];
};

async function visiblePerson(actor: Actor, db: Db, personId: string) {
  const [row] = await db.select().from(person).where(eq(person.id, personId));
  // A linked record has no page of its own: it is read with the one it was merged into.
  if (!row || row.mergedInto !== null) throw refuse('not_found');
  const posts = await db
    .selectDistinct({ path: post.path, organizationId: post.organizationId, heldUntil: post.heldUntil })
    .from(post)
    .where(eq(post.personId, personId));
  const organizationIds = posts.flatMap(({ organizationId }) => (organizationId ? [organizationId] : []));
  // Whoever sees the person by a post held now sees the ledger: the file of a person is one page.
  const paths = [row.path, ...posts.flatMap(({ path, heldUntil }) => (heldUntil === null ? [path] : []))];
  if (!paths.some((path) => maySeePerson(actor, { id: row.id, path, organizationIds })))
    throw refuse('not_found');
  return row;
}

/**
 * A person's ledger of a year with its totals, merged records included, latest first; and where the person
 * stands against the year's rules. Refused: 404 for anybody who may not see the person.
 */
export async function listCredits(actor: Actor, personId: string, year: number): Promise<CreditYear> {
  return await read(async (db) => {
    const { name, path } = await visiblePerson(actor, db, personId);
    const merged = await db.select({ id: person.id }).from(person).where(eq(person.mergedInto, personId));
    const ids = [personId, ...merged.map((row) => row.id)];
    const rows = await db
      .select()
      .from(creditEntry)
      .where(and(inArray(creditEntry.personId, ids), eq(creditEntry.year, year)))
      .orderBy(desc(creditEntry.heldOn), desc(creditEntry.enteredAt), desc(creditEntry.id));
    const places = await placesOfEvidence(db, rows);
    const reversed = new Set(rows.map((row) => row.reverses));
    const lines = rows.map(
      ({
        id,
        kind,
        heldOn,
        title,
        halfDays,
        creditHundredths,
        ruleVersion,
        reverses,
        enteredAt,
        evidence,
        because,
      }) => ({
        ...{ id, kind, heldOn, title, halfDays, creditHundredths, ruleVersion, reverses, enteredAt },
        because: becauseOf(because),
        reversed: reversed.has(id),
        evidence: places.get(evidence) ?? null,
      }),
    );
    const standings = await standingsOf(db, personId, year);
    return { personId, name, path, year, lines, totals: totalsOf(rows), standings };
  });
}

function becauseOf(because: string | null): CreditLine['because'] {
  if (because === BECAUSE.overlap) return 'overlap';
  return because?.startsWith(BECAUSE.merge) ? 'merge' : null;
}

async function placesOfEvidence(db: Db, rows: CreditRow[]): Promise<Map<string, EvidencePlace>> {
  const idsOf = (prefix: string) => [
    '',
    ...rows.flatMap(({ evidence }) => (evidence.startsWith(prefix) ? [evidence.slice(prefix.length)] : [])),
  ];
  const places = new Map<string, EvidencePlace>();
  const stood = await db
    .select({ id: attendance.id, classId: attendance.classId })
    .from(attendance)
    .where(inArray(attendance.id, idsOf(EVIDENCE.attendance)));
  for (const { id, classId } of stood) places.set(EVIDENCE.attendance + id, { kind: 'class', id: classId });
  const learned = await db
    .select({ id: lesson.id, slug: course.slug })
    .from(lesson)
    .innerJoin(course, eq(course.id, lesson.courseId))
    .where(inArray(lesson.id, idsOf(EVIDENCE.lesson)));
  for (const { id, slug } of learned) places.set(EVIDENCE.lesson + id, { kind: 'course', id: slug });
  for (const id of idsOf(EVIDENCE.elsewhere)) places.set(EVIDENCE.elsewhere + id, { kind: 'outside', id });
  return places;
}

async function standingsOf(db: Db, personId: string, year: number): Promise<StandingLine[]> {
  const rows = await db
    .select({
      ruleId: rule.id,
      title: rule.title,
      metric: rule.metric,
      required: standing.required,
      done: standing.done,
      met: standing.met,
      exempt: standing.exempt,
    })
    .from(standing)
    .innerJoin(rule, eq(rule.id, standing.ruleId))
    .where(and(eq(standing.personId, personId), eq(standing.year, year)))
    .orderBy(asc(rule.ordinal), asc(rule.id));
  // Two posts under one rule are one requirement to the person: it is told once.
  const byRule = new Map(rows.map(({ ruleId, ...line }): [string, StandingLine] => [ruleId, line]));
  return [...byRule.values()];
}

/**
 * Corrects a person's year by hand, as a line of its own with a reason. Refused: 404, 403 not the bureau,
 * 400 without amount or reason, 409 when a total would fall below zero.
 */
export async function adjustCredit(
  actor: Actor,
  personId: string,
  adjustment: Adjustment,
  now: Date,
): Promise<void> {
  await writeAboutPeople([personId], [], async (tx) => {
    const who = await visiblePerson(actor, tx, personId);
    if (!mayAdjustCredit(actor, who.path)) throw refuse('forbidden');
    const year = Number(adjustment.heldOn.slice(0, 4));
    const rows = await tx
      .select()
      .from(creditEntry)
      .where(
        and(
          inArray(creditEntry.personId, [...(await recordsOf(tx, [personId])).keys()]),
          eq(creditEntry.year, year),
        ),
      );
    const sum = (amount: (row: CreditRow) => number) => rows.reduce((total, row) => total + amount(row), 0);
    const totals = {
      halfDays: sum((row) => row.halfDays),
      creditHundredths: sum((row) => row.creditHundredths),
    };
    const [fault] = reasonsNotToAdjust(adjustment, totals, dayOf(now));
    if (fault) throw refuse(fault);
    const id = newId();
    const { heldOn, halfDays, creditHundredths, reason } = adjustment;
    const detail = { year, heldOn, halfDays, creditHundredths, reason };
    const stream = `person:${personId}`;
    await record(tx, { stream, kind: 'credit_adjusted', actor, at: now, path: who.path, detail });
    const line = {
      id,
      personId,
      year,
      kind: 'adjustment' as const,
      halfDays,
      creditHundredths,
      heldOn,
      title: reason,
    };
    const rest = {
      evidence: EVIDENCE.adjustment + id,
      ruleVersion: '',
      reverses: null,
      because: null,
      enteredAt: now,
    };
    await enterLines(tx, { actor, at: now }, [{ ...line, ...rest }]);
  });
}
