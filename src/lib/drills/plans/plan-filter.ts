import { PLAN_EVENT_TYPES, PLAN_KINDS, type PlanKind } from './plan.ts';

/** What a list of plans is asked for. */
export type PlanFilter = {
  scope: 'local' | 'model' | 'archived';
  kind: PlanKind | null;
  eventType: string | null;
  /** A division; empty for all. */
  place: string;
  words: string;
};

export const PLAN_SORTS = ['title', 'kind', 'issued'] as const;

/** Reads the conditions of a list from its address; what is unknown is left out. */
export function askedPlans(query: URLSearchParams): PlanFilter {
  const scope = query.get('scope');
  return {
    scope: scope === 'model' || scope === 'archived' ? scope : 'local',
    kind: PLAN_KINDS.find((one) => one === query.get('kind')) ?? null,
    eventType: PLAN_EVENT_TYPES.find((one) => one === query.get('event')) ?? null,
    place: query.get('place') ?? '',
    words: (query.get('q') ?? '').trim().slice(0, 40),
  };
}
