import { and, eq, inArray } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { FollowedDetails, Happening } from '#lib/kernel/happening.ts';
import type { Tx } from '#lib/server/db/open.ts';
import { attendance, classSession, trainingClass } from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { adoption, rule, rulePack } from '#lib/server/db/schema/coverage.ts';
import { person, post, postCategory } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { follow, recordMany } from '#lib/server/events/record.ts';
import { newId } from '#lib/server/id.ts';
import {
  countedHalfDays,
  creditOfHalfDays,
  hoursRuleFor,
  isCounted,
  lastOf,
  type CreditKind,
  type HoursRule,
} from './ledger.ts';
import { placesAbove } from './policy.ts';

export type CreditRow = typeof creditEntry.$inferSelect;

/** Something that may count, before the ledger knows whether it does already. */
type Claim = {
  personId: string;
  kind: CreditKind;
  evidence: string;
  heldOn: string;
  title: string;
  halfDays: number;
  /** Null: by the hours a day of the person's rule pack. */
  creditHundredths: number | null;
};

/** Who caused the entries, and when. */
type Cause = { actor: Actor; at: Date };

/** Evidence of a kind: `attendance:<id>`, `lesson:<id>`, `outside:<id>`. */
export const EVIDENCE = {
  attendance: 'attendance:',
  lesson: 'lesson:',
  elsewhere: 'outside:',
  adjustment: 'adjustment:',
} as const;

/** The ledger follows what was attended, learned and confirmed, in the same transaction. */
export function followCredits(): void {
  follow(
    'attendance_confirmed',
    async (tx, happenings) => await settleDays(tx, causeOf(happenings), daysOf(happenings)),
  );
  follow('attendance_revoked', async (tx, happenings) => {
    await settleDays(tx, causeOf(happenings), await revokedDays(tx, happenings));
  });
  follow('lesson_completed', async (tx, happenings) => {
    const claims = happenings.map(({ detail }) => ({
      personId: detail.personId,
      kind: 'lesson' as const,
      evidence: EVIDENCE.lesson + detail.lessonId,
      heldOn: detail.heldOn,
      title: detail.title,
      halfDays: 0,
      creditHundredths: detail.creditHundredths,
    }));
    await enterOnce(tx, causeOf(happenings), claims);
  });
  follow('outside_training_confirmed', async (tx, happenings) => {
    const claims = happenings.map(({ detail }) => ({
      personId: detail.personId,
      kind: 'elsewhere' as const,
      evidence: EVIDENCE.elsewhere + detail.trainingId,
      heldOn: detail.heldOn,
      title: detail.title,
      halfDays: detail.halfDays,
      creditHundredths: null,
    }));
    await enterOnce(tx, causeOf(happenings), claims);
  });
}

function causeOf(happenings: Happening<unknown>[]): Cause {
  const [first] = happenings;
  return { actor: first?.actor ?? SYSTEM, at: first?.at ?? new Date(0) };
}

type PersonDay = { personId: string; heldOn: string };

function daysOf(happenings: Happening<FollowedDetails['attendance_confirmed']>[]): PersonDay[] {
  return happenings.map(({ detail }) => ({ personId: detail.personId, heldOn: detail.heldOn }));
}

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

const keyOf = ({ personId, heldOn }: PersonDay) => `${personId} ${heldOn}`;

/**
 * Makes the ledger say what the sign-ins of some persons' days say: one entry for each half of a day, at
 * most two, whatever was confirmed and revoked before. What no longer counts is reversed; what counts
 * again reverses the reversal.
 */
