import { index, instant, int, json, table, text, unique } from '../columns.ts';
import { sql } from 'drizzle-orm';

/** What a certificate says, frozen at issue: later changes of a name or a unit do not reach it. */
export type FrozenCertificate = {
  name: string;
  sex: string;
  idMasked: string;
  unit: string;
  className: string;
  heldFrom: string;
  heldUntil: string;
  halfDays: number;
  score: number | null;
  totalScore: number | null;
  authority: string;
  title: string;
};

/** 证书种类: reference data from seeds/reference. */
export const certificateKind = table('certificate_kind', {
  code: text('code').primaryKey(),
  title: text('title').notNull(),
  /** own 本局颁发: numbered and set here · external 外部登记: only registered. */
  issuer: text('issuer').$type<'own' | 'external'>().notNull(),
  letter: text('letter').notNull(),
  validityMonths: int('validity_months'),
  source: text('source').notNull(),
});

/** The last number given, by authority, kind and year. */
export const numberSeries = table('number_series', {
  key: text('key').primaryKey(),
  last: int('last').notNull(),
});

/** 证书 */
export const certificate = table(
  'certificate',
  {
    id: text('id').primaryKey(),
    number: text('number').notNull(),
    kind: text('kind').notNull(),
    personId: text('person_id').notNull(),
    classId: text('class_id'),
    attemptId: text('attempt_id'),
    path: text('path').notNull(),
    frozen: json<FrozenCertificate>('frozen').notNull(),
    issuedOn: text('issued_on').notNull(),
    validUntil: text('valid_until'),
    state: text('state').$type<'valid' | 'revoked'>().notNull(),
    revokedReason: text('revoked_reason').notNull(),
    issuedAt: instant('issued_at').notNull(),
    /** Day of the latest replacement; the number and the day of issue stay. */
    replacedOn: text('replaced_on'),
  },
  (t) => [
    unique('certificate_number').on(t.number),
    unique('certificate_once').on(t.classId, t.personId, t.kind),
    index('certificate_person').on(t.personId),
    index('certificate_path').on(t.path, t.issuedAt),
  ],
);

/** 复核: what a certificate rested on was corrected; it stands until the bureau has decided. */
export const certificateReview = table(
  'certificate_review',
  {
    id: text('id').primaryKey(),
    certificateId: text('certificate_id').notNull(),
    /** Path of the class, so that the bureau that issued finds what is its own to decide. */
    path: text('path').notNull(),
    /** What was lost when it was opened. */
    grounds: json<('half_days_lost' | 'pass_lost' | 'issued_twice')[]>('grounds').notNull(),
    /** The reason given with the correction. */
    said: text('said').notNull(),
    openedAt: instant('opened_at').notNull(),
    /** upheld 维持 · revoked 撤销 · lapsed: what was lost came back before anybody decided. */
    outcome: text('outcome').$type<'upheld' | 'revoked' | 'lapsed'>(),
    reason: text('reason').notNull(),
    decidedBy: text('decided_by').notNull(),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    unique('certificate_review_open')
      .on(t.certificateId)
      .where(sql`decided_at is null`),
    index('certificate_review_certificate').on(t.certificateId),
    index('certificate_review_path').on(t.path, t.openedAt),
  ],
);

/** 补发: one line for each replacement; the number never changes. */
export const certificateReplacement = table(
  'certificate_replacement',
  {
    id: text('id').primaryKey(),
    certificateId: text('certificate_id').notNull(),
    ordinal: int('ordinal').notNull(),
    cause: text('cause').$type<'lost' | 'damaged' | 'corrected'>().notNull(),
    note: text('note').notNull(),
    /** What the certificate said until then. */
    before: json<FrozenCertificate>('before').notNull(),
    replacedOn: text('replaced_on').notNull(),
    replacedBy: text('replaced_by').notNull(),
    replacedAt: instant('replaced_at').notNull(),
  },
  (t) => [unique('certificate_replacement_ordinal').on(t.certificateId, t.ordinal)],
);

/** 外部登记: certificates other authorities issued, as stated in a roster. */
export const registeredCertificate = table(
  'registered_certificate',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    kind: text('kind').notNull(),
    operation: text('operation').notNull(),
    number: text('number').notNull(),
    validUntil: text('valid_until'),
    path: text('path').notNull(),
    registeredAt: instant('registered_at').notNull(),
  },
  (t) => [
    unique('registered_certificate_once').on(t.personId, t.kind, t.operation),
    index('registered_certificate_path').on(t.path),
  ],
);
