import { hasRole, type Actor } from '#lib/kernel/actor.ts';
import { CARD_FAILURES_MAX } from './account.ts';

export const CARD_STATES = ['none', 'unused', 'used', 'locked'] as const;
export type CardState = (typeof CARD_STATES)[number];

/** Where the card in force stands; null when none was ever printed. */
export function cardStateOf(card: { failures: number; usedAt: Date | null } | null): CardState {
  if (card === null) return 'none';
  if (card.usedAt !== null) return 'used';
  return card.failures >= CARD_FAILURES_MAX ? 'locked' : 'unused';
}

export function isCardState(text: string | null): text is CardState {
  return (CARD_STATES as readonly (string | null)[]).includes(text);
}

/** Cards of one printing: 25 sheets of A4. */
export const CARDS_MAX = 200;

/** Login name of an account that only a card opens: nobody needs to know it. */
export function cardLoginName(id: string): string {
  return `p-${id.replaceAll('-', '').slice(-12)}`;
}

/** Who has the page of cards at all; whose cards, {@link mayIssueCard} decides. */
export function mayEnterCards(actor: Actor): boolean {
  return hasRole(actor, 'bureau', 'township_officer');
}