async function settleDays(tx: Tx, cause: Cause, days: PersonDay[]): Promise<void> {
  const wanted = new Set(days.map(keyOf));
  const persons = [...new Set(days.map((day) => day.personId))];
  const dates = [...new Set(days.map((day) => day.heldOn))];
  for (const slice of inSlices(persons)) {
    const stood = (await confirmedHalves(tx, slice, dates)).filter((half) => wanted.has(keyOf(half)));
    const chains = Map.groupBy(
      (await attendanceLines(tx, slice, dates)).filter((line) => wanted.has(keyOf(line))),
      (line) => `${line.personId} ${line.evidence}`,
    );
    const chainOf = (personId: string, evidence: string) => chains.get(`${personId} ${evidence}`) ?? [];
    const claims: Claim[] = [];
    for (const halves of Map.groupBy(stood, keyOf).values()) {
      const counted = countedHalfDays(
        halves.map(({ attendanceId, half, personId }) => ({
          attendanceId,
          half,
          counted: isCounted(chainOf(personId, EVIDENCE.attendance + attendanceId)),
        })),
      );
      claims.push(...halves.filter((half) => counted.has(half.attendanceId)).map(claimOf));
    }
    await matchChains(tx, cause, { claims, chains, persons: slice });
  }
}

type ConfirmedHalf = PersonDay & { attendanceId: string; half: string; title: string; topic: string };

function claimOf({ personId, heldOn, attendanceId, title, topic }: ConfirmedHalf): Claim {
  const evidence = EVIDENCE.attendance + attendanceId;
  const named = topic === '' ? title : `${title}·${topic}`;
  return {
    personId,
    kind: 'attendance',
    evidence,
    heldOn,
    title: named,
    halfDays: 1,
    creditHundredths: null,
  };
}

async function confirmedHalves(tx: Tx, persons: string[], dates: string[]): Promise<ConfirmedHalf[]> {
  return await tx
    .select({
      personId: attendance.personId,
      heldOn: classSession.heldOn,
      attendanceId: attendance.id,
      half: classSession.half,
      title: trainingClass.title,
      topic: classSession.topic,
    })
    .from(attendance)
    .innerJoin(classSession, eq(classSession.id, attendance.sessionId))
    .innerJoin(trainingClass, eq(trainingClass.id, attendance.classId))
    .where(
      and(
        inArray(attendance.personId, persons),
        inArray(attendance.state, ['present', 'late']),
        inArray(classSession.heldOn, dates),
      ),
    );
}

async function attendanceLines(tx: Tx, persons: string[], dates: string[]): Promise<CreditRow[]> {
  return await tx
    .select()
    .from(creditEntry)
    .where(
      and(
        inArray(creditEntry.personId, persons),
        eq(creditEntry.kind, 'attendance'),
        inArray(creditEntry.heldOn, dates),
      ),
    );
}

type Match = { claims: Claim[]; chains: Map<string, CreditRow[]>; persons: string[] };

/** Adds the lines after which exactly the claims count, of all the evidence in the chains. */
async function matchChains(tx: Tx, cause: Cause, { claims, chains, persons }: Match): Promise<void> {
  const claimed = new Set(claims.map((claim) => `${claim.personId} ${claim.evidence}`));
  const lines: CreditRow[] = [];
  for (const [key, chain] of chains)
    if (isCounted(chain) !== claimed.has(key)) lines.push(opposite(lastOf(chain)!, cause.at));
  const fresh = claims.filter((claim) => !chains.has(`${claim.personId} ${claim.evidence}`));
  if (fresh.length > 0) lines.push(...(await firstLines(tx, cause, fresh, persons)));
  await enterLines(tx, cause, lines);
}

/** The line that takes another back, or back again. */
function opposite(line: CreditRow, at: Date): CreditRow {
  const { halfDays, creditHundredths } = line;
  return {
    ...line,
    id: newId(),
    halfDays: -halfDays,
    creditHundredths: -creditHundredths,
    reverses: line.id,
    enteredAt: at,
  };
}

