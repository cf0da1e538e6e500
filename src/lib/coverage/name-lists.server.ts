import type { Actor } from '#lib/kernel/actor.ts';
import type { PageOf } from '#lib/kernel/page-of.ts';
import type { Figures } from './figure.ts';
import { readCoverage, readOrganizationCoverage, type CategoryFigures } from './figures.server.ts';
import type { NameRow } from './name-row.ts';
import { listMissing, type NameFilters } from './names.server.ts';
import { PASTE_NAMES_MAX, readPaste } from './reports.server.ts';

/** What every page of names shows: the list, the counts of its tabs, and the text to paste. */
export type NameList = {
  list: PageOf<NameRow>;
  figures: Figures | null;
  categories: { code: string; name: string }[];
  paste: string[];
  pasteMax: number;
  at: Date;
};

function countsOf(
  filters: NameFilters,
  counted: { figures: Figures; own?: Figures | null; categories: CategoryFigures[] },
): Figures | null {
  if (filters.q !== '') return null;
  if (filters.category === null) return filters.own ? (counted.own ?? null) : counted.figures;
  if (filters.own) return null;
  return counted.categories.find((one) => one.code === filters.category)?.figures ?? null;
}

async function readList(actor: Actor, filters: NameFilters, page: number, now: Date) {
  const list = await listMissing(actor, filters, page);
  return {
    list,
    paste: await readPaste(actor, filters, list.total, now),
    pasteMax: PASTE_NAMES_MAX,
    at: now,
  };
}

const named = ({ code, name }: CategoryFigures) => ({ code, name });

/** A page of names of a place. Refused: not_found, forbidden. */
export async function readNames(actor: Actor, filters: NameFilters, page: number, now: Date) {
  const coverage = await readCoverage(actor, filters, now);
  const { place, above, categories } = coverage;
  return {
    ...(await readList(actor, filters, page, now)),
    ...{ place, above, figures: countsOf(filters, coverage), categories: categories.map(named) },
  } satisfies NameList & Record<string, unknown>;
}

/** A page of names of an enterprise. Refused: not_found. */
export async function readOrganizationNames(actor: Actor, filters: NameFilters, page: number, now: Date) {
  const coverage = await readOrganizationCoverage(actor, filters.organizationId ?? '', filters.year, now);
  const { organization, categories } = coverage;
  return {
    ...(await readList(actor, filters, page, now)),
    ...{ organization, figures: countsOf(filters, coverage), categories: categories.map(named) },
  } satisfies NameList & Record<string, unknown>;
}
