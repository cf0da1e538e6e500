import type { Metric } from './rule.ts';
import type { PersonState } from './standing.ts';

/** Which list a figure opens. */
export const NAME_KINDS = ['missing', 'uncovered', 'met', 'covered', 'exempt', 'due', 'all'] as const;
export type NameKind = (typeof NAME_KINDS)[number];

/** What somebody still has to do under one rule, in hundredths of its unit. */
export type Gap = { missing: number; metric: Metric; title: string; ruleId: string; soft: boolean };

/** A name on a list: who, where, and what is missing. Never a phone or a whole ID number. */
export type NameRow = {
  personId: string;
  name: string;
  idMasked: string;
  county: string;
  township: string;
  village: string;
  unit: string;
  posts: string[];
  state: PersonState;
  covered: boolean;
  gaps: Gap[];
};

export function isNameKind(text: string | null): text is NameKind {
  return (NAME_KINDS as readonly (string | null)[]).includes(text);
}

export function missingAmount(standing: { required: number; done: number }): number {
  return Math.max(0, standing.required - standing.done);
}
