import { index, instant, int, json, table, text, unique } from '../columns.ts';

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
  },
  (t) => [
    unique('certificate_number').on(t.number),
    unique('certificate_once').on(t.classId, t.personId, t.kind),
    index('certificate_person').on(t.personId),
    index('certificate_path').on(t.path, t.issuedAt),
  ],
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
