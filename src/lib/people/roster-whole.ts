import { ROSTER_CODES, type RosterCode, type RosterNote } from './roster.ts';
import type { ReadRow } from './roster-row.ts';

/**
 * What rows make of each other, added to them: one number under two names (`id_name_conflict`, neither is
 * taken), the same person in the same post again (`duplicate_row`, the first good row is taken), and what
 * is only worth a look: a second post, a shared phone, a namesake.
 */
export function judgeTogether(rows: readonly ReadRow[]): void {
  markConflicts(rows);
  markDuplicates(rows);
  const good = rows.filter((row) => row.faults.length === 0);
  markCompany(good);
  markNamesakes(good);
}

function markConflicts(rows: readonly ReadRow[]): void {
  for (const [, same] of grouped(rows, ({ idIsSound, fields }) =>
    idIsSound && fields.name ? fields.id : null,
  )) {
    if (new Set(same.map(({ fields }) => fields.name)).size < 2) continue;
    for (const row of same) {
      const other = same.filter(({ fields }) => fields.name !== row.fields.name).map((found) => found.row);
      row.faults.push({ code: 'id_name_conflict', field: 'id', shown: row.fields.id, other });
    }
  }
}

function markDuplicates(rows: readonly ReadRow[]): void {
  const kept = new Map<string, number>();
  for (const row of rows) {
    const post = postKey(row);
    if (post === null || row.faults.some(({ code }) => code === 'id_name_conflict')) continue;
    const first = kept.get(post);
    if (first !== undefined)
      row.faults.push({ code: 'duplicate_row', field: 'id', shown: row.fields.id, other: [first] });
    else if (row.faults.length === 0) kept.set(post, row.row);
  }
}

/** A person in a post: category, place and operation; null when one of them could not be read. */
function postKey({ idIsSound, fields, faults }: ReadRow): string | null {
  const unsure: readonly RosterCode[] = [
    'category_unknown',
    'township_missing',
    'township_unknown',
    'operation_missing',
    'operation_unknown',
  ];
  if (!idIsSound || faults.some(({ code }) => unsure.includes(code))) return null;
  return [fields.id, fields.category, fields.townshipId, fields.village, fields.operation].join('|');
}

function markCompany(rows: readonly ReadRow[]): void {
  const people = new Map<string, ReadRow[]>();
  const phones = new Map<string, string>();
  for (const row of rows) {
    const { id, phone, category, operation } = row.fields;
    const before = people.get(id) ?? [];
    if (before.length > 0) {
      const isCertificate = category === 'special_operator' && before.some((other) => other.fields.operation);
      row.notes.push(
        isCertificate
          ? plainNote('second_certificate', 'operation', operation ?? '')
          : plainNote('second_post', 'category', category),
      );
    }
    people.set(id, [...before, row]);
    if (phone && (phones.get(phone) ?? id) !== id) row.notes.push(plainNote('phone_shared', 'phone', phone));
    if (phone && !phones.has(phone)) phones.set(phone, id);
  }
}

/** The first row of each of several people of one name, so that the list names each pair once. */
function markNamesakes(rows: readonly ReadRow[]): void {
  for (const [name, same] of grouped(rows, ({ fields }) => fields.name)) {
    const others = new Set(same.map(({ fields }) => fields.id)).size;
    if (others > 1) same[0]!.notes.push(plainNote('same_name_other_person', 'name', name));
  }
}

function plainNote(code: RosterNote['code'], field: RosterNote['field'], becomes: string): RosterNote {
  return { code, field, written: becomes, becomes };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** Faults in the order in which they are named: the first is the main one. */
export function byRank<Fault extends { code: RosterCode }>(faults: readonly Fault[]): Fault[] {
  return [...faults].sort((one, other) => ROSTER_CODES.indexOf(one.code) - ROSTER_CODES.indexOf(other.code));
}
