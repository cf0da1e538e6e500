import type { ClassState } from './training-class.machine.ts';

export type AttendanceState = 'present' | 'late' | 'leave' | 'revoked';
export type SignWay = 'qr' | 'digits' | 'card' | 'clerk' | 'sheet';

/** Wrong codes of one person at one session, after which only the clerk can help. */
export const TRIES_MAX = 5;
/** Minutes after the start from which somebody is late. */
const LATE_AFTER_MS = 15 * 60_000;

/** What a decision to sign has to know. */
export type SignFacts = {
  classState: ClassState;
  session: { startsAt: Date; signFrom: Date; signUntil: Date };
  enrolled: boolean;
  attendance: AttendanceState | null;
  failures: number;
  /** The device has signed somebody else in at this session. */
  deviceTaken: boolean;
};

export type SignFault =
  | 'class_not_open'
  | 'not_enrolled'
  | 'signed_already'
  | 'sign_revoked'
  | 'sign_early'
  | 'sign_over'
  | 'tries_used'
  | 'device_taken';

/** Every reason why a person cannot sign in now; the code itself is judged afterwards. */
export function reasonsNotToSign(facts: SignFacts, now: Date): SignFault[] {
  const faults: SignFault[] = [];
  if (facts.classState !== 'open') faults.push('class_not_open');
  if (!facts.enrolled) faults.push('not_enrolled');
  if (facts.attendance === 'present' || facts.attendance === 'late') faults.push('signed_already');
  if (facts.attendance === 'revoked') faults.push('sign_revoked');
  if (now < facts.session.signFrom) faults.push('sign_early');
  if (now > facts.session.signUntil) faults.push('sign_over');
  if (facts.failures >= TRIES_MAX) faults.push('tries_used');
  if (facts.deviceTaken) faults.push('device_taken');
  return faults;
}

/** Present, or late from a quarter of an hour after the start. */
export function arrivalState(session: { startsAt: Date }, now: Date): 'present' | 'late' {
  return now.getTime() > session.startsAt.getTime() + LATE_AFTER_MS ? 'late' : 'present';
}

/** Facts for what a clerk enters on the list. */
export type ClerkFacts = {
  classState: ClassState;
  session: { signFrom: Date };
  enrolled: boolean;
  attendance: AttendanceState | null;
};

export type ClerkFault = 'class_not_open' | 'not_enrolled' | 'signed_already' | 'session_ahead';

/** Why a clerk cannot enter a presence (or a leave, which may be known beforehand). */
export function reasonsNotToTick(
  facts: ClerkFacts,
  state: 'present' | 'late' | 'leave',
  now: Date,
): ClerkFault[] {
  const faults: ClerkFault[] = [];
  if (facts.classState !== 'open') faults.push('class_not_open');
  if (!facts.enrolled) faults.push('not_enrolled');
  if (facts.attendance === 'present' || facts.attendance === 'late') faults.push('signed_already');
  if (state !== 'leave' && now < facts.session.signFrom) faults.push('session_ahead');
  return faults;
}

/** Whether an attendance gives a half-day. */
export function standsFor(state: AttendanceState): boolean {
  return state === 'present' || state === 'late';
}

/** The card id in what a scanner typed: the card's link, or the bare id. Null when there is none. */
export function cardIdIn(text: string): string | null {
  const plain = text.trim();
  const inLink = /\/card\/([0-9A-Za-z-]{8,60})(?:[/?#]|$)/.exec(plain);
  if (inLink) return inLink[1]!;
  return /^[0-9A-Za-z-]{8,60}$/.test(plain) ? plain : null;
}