async function firstLines(tx: Tx, cause: Cause, claims: Claim[], persons: string[]): Promise<CreditRow[]> {
  const hours = await hoursOf(tx, persons);
  return claims.map(({ creditHundredths, ...claim }) => {
    const { version, hoursPerDay } = hours(claim.personId, claim.heldOn);
    return {
      ...claim,
      id: newId(),
      year: Number(claim.heldOn.slice(0, 4)),
      creditHundredths: creditHundredths ?? creditOfHalfDays(claim.halfDays, hoursPerDay),
      ruleVersion: version,
      reverses: null,
      enteredAt: cause.at,
    };
  });
}

/** The hours of a training day by person and day, from the packs that the places of the persons adopted. */
async function hoursOf(tx: Tx, persons: string[]) {
  const places = await tx
    .select({ id: person.id, path: person.path })
    .from(person)
    .where(inArray(person.id, persons));
  const posts = await tx
    .selectDistinct({ personId: post.personId, roster: postCategory.roster })
    .from(post)
    .innerJoin(postCategory, eq(postCategory.code, post.category))
    .where(inArray(post.personId, persons));
  const rostersOf = Map.groupBy(posts, ({ personId }) => personId);
  const whoOf = new Map(
    places.map(({ id, path }) => [
      id,
      { path, rosters: (rostersOf.get(id) ?? []).map(({ roster }) => roster) },
    ]),
  );
  const rules = await adoptedPacks(tx, [...new Set(places.flatMap(({ path }) => placesAbove(path)))]);
  return (personId: string, heldOn: string) =>
    hoursRuleFor(rules, whoOf.get(personId) ?? { path: '/', rosters: [] }, heldOn);
}

async function adoptedPacks(tx: Tx, paths: string[]): Promise<HoursRule[]> {
  const packs: Omit<HoursRule, 'rosters'>[] = [];
  for (const slice of inSlices(paths))
    packs.push(
      ...(await tx
        .select({
          packId: rulePack.id,
          hoursPerDay: rulePack.hoursPerDay,
          path: adoption.path,
          fromOn: adoption.fromOn,
          untilOn: adoption.untilOn,
        })
        .from(adoption)
        .innerJoin(rulePack, eq(rulePack.id, adoption.packId))
        .where(inArray(adoption.path, slice))),
    );
  const ids = ['', ...new Set(packs.map(({ packId }) => packId))];
  const rules = await tx
    .select({ packId: rule.packId, categories: rule.categories })
    .from(rule)
    .where(inArray(rule.packId, ids));
  const categories = await tx
    .select({ code: postCategory.code, roster: postCategory.roster })
    .from(postCategory);
  const rosterOf = new Map(categories.map(({ code, roster }) => [code, roster]));
  return packs.map((pack) => {
    const named = rules.filter(({ packId }) => packId === pack.packId).flatMap((each) => each.categories);
    return { ...pack, rosters: [...new Set(named.flatMap((code) => rosterOf.get(code) ?? []))] };
  });
}

/** Enters what counts once and for ever, unless its evidence is in the ledger already. */
async function enterOnce(tx: Tx, cause: Cause, claims: Claim[]): Promise<void> {
  for (const slice of inSlices(claims)) {
    const persons = [...new Set(slice.map((claim) => claim.personId))];
    const known = await tx
      .select({ personId: creditEntry.personId, evidence: creditEntry.evidence })
      .from(creditEntry)
      .where(
        and(
          inArray(creditEntry.personId, persons),
          inArray(creditEntry.evidence, [...new Set(slice.map((claim) => claim.evidence))]),
        ),
      );
    const seen = new Set(known.map((line) => `${line.personId} ${line.evidence}`));
    const fresh = slice.filter((claim) => {
      const key = `${claim.personId} ${claim.evidence}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    await enterLines(tx, cause, await firstLines(tx, cause, fresh, persons));
  }
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
      } satisfies FollowedDetails['credit_entered'] & Record<string, unknown>,
    })),
  );
}

function itemsOf(line: CreditRow): number {
  if (line.kind === 'adjustment') return 0;
  return line.halfDays < 0 || line.creditHundredths < 0 ? -1 : 1;
}
