import { refuse } from './copy.ts';

/** Minutes that may be added at once: more are a slip of the finger. */
const EXTRA_MINUTES_MAX = 240;

/** The reason for an exception, trimmed. Refused: reason_missing. */
export function demandReason(reason: string): string {
  if (Array.from(reason.trim()).length < 4) throw refuse('reason_missing');
  return reason.trim();
}

/** Refused: extra_minutes_bad. */
export function demandExtraMinutes(minutes: number): void {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > EXTRA_MINUTES_MAX)
    throw refuse('extra_minutes_bad');
}
