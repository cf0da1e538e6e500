import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Day } from '#lib/kernel/day.ts';
import type { Db } from '#lib/server/db/open.ts';
import { certificateReplacement, certificateReview } from '#lib/server/db/schema/certificates.ts';
import { account } from '#lib/server/db/schema/people.ts';
import type { ReplacementCause, ReviewGround } from './certificate.ts';

/** What was done to a certificate after it was issued. */
export type HistoryLine = { id: string; at: Date; by: string } & (
  | {
      what: 'replaced';
      cause: ReplacementCause;
      note: string;
      replacedOn: Day;
      /** Who it named until then. */
      before: { name: string; idMasked: string };
    }
  | { what: 'reviewed'; outcome: 'upheld' | 'revoked' | 'lapsed'; grounds: ReviewGround[]; reason: string }
);

/** The replacements of a certificate and, for who keeps it, the reviews that are decided, latest first. */
export async function listHistory(db: Db, certificateId: string, mayKeep: boolean): Promise<HistoryLine[]> {
  const replacements = await db
    .select()
    .from(certificateReplacement)
    .where(eq(certificateReplacement.certificateId, certificateId));
  const reviews = mayKeep
    ? await db
        .select()
        .from(certificateReview)
        .where(
          and(eq(certificateReview.certificateId, certificateId), isNotNull(certificateReview.decidedAt)),
        )
    : [];
  const accounts = await db
    .select({ id: account.id, name: account.name })
    .from(account)
    .where(
      inArray(account.id, [
        ...replacements.map(({ replacedBy }) => replacedBy),
        ...reviews.map(({ decidedBy }) => decidedBy),
        '',
      ]),
    );
  const nameOf = (id: string) => accounts.find((one) => one.id === id)?.name ?? '';
  const lines: HistoryLine[] = [
    ...replacements.map(({ id, cause, note, replacedOn, replacedAt, replacedBy, before }) => ({
      ...{ id, at: replacedAt, by: nameOf(replacedBy), what: 'replaced' as const, cause, note, replacedOn },
      before: { name: before.name, idMasked: before.idMasked },
    })),
    ...reviews.map(({ id, outcome, grounds, reason, decidedAt, decidedBy, openedAt }) => ({
      ...{ id, at: decidedAt ?? openedAt, by: nameOf(decidedBy), what: 'reviewed' as const },
      ...{ outcome: outcome ?? ('lapsed' as const), grounds, reason },
    })),
  ];
  return lines.sort((a, b) => b.at.getTime() - a.at.getTime());
}
