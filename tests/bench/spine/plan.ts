import { COUNTY } from '#tests/worlds/coverage-world.ts';

/** How big the world of the bench is. */
export const SIZE = {
  people: 100_000,
  villagesPerTownship: 31,
  candidates: 2_000,
  rosterRows: 20_000,
};

/** At once, as the sizing of the product has it. */
export const LANES = 64;
/** Who look at figures, page after page without a pause: far more than an office does. */
export const READERS = 2;

export const COUNTY_ID = '411426';
export const COUNTY_PATH = COUNTY;
export const TOWNSHIP_ID = '411426101';

/** 45 questions, 100 points. */
export const BLUEPRINT = [
  { topic: null, type: 'single' as const, difficulty: null, count: 20, scoreEach: 2 },
  { topic: null, type: 'multiple' as const, difficulty: null, count: 10, scoreEach: 3 },
  { topic: null, type: 'judge' as const, difficulty: null, count: 15, scoreEach: 2 },
];
export const QUESTIONS = BLUEPRINT.reduce((sum, part) => sum + part.count, 0);

/** Somebody of the world with an open session: `cookie` is what the browser would send. */
export type Person = { personId: string; cookie: string };

/** What the load has to know of the world. */
export type World = {
  examId: string;
  candidates: Person[];
  bureau: string;
  townshipOfficer: string;
  villageId: string;
  rosterFile: string;
  seconds: number;
};
