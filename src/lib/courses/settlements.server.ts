import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import { outsideTitle } from '#lib/classes/copy.ts';
import type { Db } from '#lib/server/db/open.ts';
import {
  attendance,
  classSession,
  outsideTraining,
  outsideTrainingPerson,
  trainingClass,
} from '#lib/server/db/schema/classes.ts';
import { creditEntry } from '#lib/server/db/schema/courses.ts';
import { newId } from '#lib/server/id.ts';
import { hoursOf } from './hours.server.ts';
import { amountsToReach, creditOfHalfDays, lastOf, negated, type Amounts, type Elsewhere } from './ledger.ts';
import {
  BECAUSE,
  doubledLessons,
  EVIDENCE,
  targetsOf,
  type PersonFile,
  type Target,
  type WrittenHalf,
} from './settlement.ts';

export type CreditRow = typeof creditEntry.$inferSelect;

/** What is to be settled. */
export type Wish = {
  /** Every record of the persons, with the surviving one. */
  owners: ReadonlyMap<string, string>;
  /** Some days of theirs; null: the whole file, lessons too. */
  days: readonly { personId: string; heldOn: string }[] | null;
  /** Why, when it is not what was written down that changed. */
  because: string | null;
  at: Date;
};

type Half = WrittenHalf & { title: string };
type Training = Elsewhere & { personId: string; title: string };
type File = Omit<PersonFile<CreditRow>, 'halves' | 'trainings'> & { halves: Half[]; trainings: Training[] };

/**
 * The lines after which the ledger says what is written down, in the order to enter them; none when it
 * does. Enters nothing, so that a merge can be looked at before it is done.
 */
export async function settledLines(db: Db, wish: Wish): Promise<CreditRow[]> {
  const files = await filesOf(db, wish);
  const lines: CreditRow[] = [];
  const fresh: { file: File; target: Target<CreditRow> }[] = [];
  for (const file of files) {
    for (const target of targetsOf(file)) {
      const because = wish.because ?? (target.doubled ? BECAUSE.overlap : null);
      const steps = amountsToReach(target.chain, target.halfDays);
      lines.push(...continued(target.chain, steps, { because, enteredAt: wish.at }));
      if (target.chain.length === 0 && target.halfDays > 0) fresh.push({ file, target });
    }
    if (wish.days === null)
      for (const chain of doubledLessons(file))
        lines.push(
          ...continued(chain, [negated(lastOf(chain)!)], { because: wish.because, enteredAt: wish.at }),
        );
  }
  if (fresh.length > 0) lines.push(...(await firstLines(db, fresh, wish.at)));
  return lines;
}

/** Lines that go on from the end of a chain, each reversing the one before. */
function continued(
  chain: readonly CreditRow[],
  steps: readonly Amounts[],
  change: Pick<CreditRow, 'because' | 'enteredAt'>,
): CreditRow[] {
  const lines: CreditRow[] = [];
  let last = lastOf(chain);
  for (const amounts of steps) {
    last = { ...last!, ...amounts, ...change, id: newId(), reverses: last!.id };
    lines.push(last);
  }
  return lines;
}

/** What is entered for the first time stands on the surviving record, whichever record it was written on. */
async function firstLines(
  db: Db,
  fresh: { file: File; target: Target<CreditRow> }[],
  at: Date,
): Promise<CreditRow[]> {
  const hours = await hoursOf(db, [...new Set(fresh.map(({ file }) => file.survivorId))]);
  return fresh.map(({ file, target: { evidence, halfDays, doubled } }) => {
    const personId = file.survivorId;
    const { kind, heldOn, title } = sourceOf(file, evidence);
    const { version, hoursPerDay } = hours(personId, heldOn);
    return {
      ...{ id: newId(), personId, year: Number(heldOn.slice(0, 4)), kind, heldOn, title, evidence },
      ...{ halfDays, creditHundredths: creditOfHalfDays(halfDays, hoursPerDay), ruleVersion: version },
      ...{ reverses: null, because: doubled ? BECAUSE.overlap : null, enteredAt: at },
    };
  });
}

