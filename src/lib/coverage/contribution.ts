import { FIGURE_KEYS, NO_FIGURES, type Figures } from './figure.ts';
import { stateOf, type Standing } from './standing.ts';

/** What one person adds to the figures of one place and group: every figure is 0 or 1. */
export type Contribution = Figures & { divisionId: string; grouping: string; depth: number };

/** Posts held at the place itself, not below it: without this row the places below would not add up. */
export const OWN = 'own:';
/** Villages have nothing below them, so their own posts are all of them. */
const VILLAGE_DEPTH = 5;

export function categoryGrouping(category: string): string {
  return `category:${category}`;
}

export function contributionKey(divisionId: string, grouping: string): string {
  return `${divisionId}|${grouping}`;
}

/** The division ids of a path, from the root down. */
export function idsOf(path: string): string[] {
  return path.split('/').filter((id) => id !== '');
}

function figuresOf(standings: readonly Standing[]): Figures {
  const state = stateOf(standings);
  return {
    headcount: 1,
    covered: Number(standings.some((standing) => standing.covered)),
    ruled: Number(state !== 'unruled'),
    exempt: Number(state === 'exempt'),
    met: Number(state === 'met'),
  };
}

/**
 * What one person's standings of one year add to the figures of every place above each post, each place
 * counting the person once and only by the posts inside it.
 */
export function contributions(standings: readonly Standing[]): Map<string, Contribution> {
  const groups = new Map<
    string,
    { divisionId: string; grouping: string; depth: number; standings: Standing[] }
  >();
  for (const standing of standings) {
    const ids = idsOf(standing.path);
    const add = (divisionId: string, grouping: string, depth: number) => {
      const key = contributionKey(divisionId, grouping);
      const group = groups.get(key);
      if (group) group.standings.push(standing);
      else groups.set(key, { divisionId, grouping, depth, standings: [standing] });
    };
    for (const [index, id] of ids.entries()) {
      add(id, standing.roster, index + 1);
      add(id, categoryGrouping(standing.category), index + 1);
    }
    if (ids.length < VILLAGE_DEPTH) add(ids.at(-1)!, OWN + standing.roster, ids.length);
  }
  const result = new Map<string, Contribution>();
  for (const [key, group] of groups) {
    const { divisionId, grouping, depth } = group;
    result.set(key, { divisionId, grouping, depth, ...figuresOf(group.standings) });
  }
  return result;
}

/** Adds contributions to a running sum, with a sign. */
export function accumulate(
  sum: Map<string, Contribution>,
  added: ReadonlyMap<string, Contribution>,
  sign: 1 | -1,
): void {
  for (const [key, contribution] of added) {
    let total = sum.get(key);
    if (!total) sum.set(key, (total = { ...contribution, ...NO_FIGURES }));
    for (const figure of FIGURE_KEYS) total[figure] += sign * contribution[figure];
  }
}

/**
 * What the counters must be changed by, deepest division first (village before county), so that two
 * writes lock shared rows in the same order. Places where nothing changed are left out.
 */
export function counterChanges(sum: ReadonlyMap<string, Contribution>): Contribution[] {
  return [...sum.values()]
    .filter((change) => FIGURE_KEYS.some((figure) => change[figure] !== 0))
    .sort(
      (a, b) =>
        b.depth - a.depth ||
        (a.divisionId < b.divisionId
          ? -1
          : a.divisionId > b.divisionId
            ? 1
            : a.grouping < b.grouping
              ? -1
              : 1),
    );
}
