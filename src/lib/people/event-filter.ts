import { isDay } from '#lib/kernel/day.ts';
import { QUIET_KINDS } from './event-copy.ts';

/** What a page of events is asked for in its address; anything unreadable is no condition. */
export type AskedEvents = { kind: string; stream: string; from: string; until: string };

export function askedEvents(query: URLSearchParams): AskedEvents {
  const day = (name: string) => (isDay(query.get(name) ?? '') ? query.get(name)! : '');
  return {
    kind: (query.get('kind') ?? '').slice(0, 60),
    stream: (query.get('stream') ?? '').slice(0, 80),
    from: day('from'),
    until: day('until'),
  };
}

/** As the query takes it: what goes on by the thousand is left out until it is asked for. */
export function eventFilter(asked: AskedEvents) {
  return { ...asked, without: QUIET_KINDS };
}
