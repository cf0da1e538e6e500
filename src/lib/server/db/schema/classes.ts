import { bool, index, instant, int, primaryKey, table, text, unique } from '../columns.ts';
import { sql } from 'drizzle-orm';

/** 培训班 */
export const trainingClass = table(
  'training_class',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    organizer: text('organizer').notNull(),
    place: text('place').notNull(),
    note: text('note').notNull(),
    state: text('state').$type<'draft' | 'open' | 'finished' | 'cancelled'>().notNull(),
    startsOn: text('starts_on').notNull(),
    endsOn: text('ends_on').notNull(),
    courseId: text('course_id'),
    /** Kind issued to those who pass the exam and attend; null: none. */
    certificateKind: text('certificate_kind'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('training_class_path').on(t.path, t.startsOn)],
);

/** Who teaches a class; an instructor sees own classes only. */
export const classInstructor = table(
  'class_instructor',
  { classId: text('class_id').notNull(), accountId: text('account_id').notNull() },
  (t) => [primaryKey({ columns: [t.classId, t.accountId] })],
);

/** 半天: the unit of attendance; both halves of a day make a day. */
export const classSession = table(
  'class_session',
  {
    id: text('id').primaryKey(),
    classId: text('class_id').notNull(),
    heldOn: text('held_on').notNull(),
    half: text('half').$type<'am' | 'pm'>().notNull(),
    topic: text('topic').notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    signFrom: instant('sign_from').notNull(),
    signUntil: instant('sign_until').notNull(),
    /** Seed of the rotating sign-in codes; never leaves the server. */
    secret: text('secret').notNull(),
  },
  (t) => [unique('class_session_half').on(t.classId, t.heldOn, t.half)],
);

/** 报名 */
export const enrolment = table(
  'enrolment',
  {
    id: text('id').primaryKey(),
    classId: text('class_id').notNull(),
    personId: text('person_id').notNull(),
    /** Place of the person's post when enrolled, for lists by scope. */
    path: text('path').notNull(),
    unit: text('unit').notNull(),
    enrolledBy: text('enrolled_by').notNull(),
    enrolledAt: instant('enrolled_at').notNull(),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [unique('enrolment_once').on(t.classId, t.personId), index('enrolment_person').on(t.personId)],
);

/** 签到 */
export const attendance = table(
  'attendance',
  {
    id: text('id').primaryKey(),
    sessionId: text('session_id').notNull(),
    classId: text('class_id').notNull(),
    personId: text('person_id').notNull(),
    state: text('state').$type<'present' | 'late' | 'leave' | 'revoked'>().notNull(),
    way: text('way').$type<'qr' | 'digits' | 'card' | 'clerk' | 'sheet'>().notNull(),
    at: instant('at').notNull(),
    /** Random name of the phone's browser: one device signs one person. */
    device: text('device'),
    byAccount: text('by_account').notNull(),
    spotCheck: bool('spot_check').notNull(),
    checkedAt: instant('checked_at'),
    reason: text('reason').notNull(),
  },
  (t) => [
    unique('attendance_once').on(t.sessionId, t.personId),
    unique('attendance_device')
      .on(t.sessionId, t.device)
      .where(sql`device is not null`),
    index('attendance_person').on(t.personId),
    index('attendance_class').on(t.classId),
  ],
);

/** Wrong sign-in codes of a person at a session. */
export const signInTry = table(
  'sign_in_try',
  {
    sessionId: text('session_id').notNull(),
    personId: text('person_id').notNull(),
    failures: int('failures').notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.personId] })],
);

/** The signed paper sheet, scanned back onto its session. */
export const signSheet = table('sign_sheet', {
  id: text('id').primaryKey(),
  sessionId: text('session_id').notNull(),
  uploadId: text('upload_id').notNull(),
  byAccount: text('by_account').notNull(),
  at: instant('at').notNull(),
});

/** 外部培训: training done elsewhere, entered by one, confirmed by another. */
export const outsideTraining = table(
  'outside_training',
  {
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    title: text('title').notNull(),
    organizer: text('organizer').notNull(),
    place: text('place').notNull(),
    fromOn: text('from_on').notNull(),
    toOn: text('to_on').notNull(),
    halfDays: int('half_days').notNull(),
    uploadId: text('upload_id'),
    state: text('state').$type<'entered' | 'confirmed' | 'refused'>().notNull(),
    reason: text('reason').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [index('outside_training_path').on(t.path, t.enteredAt)],
);

export const outsideTrainingPerson = table(
  'outside_training_person',
  {
    trainingId: text('training_id').notNull(),
    personId: text('person_id').notNull(),
    halfDays: int('half_days').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.trainingId, t.personId] }),
    index('outside_training_person_person').on(t.personId),
  ],
);
