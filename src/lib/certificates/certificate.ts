import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import { addDays, daysBetween, type Day } from '#lib/kernel/day.ts';

export type CertificateState = 'valid' | 'revoked' | 'expired';

/** What a certificate is worth on a day: revocation is stored, expiry is not. */
export function stateOf(
  certificate: { state: 'valid' | 'revoked'; validUntil: Day | null },
  today: Day,
): CertificateState {
  if (certificate.state === 'revoked') return 'revoked';
  return certificate.validUntil !== null && certificate.validUntil < today ? 'expired' : 'valid';
}

export type RegisteredState = 'valid' | 'expiring' | 'expired' | 'undated';

/** Days before the end from which an external certificate counts as 即将到期. */
export const EXPIRING_DAYS = 90;

export function registeredStateOf(validUntil: Day | null, today: Day): RegisteredState {
  if (validUntil === null) return 'undated';
  if (validUntil < today) return 'expired';
  return daysBetween(today, validUntil) <= EXPIRING_DAYS ? 'expiring' : 'valid';
}

/** Last day of a certificate issued on a day: the day before the same date so many months later. */
export function validUntilOf(issuedOn: Day, validityMonths: number | null): Day | null {
  if (validityMonths === null) return null;
  const [year, month, date] = issuedOn.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 + validityMonths, 1));
  const lastDate = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, lastDate));
  return addDays(first.toISOString().slice(0, 10), -1);
}

/** What decides whether the certificate of a class is due to a person. */
export type IssueFacts = {
  classState: 'draft' | 'open' | 'finished' | 'cancelled';
  enrolled: boolean;
  /** Half-days of the class, and those the person stood in; leave is no attendance. */
  sessions: number;
  attended: number;
  hasExam: boolean;
  passed: boolean;
};

export type IssueReason =
  | 'class_not_held'
  | 'not_enrolled'
  | 'sessions_missing'
  | 'half_days_missing'
  | 'exam_missing'
  | 'exam_not_passed';

/** All reasons why a certificate is not due (yet); none: it is. */
export function reasonsNotToIssue(facts: IssueFacts): IssueReason[] {
  const reasons: IssueReason[] = [];
  if (facts.classState !== 'open' && facts.classState !== 'finished') reasons.push('class_not_held');
  if (!facts.enrolled) reasons.push('not_enrolled');
  if (facts.sessions === 0) reasons.push('sessions_missing');
  else if (facts.attended < facts.sessions) reasons.push('half_days_missing');
  if (!facts.hasExam) reasons.push('exam_missing');
  else if (!facts.passed) reasons.push('exam_not_passed');
  return reasons;
}

const REASON_LENGTH_MIN = 4;

/** What a certificate rested on and does not any more, as far as software can tell; the bureau judges. */
export type ReviewGround = 'half_days_lost' | 'pass_lost' | 'issued_twice';

/**
 * Why a certificate that was issued has to be looked at again. `isSecond`: the person holds an earlier valid
 * one of the same class and kind, because two records turned out to be one person.
 */
export function reviewGrounds(
  facts: Pick<IssueFacts, 'sessions' | 'attended' | 'passed'>,
  isSecond: boolean,
): ReviewGround[] {
  const grounds: ReviewGround[] = [];
  if (facts.attended < facts.sessions) grounds.push('half_days_lost');
  if (!facts.passed) grounds.push('pass_lost');
  if (isSecond) grounds.push('issued_twice');
  return grounds;
}

const isShort = (reason: string) => Array.from(reason.trim()).length < REASON_LENGTH_MIN;

export type UpholdReason = 'review_none' | 'uphold_reason_short';

/** All reasons why a certificate cannot be upheld: nothing asks for it, or nothing is said for it. */
export function reasonsNotToUphold(underReview: boolean, reason: string): UpholdReason[] {
  const reasons: UpholdReason[] = [];
  if (!underReview) reasons.push('review_none');
  if (isShort(reason)) reasons.push('uphold_reason_short');
  return reasons;
}

/** 遗失, 损毁, 信息更正. */
export const REPLACEMENT_CAUSES = ['lost', 'damaged', 'corrected'] as const;
export type ReplacementCause = (typeof REPLACEMENT_CAUSES)[number];

/** What a replacement may correct: who the holder is. Unit, class and score stay as they were at issue. */
export type Identity = { name: string; sex: string; idMasked: string };

export type ReplaceFacts = {
  state: 'valid' | 'revoked';
  underReview: boolean;
  /** As the certificate says, and as the person's file says now. */
  printed: Identity;
  filed: Identity;
};

export type ReplaceReason = 'replacement_revoked' | 'replacement_in_review' | 'replacement_nothing';

/**
 * All reasons why a certificate cannot be replaced: it is revoked, whether it stands is not decided, or a
 * correction would change nothing because the person's file says the same.
 */
export function reasonsNotToReplace(facts: ReplaceFacts, cause: ReplacementCause): ReplaceReason[] {
  const reasons: ReplaceReason[] = [];
  if (facts.state === 'revoked') reasons.push('replacement_revoked');
  if (facts.underReview) reasons.push('replacement_in_review');
  if (cause === 'corrected' && isSameIdentity(facts.printed, facts.filed))
    reasons.push('replacement_nothing');
  return reasons;
}

function isSameIdentity(one: Identity, other: Identity): boolean {
  return one.name === other.name && one.sex === other.sex && one.idMasked === other.idMasked;
}

export type RevokeReason = 'certificate_revoked_already' | 'reason_short';

export function reasonsNotToRevoke(
  certificate: { state: 'valid' | 'revoked' },
  reason: string,
): RevokeReason[] {
  const reasons: RevokeReason[] = [];
  if (certificate.state === 'revoked') reasons.push('certificate_revoked_already');
  if (isShort(reason)) reasons.push('reason_short');
  return reasons;
}

/**
 * A number as somebody typed it: spaces go, full-width letters and digits become plain ones, any pair of
 * brackets around the year becomes 〔〕 (U+3014, U+3015).
 */
export function readNumber(text: string): string {
  return halfWidth(withoutSpaces(text))
    .replace(/[[({【［（｛〖「『]/gu, '\u3014')
    .replace(/[\])}】］）｝〗」』]/gu, '\u3015')
    .slice(0, 60);
}

/** Whether two people would say that it is the same name: spaces and the sign between parts are set aside. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string) => withoutSpaces(name).replace(/[·•・．.‧]/gu, '');
  return plain(one) === plain(other);
}

export function isCertificateState(text: string | null): text is CertificateState {
  return text === 'valid' || text === 'revoked' || text === 'expired';
}

export function isRegisteredState(text: string | null): text is RegisteredState {
  return text === 'valid' || text === 'expiring' || text === 'expired' || text === 'undated';
}
