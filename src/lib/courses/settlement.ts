import type { Day } from '#lib/kernel/day.ts';
import {
  countedElsewhere,
  countedHalfDays,
  isCounted,
  keptChain,
  type Chained,
  type CreditKind,
  type Elsewhere,
} from './ledger.ts';

/** What proves a line: `attendance:<id>`, `lesson:<id>`, `outside:<id>`. */
export const EVIDENCE = {
  attendance: 'attendance:',
  lesson: 'lesson:',
  elsewhere: 'outside:',
  adjustment: 'adjustment:',
} as const;

/** Why a line was entered beyond its own evidence: two records became one, or a half-day counted elsewhere. */
export const BECAUSE = { merge: 'merge:', overlap: 'overlap' } as const;

/** A half-day of a class that somebody is written down for; `stood` is false for leave and revoked sign-ins. */
export type WrittenHalf = {
  attendanceId: string;
  personId: string;
  heldOn: Day;
  half: string;
  stood: boolean;
};

export type FiledLine = Chained & { personId: string; kind: CreditKind; evidence: string };

/** One human being as the ledger sees them: every record, what it holds, and what was entered for it. */
export type PersonFile<Line extends FiledLine> = {
  survivorId: string;
  halves: readonly WrittenHalf[];
  trainings: readonly Elsewhere[];
  lines: readonly Line[];
};

/** How many half-days a piece of evidence must count from now on, and the chain that must come to say so. */
export type Target<Line extends FiledLine> = {
  evidence: string;
  /** Empty: nothing was entered for it yet. */
  chain: readonly Line[];
  halfDays: number;
  /** The evidence stands but its time is counted by another. */
  doubled: boolean;
};

/**
 * What attendance and training elsewhere must count for a person. It depends on what is written down
 * alone, not on the order it came in, so that a rebuild, a merge and a late confirmation agree. Lines whose
 * evidence is not known here are left alone.
 */
export function targetsOf<Line extends FiledLine>(file: PersonFile<Line>): Target<Line>[] {
  const chains = chainsOf(file.lines);
  const signed = signedHalves(file, chains);
  const elsewhere = countedElsewhere(file.trainings, perDay(signed));
  const counted = new Set(signed.map(({ attendanceId }) => attendanceId));
  const claims = [
    ...file.halves.map(({ attendanceId, stood }) => ({
      evidence: EVIDENCE.attendance + attendanceId,
      halfDays: Number(counted.has(attendanceId)),
      full: Number(stood),
    })),
    ...[...elsewhere].map(([trainingId, halfDays]) => ({
      evidence: EVIDENCE.elsewhere + trainingId,
      halfDays,
      full: Math.max(...file.trainings.map((one) => (one.trainingId === trainingId ? one.halfDays : 0))),
    })),
  ];
  return claims.flatMap(({ evidence, halfDays, full }) => {
    const about = chains.get(evidence) ?? [];
    const kept = keptChain(about, file.survivorId);
    const target = { evidence, chain: kept ?? [], halfDays, doubled: halfDays < full };
    const rest = about.filter((chain) => chain !== kept);
    return [target, ...rest.map((chain) => ({ evidence, chain, halfDays: 0, doubled: true }))];
  });
}

function perDay(signed: readonly WrittenHalf[]): Map<Day, number> {
  const days = new Map<Day, number>();
  for (const { heldOn } of signed) days.set(heldOn, (days.get(heldOn) ?? 0) + 1);
  return days;
}

/** How many half-days a training elsewhere adds for a person beside everything else that is written down. */
export function halfDaysAdded<Line extends FiledLine>(file: PersonFile<Line>, trainingId: string): number {
  const signedOn = perDay(signedHalves(file, chainsOf(file.lines)));
  const total = (trainings: readonly Elsewhere[]) =>
    [...countedElsewhere(trainings, signedOn).values()].reduce((sum, halfDays) => sum + halfDays, 0);
  return total(file.trainings) - total(file.trainings.filter((one) => one.trainingId !== trainingId));
}

/** How many half-days a confirmed training elsewhere counts for a person. */
export function halfDaysCounted<Line extends FiledLine>(file: PersonFile<Line>, trainingId: string): number {
  const evidence = EVIDENCE.elsewhere + trainingId;
  return targetsOf(file).reduce(
    (sum, target) => sum + (target.evidence === evidence ? target.halfDays : 0),
    0,
  );
}

function signedHalves<Line extends FiledLine>(
  file: PersonFile<Line>,
  chains: ReadonlyMap<string, readonly (readonly Line[])[]>,
): WrittenHalf[] {
  const days = Map.groupBy(
    file.halves.filter(({ stood }) => stood),
    ({ heldOn }) => heldOn,
  );
  return [...days.values()].flatMap((halves) => {
    const counted = countedHalfDays(
      halves.map(({ attendanceId, half, personId }) => ({
        attendanceId,
        half,
        counted: (chains.get(EVIDENCE.attendance + attendanceId) ?? []).some(isCounted),
        own: personId === file.survivorId,
      })),
    );
    return halves.filter(({ attendanceId }) => counted.has(attendanceId));
  });
}

/** The lessons that count on more than one record of a person: all chains but the one that goes on. */
export function doubledLessons<Line extends FiledLine>(
  file: Pick<PersonFile<Line>, 'survivorId' | 'lines'>,
): (readonly Line[])[] {
  const lessons = chainsOf(file.lines.filter(({ kind }) => kind === 'lesson'));
  return [...lessons.values()].flatMap((about) => {
    const counted = about.filter(isCounted);
    const kept = keptChain(counted, file.survivorId);
    return counted.filter((chain) => chain !== kept);
  });
}

/** Chains by evidence: one for each record that has any. */
function chainsOf<Line extends FiledLine>(lines: readonly Line[]): Map<string, (readonly Line[])[]> {
  return new Map(
    [...Map.groupBy(lines, ({ evidence }) => evidence)].map(([evidence, some]) => [
      evidence,
      [...Map.groupBy(some, ({ personId }) => personId).values()],
    ]),
  );
}
