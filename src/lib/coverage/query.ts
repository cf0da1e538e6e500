import { isNameKind, type NameKind } from './name-row.ts';

/** What the address of a coverage page says; anything unreadable is the usual. */
export type CoverageQuery = { year: number; grouping: 'cadre' | 'enterprise' };
export type NamesQuery = CoverageQuery & { category: string | null; kind: NameKind; own: boolean; q: string };

const YEARS_BACK_MAX = 20;

export function readCoverageQuery(query: URLSearchParams, thisYear: number): CoverageQuery {
  const year = Number(query.get('year') ?? thisYear);
  const known = Number.isInteger(year) && year <= thisYear && year > thisYear - YEARS_BACK_MAX;
  return {
    year: known ? year : thisYear,
    grouping: query.get('grouping') === 'enterprise' ? 'enterprise' : 'cadre',
  };
}

export function readNamesQuery(query: URLSearchParams, thisYear: number): NamesQuery {
  const kind = query.get('kind');
  return {
    ...readCoverageQuery(query, thisYear),
    category: query.get('category') || null,
    kind: isNameKind(kind) ? kind : 'missing',
    own: query.get('own') === '1',
    q: (query.get('q') ?? '').trim().slice(0, 20),
  };
}

/** The query string of a coverage or names page, without what is usual. */
export function queryText(query: Partial<NamesQuery>, thisYear: number): string {
  const words = new URLSearchParams();
  if (query.kind !== undefined) words.set('kind', query.kind);
  if (query.grouping === 'enterprise') words.set('grouping', 'enterprise');
  if (query.year !== undefined && query.year !== thisYear) words.set('year', String(query.year));
  if (query.category) words.set('category', query.category);
  if (query.own) words.set('own', '1');
  if (query.q) words.set('q', query.q);
  const text = words.toString();
  return text === '' ? '' : `?${text}`;
}

/** Years that can be asked for: this one and the four before. */
export function yearsUpTo(thisYear: number): number[] {
  return [0, 1, 2, 3, 4].map((back) => thisYear - back);
}
