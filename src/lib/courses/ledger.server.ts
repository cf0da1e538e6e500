import { and, eq, inArray } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { attendance, classSession } from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { follow, recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import { recordsOf } from '#lib/server/person-records.ts';
import { hoursOf } from './hours.server.ts';
import { BECAUSE, EVIDENCE } from './settlement.ts';
import { settledLines, type CreditRow } from './settlements.server.ts';

/** Who caused the entries, and when. */
type Cause = { actor: Actor; at: Date };

/** The ledger follows what was attended, learned, confirmed and merged, in the same transaction. */
export function followCredits(): void {
  follow('attendance_confirmed', async (tx, happenings) => {
    await settleDays(
      tx,
      causeOf(happenings),
      happenings.map(({ detail }) => detail),
    );
  });
  follow('attendance_revoked', async (tx, happenings) => {
    await settleDays(tx, causeOf(happenings), await revokedDays(tx, happenings));
  });
  follow('outside_training_confirmed', async (tx, happenings) => {
    await settleDays(
      tx,
      causeOf(happenings),
      happenings.map(({ detail }) => detail),
    );
  });
  follow('lesson_completed', async (tx, happenings) => {
    await enterLessons(
      tx,
      causeOf(happenings),
      happenings.map(({ detail }) => detail),
    );
  });
  follow('person_merged', settleMerged);
}

function causeOf(happenings: Happening<unknown>[]): Cause {
  const [first] = happenings;
  return { actor: first?.actor ?? SYSTEM, at: first?.at ?? new Date(0) };
}

type PersonDay = { personId: string; heldOn: string };

async function revokedDays(
  tx: Tx,
  happenings: Happening<FollowedDetails['attendance_revoked']>[],
): Promise<PersonDay[]> {
  const days: PersonDay[] = [];
  for (const slice of inSlices(happenings.map(({ detail }) => detail.attendanceId)))
    days.push(
      ...(await tx
        .select({ personId: attendance.personId, heldOn: classSession.heldOn })
        .from(attendance)
        .innerJoin(classSession, eq(classSession.id, attendance.sessionId))
        .where(inArray(attendance.id, slice))),
    );
  return days;
}

/**
 * Makes the ledger say what is written down for some persons' days, whatever was confirmed and revoked
 * before. What no longer counts is reversed; what counts again reverses the reversal.
 */
async function settleDays(tx: Tx, cause: Cause, days: PersonDay[]): Promise<void> {
  for (const slice of inSlices([...new Set(days.map(({ personId }) => personId))])) {
    const asked = new Set(slice);
    const owners = await recordsOf(tx, slice);
    const some = days.filter(({ personId }) => asked.has(personId));
    await enterLines(tx, cause, await settledLines(tx, { owners, days: some, because: null, at: cause.at }));
  }
}

/**
 * Two records of one person are one: what both held is taken back from the linked one, by lines that name
 * the merge. Told in both streams, done once.
 */
async function settleMerged(
  tx: Tx,
  happenings: Happening<FollowedDetails['person_merged']>[],
): Promise<void> {
  const cause = causeOf(happenings);
  for (const from of new Set(happenings.map(({ detail }) => detail.from))) {
    const owners = await recordsOf(tx, [from]);
    const because = BECAUSE.merge + from;
    await enterLines(tx, cause, await settledLines(tx, { owners, days: null, because, at: cause.at }));
  }
}

/** Enters completed lessons once and for ever, on the surviving record, unless any record has them. */
async function enterLessons(
  tx: Tx,
  cause: Cause,
  completed: FollowedDetails['lesson_completed'][],
): Promise<void> {
  for (const slice of inSlices(completed)) {
    const owners = await recordsOf(
      tx,
      slice.map(({ personId }) => personId),
    );
    const keyOf = (personId: string, evidence: string) => `${owners.get(personId)} ${evidence}`;
    const known = await tx
      .select({ personId: creditEntry.personId, evidence: creditEntry.evidence })
      .from(creditEntry)
      .where(
        and(
          inArray(creditEntry.personId, [...owners.keys()]),
          inArray(creditEntry.evidence, [...new Set(slice.map(evidenceOf))]),
        ),
      );
    const seen = new Set(known.map((line) => keyOf(line.personId, line.evidence)));
    const fresh = slice.filter((lesson) => {
      const key = keyOf(lesson.personId, evidenceOf(lesson));
      return !seen.has(key) && seen.add(key);
    });
    const hours = await hoursOf(tx, [...new Set(owners.values())]);
    const lines = fresh.map((lesson) => lessonLine(lesson, owners.get(lesson.personId)!, cause.at));
    await enterLines(
      tx,
      cause,
      lines.map((line) => ({ ...line, ruleVersion: hours(line.personId, line.heldOn).version })),
    );
  }
}

const evidenceOf = (lesson: { lessonId: string }) => EVIDENCE.lesson + lesson.lessonId;

function lessonLine(
  lesson: FollowedDetails['lesson_completed'],
  personId: string,
  at: Date,
): Omit<CreditRow, 'ruleVersion'> {
  const { heldOn, title, creditHundredths } = lesson;
  return {
    ...{ id: newId(), personId, year: Number(heldOn.slice(0, 4)), kind: 'lesson', heldOn, title },
    ...{ halfDays: 0, creditHundredths, evidence: evidenceOf(lesson) },
    ...{ reverses: null, because: null, enteredAt: at },
  };
}

/** Appends lines and tells who follows: `items` is +1 for a qualifying item, −1 when it is taken back. */
export async function enterLines(tx: Tx, { actor, at }: Cause, lines: CreditRow[]): Promise<void> {
  if (lines.length === 0) return;
  for (const slice of inSlices(lines)) await tx.insert(creditEntry).values(slice);
  const persons = [...new Set(lines.map((line) => line.personId))];
  const paths = new Map<string, string>();
  for (const slice of inSlices(persons))
    for (const row of await tx
      .select({ id: person.id, path: person.path })
      .from(person)
      .where(inArray(person.id, slice)))
      paths.set(row.id, row.path);
  await recordMany(
    tx,
    lines.map((line) => ({
      stream: `person:${line.personId}`,
      kind: 'credit_entered',
      actor,
      at,
      path: paths.get(line.personId) ?? '/',
      detail: {
        personId: line.personId,
        year: line.year,
        kind: line.kind,
        halfDays: line.halfDays,
        creditHundredths: line.creditHundredths,
        items: itemsOf(line),
        evidence: line.evidence,
        title: line.title,
        ...(line.because === null ? {} : { because: line.because }),
      } satisfies FollowedDetails['credit_entered'] & Record<string, unknown>,
    })),
  );
}

function itemsOf(line: CreditRow): number {
  if (line.kind === 'adjustment') return 0;
  return line.halfDays < 0 || line.creditHundredths < 0 ? -1 : 1;
}
