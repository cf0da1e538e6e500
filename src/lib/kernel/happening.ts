import type { Actor } from './actor.ts';

/** What a command did, before it has its place in a stream. */
export type Happening<Detail = Record<string, unknown>> = {
  /** The stream it belongs to: one of the abouts of the write. */
  stream: string;
  /** Noun and past participle: `attempt_submitted`. */
  kind: string;
  actor: Actor;
  at: Date;
  /** Division path of what it is about: decides who may read it. */
  path: string;
  detail: Detail;
};

/**
 * Events that other features follow in the same transaction, and what they carry. An event that is not
 * here is only remembered.
 */
export type FollowedDetails = {
  /** A person's posts changed: begun, ended, transferred, merged. */
  posts_changed: { personId: string };
  /** Two records are one person: `from` is linked to `into` from now on. Told in both streams. */
  person_merged: { from: string; into: string; reason: string };
  /** A person stood in a half-day session. */
  attendance_confirmed: {
    personId: string;
    attendanceId: string;
    classId: string;
    heldOn: string;
    title: string;
  };
  attendance_revoked: { personId: string; attendanceId: string; reason: string };
  lesson_completed: {
    personId: string;
    lessonId: string;
    heldOn: string;
    title: string;
    creditHundredths: number;
  };
  outside_training_confirmed: {
    personId: string;
    trainingId: string;
    halfDays: number;
    heldOn: string;
    title: string;
  };
  /** A line entered the ledger; `items` is +1, or −1 when it reverses another. */
  credit_entered: {
    personId: string;
    year: number;
    kind: 'attendance' | 'lesson' | 'elsewhere' | 'adjustment';
    halfDays: number;
    creditHundredths: number;
    items: number;
  };
  attempt_passed: { personId: string; attemptId: string; examId: string; classId: string | null };
  /** An attempt counts no more; its stream is `attempt:<id>`. */
  attempt_voided: { reason: string };
  certificate_issued: { personId: string; year: number };
  /** It no longer counts; `year` is that of its issue. */
  certificate_revoked: { personId: string; year: number };
  /** A roster states a certificate that another authority issued. */
  certificate_stated: {
    personId: string;
    kind: string;
    operation: string;
    number: string;
    validUntil: string | null;
  };
};

export type FollowedKind = keyof FollowedDetails;
