import { ROLES, type Actor, type Role } from '#lib/kernel/actor.ts';
import { covers, hasRole } from '#lib/kernel/actor.ts';

/** Shortest password we take; longer beats stranger characters, so nothing else is demanded. */
export const PASSWORD_LENGTH_MIN = 8;
const PASSWORD_LENGTH_MAX = 200;
const PIN = /^\d{8}$/;

export type PasswordFault = 'password_short' | 'password_long' | 'password_like_name' | 'password_simple';

/** Why a password cannot be taken; empty when it can. */
export function passwordFaults(password: string, names: readonly string[]): PasswordFault[] {
  const faults: PasswordFault[] = [];
  if (Array.from(password).length < PASSWORD_LENGTH_MIN) faults.push('password_short');
  if (password.length > PASSWORD_LENGTH_MAX) faults.push('password_long');
  const lower = password.toLowerCase();
  if (names.some((name) => name.length >= 3 && lower.includes(name.toLowerCase())))
    faults.push('password_like_name');
  if (
    /^(.)\1*$/u.test(password) ||
    /^(?:0123456789|1234567890|12345678|87654321|abcdefgh|password)/.test(lower)
  )
    faults.push('password_simple');
  return faults;
}

/** What somebody typed to say who they are. */
export type Identifier =
  | { kind: 'login_name'; text: string }
  | { kind: 'phone'; text: string }
  | { kind: 'id_number'; text: string };

/** Login names cannot look like a phone or an ID number, so the three never meet. */
export function readIdentifier(text: string): Identifier {
  const plain = text.replace(/\s/gu, '');
  if (/^1[3-9]\d{9}$/.test(plain)) return { kind: 'phone', text: plain };
  if (/^\d{17}[\dXx]$/.test(plain)) return { kind: 'id_number', text: plain.toUpperCase() };
  return { kind: 'login_name', text: plain.toLowerCase() };
}

/** 3–32 letters, digits, `-`, `_` or `.`, beginning with a letter. */
export function isLoginName(text: string): boolean {
  return /^[a-z][a-z0-9._-]{2,31}$/.test(text);
}

export function looksLikePin(text: string): boolean {
  return PIN.test(text);
}

/** Wrong PINs after which a card is dead and must be issued anew. */
export const CARD_FAILURES_MAX = 5;

/** A card opens one session: until its first log-in, a re-issue, or five wrong PINs. */
export function isCardUsable(card: {
  failures: number;
  usedAt: Date | null;
  withdrawnAt: Date | null;
}): boolean {
  return card.usedAt === null && card.withdrawnAt === null && card.failures < CARD_FAILURES_MAX;
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

/** Administrators make accounts everywhere; a bureau makes those below it, but no administrator. */
export function mayGrant(actor: Actor, role: Role, path: string): boolean {
  if (hasRole(actor, 'administrator')) return true;
  return role !== 'administrator' && covers(actor, path, 'bureau');
}

/** Who may print a person's card and reset its PIN. */
export function mayIssueCard(actor: Actor, personPath: string): boolean {
  return covers(actor, personPath, 'bureau', 'township_officer');
}

/** What a list of accounts is asked for in its address: those people work with, unless another word stands there. */
export function askedAccounts(query: URLSearchParams): {
  words: string;
  which: 'staff' | 'learners' | 'all';
} {
  const which = query.get('which');
  return {
    words: (query.get('words') ?? '').slice(0, 60),
    which: which === 'learners' || which === 'all' ? which : 'staff',
  };
}
