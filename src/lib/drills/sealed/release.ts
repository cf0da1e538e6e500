/**
 * Who may know what of a double-blind drill, until when: one table for pages, screens and streams. What it
 * does not give is not sent. The stages only go forward.
 */

export const RELEASE_STAGES = [
  /** Being prepared; nothing drawn yet. */
  'preparing',
  'drawn',
  /** So many minutes before the start as the drill says (T-x). */
  'near',
  'started',
  'first_inject',
  'ended',
  'hot_wash',
  'published',
] as const;
export type ReleaseStage = (typeof RELEASE_STAGES)[number];

export const RELEASE_ITEMS = [
  'existence',
  'start',
  'unit_place',
  'scenario',
  'injects',
  'expectations',
  'sheets',
  'evaluators',
  'own_scores',
  'others_traffic',
  'findings',
] as const;
export type ReleaseItem = (typeof RELEASE_ITEMS)[number];

/** `outsider`: a unit's leader or administrator who is not on the list. `administrator`: of the system. */
export const RELEASE_PARTS = [
  'player',
  'outsider',
  'trusted',
  'director',
  'evaluator',
  'observer',
  'administrator',
] as const;
export type ReleasePart = (typeof RELEASE_PARTS)[number];

/** How much of an item. `blob`: that the installation holds sealed records, which every installation does. */
export type Extent =
  | 'none'
  | 'blob'
  | 'activity'
  | 'without_unit'
  | 'as_injected'
  | 'by_channel'
  | 'own_unit'
  | 'own_team'
  | 'own_sheet'
  | 'selected'
  | 'draft'
  | 'full';

/** Whoever asks. The needs are what the director wrote down for this person, with a reason. */
export type Knower = {
  part: ReleasePart;
  /** Has signed the undertaking. */
  signed: boolean;
  needsStart: boolean;
  needsScenario: boolean;
  /** Receives the drill at the drawn place. */
  isHost: boolean;
  /** The drill lets its director watch the scores of the units as they come. */
  scoresLive: boolean;
};

type Step = readonly [ReleaseStage, Extent, ((knower: Knower) => boolean)?];

const NEVER: readonly Step[] = [];
const from = (stage: ReleaseStage, extent: Extent = 'full'): readonly Step[] => [[stage, extent]];
const SEALED = NEVER;

const TABLE: Record<ReleaseItem, Record<ReleasePart, readonly Step[]>> = {
  existence: {
    player: from('first_inject'),
    outsider: from('first_inject'),
    trusted: [['preparing', 'full', ({ signed }) => signed]],
    director: from('preparing'),
    evaluator: [
      ['preparing', 'without_unit'],
      ['near', 'full'],
    ],
    observer: [
      ['near', 'activity'],
      ['first_inject', 'full'],
    ],
    administrator: from('preparing', 'blob'),
  },
  start: {
    player: from('first_inject'),
    outsider: from('first_inject'),
    trusted: [
      ['drawn', 'full', ({ signed, needsStart }) => signed && needsStart],
      ['first_inject', 'full'],
    ],
    // A director may choose not to know it either (随机开始).
    director: [
      ['drawn', 'full', ({ needsStart }) => needsStart],
      ['started', 'full'],
    ],
    evaluator: from('near'),
    observer: from('near'),
    administrator: SEALED,
  },
  unit_place: {
    player: from('first_inject'),
    outsider: from('first_inject'),
    trusted: [['drawn', 'full', ({ signed, isHost }) => signed && isHost]],
    director: from('drawn'),
    // Drawn, and no earlier than the unit's name is told at all: the stricter of two cells of the table.
    evaluator: from('near'),
    observer: from('near'),
    administrator: SEALED,
  },
  scenario: {
    player: from('first_inject', 'as_injected'),
    outsider: from('first_inject', 'as_injected'),
    trusted: [['preparing', 'full', ({ signed, needsScenario }) => signed && needsScenario]],
    director: from('preparing'),
    evaluator: [
      ['preparing', 'full', ({ needsScenario }) => needsScenario],
      ['started', 'full'],
    ],
    observer: from('first_inject', 'as_injected'),
    administrator: SEALED,
  },
  injects: {
    player: from('ended'),
    outsider: from('ended'),
    trusted: NEVER,
    director: from('preparing'),
    evaluator: from('preparing', 'own_unit'),
    observer: NEVER,
    administrator: SEALED,
  },
  expectations: {
    player: from('ended'),
    outsider: from('ended'),
    trusted: NEVER,
    director: from('preparing'),
    evaluator: from('preparing', 'own_unit'),
    observer: from('ended'),
    administrator: SEALED,
  },
  sheets: {
    player: from('ended'),
    outsider: from('ended'),
    trusted: NEVER,
    director: from('preparing'),
    evaluator: from('preparing'),
    observer: from('ended'),
    administrator: SEALED,
  },
  evaluators: {
    player: from('ended'),
    outsider: from('ended'),
    trusted: NEVER,
    director: from('preparing'),
    evaluator: from('preparing', 'own_team'),
    observer: from('ended'),
    administrator: SEALED,
  },
  own_scores: {
    player: from('published'),
    outsider: from('published'),
    trusted: NEVER,
    director: [
      ['started', 'full', ({ scoresLive }) => scoresLive],
      ['published', 'full'],
    ],
    evaluator: from('started', 'own_sheet'),
    observer: NEVER,
    administrator: SEALED,
  },
  others_traffic: {
    player: from('first_inject', 'by_channel'),
    outsider: NEVER,
    trusted: NEVER,
    director: from('started'),
    evaluator: from('started', 'own_unit'),
    observer: from('started', 'selected'),
    administrator: NEVER,
  },
  findings: {
    player: from('published'),
    outsider: from('published'),
    trusted: from('published'),
    director: from('preparing'),
    evaluator: [
      ['preparing', 'draft'],
      ['published', 'full'],
    ],
    observer: from('published'),
    administrator: from('published'),
  },
};

/** How much of an item somebody may know at a stage. */
export function released(item: ReleaseItem, knower: Knower, stage: ReleaseStage): Extent {
  const now = RELEASE_STAGES.indexOf(stage);
  let extent: Extent = 'none';
  for (const [begins, gives, holds] of TABLE[item][knower.part])
    if (RELEASE_STAGES.indexOf(begins) <= now && (holds?.(knower) ?? true)) extent = gives;
  return extent;
}
