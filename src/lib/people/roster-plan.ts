import type { Day } from '#lib/kernel/day.ts';
import type { CategoryCode, RosterFields, RosterNote } from './roster.ts';

/** A person and the posts that the register already holds, as far as a plan needs them. */
export type KnownPerson = {
  personId: string;
  name: string;
  phone: string;
  posts: readonly KnownPost[];
};

export type KnownPost = {
  postId: string;
  category: string;
  divisionId: string;
  organizationId: string | null;
  operation: string;
  unit: string;
  title: string;
  heldFrom: Day;
};

/** Where a row's post stands: a division of the tree, or a village that is still to be made. */
export type PlannedPlace = { divisionId: string | null; parentId: string; village: string | null };

/** One thing that committing a row would change, for the preview: what, from, to. */
export type PlannedChange = {
  what: 'name' | 'phone' | 'unit' | 'title' | 'post_begun' | 'post_transferred' | 'certificate';
  from: string;
  to: string;
};

/** An accepted row compared with the register. */
export type RosterPlan = {
  outcome: 'create' | 'update' | 'unchanged' | 'confirm';
  personId: string | null;
  /** The post that is updated or ended by a transfer. */
  postId: string | null;
  action: 'begin' | 'change' | 'transfer' | 'none';
  changes: PlannedChange[];
};

/** The row as it is kept between preview and commit: no ID number in clear. */
export type StoredRosterRow = {
  name: string;
  idMasked: string;
  idHash: string;
  idCipher: string;
  sex: RosterFields['sex'];
  birthOn: Day;
  category: CategoryCode;
  place: PlannedPlace;
  townshipName: string | null;
  unit: string;
  title: string;
  phone: string | null;
  operation: string;
  heldFrom: Day;
  certificate: string | null;
  validUntil: Day | null;
  notes: RosterNote[];
  plan: RosterPlan;
};

/** Categories one holds in one place at a time: another place in a later file is a transfer. */
const ONE_PLACE: ReadonlySet<string> = new Set([
  'county_emergency',
  'enforcement',
  'township_emergency',
  'village_station_head',
  'disaster_informant_a',
  'disaster_informant_b',
]);

export type PlannedRow = {
  name: string;
  category: string;
  place: PlannedPlace;
  organizationId: string | null;
  operation: string;
  unit: string;
  title: string;
  phone: string | null;
  heldFrom: Day;
};

/**
 * What committing an accepted row would do. A known number under another name is never changed without
 * a yes; a phone the file leaves empty is no statement; a person a file does not mention is never touched.
 *
 * `placesOfPerson` are all places this file gives the person in the same category, so that somebody who
 * really holds two posts is not transferred back and forth.
 */
export function planRow(
  row: PlannedRow,
  known: KnownPerson | null,
  placesOfPerson: ReadonlySet<string>,
): RosterPlan {
  if (!known) return { outcome: 'create', personId: null, postId: null, action: 'begin', changes: [] };
  const { personId } = known;
  const changes: PlannedChange[] = [];
  if (known.name !== row.name) changes.push({ what: 'name', from: known.name, to: row.name });
  if (row.phone !== null && row.phone !== known.phone)
    changes.push({ what: 'phone', from: known.phone, to: row.phone });
  const same = known.posts.find((post) => isSamePost(post, row));
  if (same) {
    if (row.unit !== '' && same.unit !== row.unit)
      changes.push({ what: 'unit', from: same.unit, to: row.unit });
    if (row.title !== '' && same.title !== row.title)
      changes.push({ what: 'title', from: same.title, to: row.title });
    const action = changes.length > 0 ? 'change' : 'none';
    return { outcome: outcomeOf(changes), personId, postId: same.postId, action, changes };
  }
  const left = ONE_PLACE.has(row.category)
    ? known.posts.find((post) => post.category === row.category && !placesOfPerson.has(post.divisionId))
    : undefined;
  // A roster older than the post says where somebody was before: nobody is transferred back by it.
  if (left && row.heldFrom < left.heldFrom)
    return { outcome: outcomeOf(changes), personId, postId: null, action: 'none', changes };
  if (left) {
    changes.push({ what: 'post_transferred', from: left.unit, to: row.unit });
    return { outcome: outcomeOf(changes), personId, postId: left.postId, action: 'transfer', changes };
  }
  changes.push({ what: 'post_begun', from: '', to: row.unit });
  const outcome = changes.some((change) => change.what === 'name') ? 'confirm' : 'create';
  return { outcome, personId, postId: null, action: 'begin', changes };
}

function isSamePost(post: KnownPost, row: PlannedRow): boolean {
  return (
    post.category === row.category &&
    post.divisionId === row.place.divisionId &&
    post.organizationId === row.organizationId &&
    post.operation === row.operation
  );
}

function outcomeOf(changes: readonly PlannedChange[]): RosterPlan['outcome'] {
  if (changes.some((change) => change.what === 'name')) return 'confirm';
  return changes.length > 0 ? 'update' : 'unchanged';
}
