import type { YearTotals } from './person-year.ts';
import { doneUnder, rulesFor, type PostHeld, type RuleInForce } from './rule.ts';

/** Where one post stands against one rule in a year; `ruleId` is empty where no rule covers the post. */
export type Standing = {
  postId: string;
  ruleId: string;
  year: number;
  personId: string;
  category: string;
  roster: string;
  divisionId: string;
  path: string;
  organizationId: string | null;
  required: number;
  done: number;
  exempt: boolean;
  met: boolean;
  covered: boolean;
};

/** Everything a person's standings of a year follow from. */
export type PersonInYear = {
  personId: string;
  posts: readonly PostHeld[];
  totals: YearTotals;
  /** Rules from which the person has an approved exemption in the year. */
  exemptFrom: ReadonlySet<string>;
};

export const NO_RULE = '';

/** One standing per post and rule, and one without a rule for a post that no rule covers. */
export function standingsOf(person: PersonInYear, year: number, rules: readonly RuleInForce[]): Standing[] {
  const covered = person.totals.items > 0;
  return person.posts.flatMap((post) => {
    const { category, roster, divisionId, path, organizationId } = post;
    const base = {
      postId: post.id,
      year,
      personId: person.personId,
      category,
      roster,
      divisionId,
      path,
      organizationId,
      covered,
    };
    const fitting = rulesFor(post, rules);
    if (fitting.length === 0)
      return [{ ...base, ruleId: NO_RULE, required: 0, done: 0, exempt: false, met: false }];
    return fitting.map((rule) => {
      const done = doneUnder(rule, person.totals);
      return {
        ...base,
        ruleId: rule.id,
        required: rule.required,
        done,
        exempt: rule.strength === 'soft' && person.exemptFrom.has(rule.id),
        met: done >= rule.required,
      };
    });
  });
}

const COMPARED = [
  'personId',
  'category',
  'roster',
  'divisionId',
  'path',
  'organizationId',
  'required',
  'done',
  'exempt',
  'met',
  'covered',
] as const satisfies (keyof Standing)[];

export function standingKey(standing: Pick<Standing, 'postId' | 'ruleId' | 'year'>): string {
  return `${standing.postId}|${standing.ruleId}|${standing.year}`;
}

export function sameStanding(a: Standing, b: Standing): boolean {
  return COMPARED.every((key) => a[key] === b[key]);
}

/** What has to be stored so that the kept standings become the right ones. */
export function standingChanges(kept: readonly Standing[], right: readonly Standing[]) {
  const known = new Map(kept.map((standing) => [standingKey(standing), standing]));
  const wanted = new Set(right.map(standingKey));
  return {
    stored: right.filter((standing) => {
      const before = known.get(standingKey(standing));
      return before === undefined || !sameStanding(before, standing);
    }),
    removed: kept.filter((standing) => !wanted.has(standingKey(standing))),
  };
}

/** How a person stands in some group of posts: what decides in which list the name is. */
export type PersonState = 'unruled' | 'exempt' | 'met' | 'missing';

/** Compliant when every rule without exemption is met; exempt only when all of the rules are. */
export function stateOf(standings: readonly Pick<Standing, 'ruleId' | 'exempt' | 'met'>[]): PersonState {
  const ruled = standings.filter((standing) => standing.ruleId !== NO_RULE);
  if (ruled.length === 0) return 'unruled';
  const due = ruled.filter((standing) => !standing.exempt);
  if (due.length === 0) return 'exempt';
  return due.every((standing) => standing.met) ? 'met' : 'missing';
}
