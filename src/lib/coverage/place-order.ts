import { bySlowness, dueOf, leadingRate, missingOf, type Figures } from './figure.ts';

export const PLACE_SORTS = [
  'name',
  'headcount',
  'covered',
  'coverage',
  'due',
  'met',
  'compliance',
  'missing',
] as const;
export type PlaceSort = (typeof PLACE_SORTS)[number];

type Row = { name: string; figures: Figures };

function ratio(numerator: number, denominator: number): number {
  return denominator === 0 ? -1 : numerator / denominator;
}

/** What still has to be done in a place: persons not compliant, or not trained where no rule holds. */
export function togoOf(figures: Figures): number {
  const rate = leadingRate(figures);
  return rate.denominator - rate.numerator;
}

const VALUES: Record<Exclude<PlaceSort, 'name'>, (figures: Figures) => number> = {
  headcount: (figures) => figures.headcount,
  covered: (figures) => figures.covered,
  coverage: (figures) => ratio(figures.covered, figures.headcount),
  due: dueOf,
  met: (figures) => figures.met,
  compliance: (figures) => ratio(figures.met, dueOf(figures)),
  missing: missingOf,
};

/** Places in the order asked for; the slowest first when none is. */
export function inPlaceOrder<Place extends Row>(
  rows: readonly Place[],
  sort: { by: string; descending: boolean } | null,
): Place[] {
  const sign = sort?.descending ? -1 : 1;
  const compare = (a: Place, b: Place): number => {
    if (sort === null) return bySlowness(a.figures, b.figures);
    if (sort.by === 'name') return sign * a.name.localeCompare(b.name, 'zh-CN');
    const value = VALUES[sort.by as Exclude<PlaceSort, 'name'>];
    return sign * (value(a.figures) - value(b.figures));
  };
  return [...rows].sort(compare);
}
