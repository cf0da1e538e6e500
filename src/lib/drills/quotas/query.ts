import { UNIT_KINDS, type UnitKind } from './figure.ts';
import { UNIT_CLASSES, type UnitClass } from './unit.ts';

/** What the address of a page of quotas says; anything unreadable is the usual. */
export type QuotaQuery = { year: number };
export type UnitsQuery = QuotaQuery & { kind: UnitKind; unitClass: UnitClass | null; own: boolean };

const YEARS_BACK = 4;

/** Next year can be planned; further back than four years nobody asks. */
export function readQuotaQuery(query: URLSearchParams, thisYear: number): QuotaQuery {
  const year = Number(query.get('year') ?? thisYear);
  return { year: yearsOf(thisYear).includes(year) ? year : thisYear };
}

export function yearsOf(thisYear: number): number[] {
  return Array.from({ length: YEARS_BACK + 2 }, (_, back) => thisYear + 1 - back);
}

export function readUnitsQuery(query: URLSearchParams, thisYear: number): UnitsQuery {
  const kind = query.get('kind') as UnitKind;
  const unitClass = query.get('class') as UnitClass;
  return {
    ...readQuotaQuery(query, thisYear),
    kind: UNIT_KINDS.includes(kind) ? kind : 'missing',
    unitClass: UNIT_CLASSES.includes(unitClass) ? unitClass : null,
    own: query.get('own') === '1',
  };
}

/** The query string, without what is usual. */
export function queryText(query: Partial<UnitsQuery>, thisYear: number): string {
  const words = new URLSearchParams();
  if (query.kind !== undefined) words.set('kind', query.kind);
  if (query.year !== undefined && query.year !== thisYear) words.set('year', String(query.year));
  if (query.unitClass) words.set('class', query.unitClass);
  if (query.own) words.set('own', '1');
  const text = words.toString();
  return text === '' ? '' : `?${text}`;
}