function sourceOf(file: File, evidence: string): Pick<CreditRow, 'kind' | 'heldOn' | 'title'> {
  const half = file.halves.find((one) => EVIDENCE.attendance + one.attendanceId === evidence);
  if (half) return { kind: 'attendance', heldOn: half.heldOn, title: half.title };
  const training = file.trainings.find((one) => EVIDENCE.elsewhere + one.trainingId === evidence)!;
  return { kind: 'elsewhere', heldOn: training.toOn, title: training.title };
}

/**
 * What is written down and entered for each person. Training elsewhere names days, not halves, and reaches
 * over many days: who has any is settled as a whole; everybody else only on the days that were asked for.
 * `awaitedId`: a training that is looked at as if it were confirmed.
 */
export async function filesOf(
  db: Db,
  { owners, days }: Pick<Wish, 'owners' | 'days'>,
  awaitedId = '',
): Promise<File[]> {
  const survivorOf = (one: { personId: string }) => owners.get(one.personId) ?? one.personId;
  const trainings = await trainingsElsewhere(db, [...owners.keys()], awaitedId);
  const whole = new Set(days === null ? owners.values() : trainings.map(survivorOf));
  const records = (isWhole: boolean) =>
    [...owners].filter(([, root]) => whole.has(root) === isWhole).map(([id]) => id);
  const dates = [...new Set(days?.map(({ heldOn }) => heldOn))];
  const wanted = new Set(days?.map((day) => `${survivorOf(day)} ${day.heldOn}`));
  const isWanted = (one: { personId: string; heldOn: string }) =>
    wanted.has(`${survivorOf(one)} ${one.heldOn}`);
  const halves = [
    ...(await writtenHalves(db, records(true))),
    ...(await writtenHalves(db, records(false), inArray(classSession.heldOn, dates))).filter(isWanted),
  ];
  const lines = [
    ...(await linesOf(db, records(true))),
    ...(await linesOf(db, records(false), inArray(creditEntry.heldOn, dates))).filter(isWanted),
  ];
  const halvesOf = Map.groupBy(halves, survivorOf);
  const trainingsOf = Map.groupBy(trainings, survivorOf);
  const filedOf = Map.groupBy(lines, survivorOf);
  return [...new Set(owners.values())].map((survivorId) => ({
    survivorId,
    halves: halvesOf.get(survivorId) ?? [],
    trainings: trainingsOf.get(survivorId) ?? [],
    lines: filedOf.get(survivorId) ?? [],
  }));
}

async function trainingsElsewhere(db: Db, records: string[], awaitedId: string): Promise<Training[]> {
  const rows = await db
    .select({
      personId: outsideTrainingPerson.personId,
      halfDays: outsideTrainingPerson.halfDays,
      of: outsideTraining,
    })
    .from(outsideTrainingPerson)
    .innerJoin(outsideTraining, eq(outsideTraining.id, outsideTrainingPerson.trainingId))
    .where(
      and(
        inArray(outsideTrainingPerson.personId, records),
        or(eq(outsideTraining.state, 'confirmed'), eq(outsideTraining.id, awaitedId)),
      ),
    );
  return rows.map(({ personId, halfDays, of }) => ({
    ...{ trainingId: of.id, personId, fromOn: of.fromOn, toOn: of.toOn, halfDays },
    title: outsideTitle(of),
  }));
}

async function writtenHalves(db: Db, records: string[], dated?: SQL): Promise<Half[]> {
  if (records.length === 0) return [];
  const rows = await db
    .select({
      attendanceId: attendance.id,
      personId: attendance.personId,
      heldOn: classSession.heldOn,
      half: classSession.half,
      state: attendance.state,
      title: trainingClass.title,
      topic: classSession.topic,
    })
    .from(attendance)
    .innerJoin(classSession, eq(classSession.id, attendance.sessionId))
    .innerJoin(trainingClass, eq(trainingClass.id, attendance.classId))
    .where(and(inArray(attendance.personId, records), dated));
  return rows.map(({ state, title, topic, ...half }) => ({
    ...half,
    stood: state === 'present' || state === 'late',
    title: topic === '' ? title : `${title}·${topic}`,
  }));
}

async function linesOf(db: Db, records: string[], dated?: SQL): Promise<CreditRow[]> {
  if (records.length === 0) return [];
  return await db
    .select()
    .from(creditEntry)
    .where(and(inArray(creditEntry.personId, records), dated));
}
