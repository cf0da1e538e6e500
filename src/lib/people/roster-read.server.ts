import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf, type Day } from '#lib/kernel/day.ts';
import { countedNotes, shownHeadings, type ImportHeading } from '#lib/kernel/sheet-import.ts';
import { read, type Db } from '#lib/server/db/open.ts';
import { categoryAlias, division, organization, person, post } from '#lib/server/db/schema/people.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import type { Job, JobStep } from '#lib/server/jobs/jobs.ts';
import { lookUpHash, sealIdNumber } from '#lib/server/keys.ts';
import { readUploaded } from '#lib/server/sheets/import-steps.ts';
import * as imports from '#lib/server/sheets/imports.ts';
import { readRosterInWorker } from '#lib/server/sheets/in-worker.ts';
import { openSealed } from '#lib/server/storage.ts';
import { refuseImport } from './import-copy.ts';
import { maskedIdNumber, withoutIdNumbers } from './id-number.ts';
import { inPlaceOrder } from './roster-order.ts';
import { planRow, type KnownPerson, type PlannedPlace, type StoredRosterRow } from './roster-plan.ts';
import {
  CATEGORY_LEVELS,
  type AcceptedRow,
  type CategoryCode,
  type Enterprise,
  type RefusedRow,
  type RosterField,
  type RosterFields,
  type RosterNote,
  type RosterOptions,
  type RosterReading,
  type RosterReference,
  type WholeCategory,
} from './roster.ts';
import { ROSTER_FIELD_NAMES } from './roster-copy.ts';
import { OPERATIONS_2010 } from './roster-words.ts';

/** What the preview shows above its rows. */
export type RosterSummary = {
  kind: RosterReading['kind'];
  sheetName: string;
  otherSheets: string[];
  wholeCategory: WholeCategory | null;
  /** What the choice of a whole file's category is remembered by. */
  fileKey: string;
  title: string;
  reportedBy: string;
  asOf: Day;
  asOfSource: RosterReading['asOfSource'];
  enterprise: (Enterprise & { id: string | null }) | null;
  headings: ImportHeading[];
  skipped: { row: number; why: string }[];
  persons: number;
  notes: Record<string, number>;
};

/** What a file of this county is compared with. */
export async function rosterReference(db: Db, countyId: string): Promise<RosterReference> {
  const [county] = await db.select().from(division).where(eq(division.id, countyId));
  const townships = await db.select().from(division).where(eq(division.parentId, countyId));
  const aliases = await db
    .select()
    .from(categoryAlias)
    .where(inArray(categoryAlias.divisionId, ['', countyId]));
  // The county's own words stand over everybody's.
  const ordered = aliases.toSorted((a, b) => a.divisionId.length - b.divisionId.length);
  return {
    countyName: county?.name ?? '',
    townships: townships.map(({ id, name }) => ({ id, name })),
    categories: Object.fromEntries(ordered.map(({ word, category }) => [word, category as CategoryCode])),
    operations: OPERATIONS_2010,
  };
}

/** The job that reads an uploaded roster and compares it with the register; harmless to repeat. */
export async function readRoster(actor: Actor, job: Job, now: Date): Promise<JobStep> {
  return await readUploaded(actor, job, now, async (found, stored) => {
    const { divisionId, organizationId, fileName, createdAt } = found;
    const mapping = found.mapping as RosterMapping | null;
    const choices = found.choices as RosterChoices | null;
    const file = { divisionId, organizationId, fileName, mapping, choices, uploadedOn: dayOf(createdAt) };
    const {
      rows,
      summary,
      lacking: fields,
    } = await decideFile(actor, { ...file, bytes: await openSealed(stored) });
    const lacking = fields.map((field) => ROSTER_FIELD_NAMES[field]);
    const refusal =
      lacking.length > 0 ? refuseImport('roster_columns_lacking', { fields: lacking }).message : null;
    return { rows: inPlaceOrder(rows), summary, asOf: summary.asOf, refusal };
  });
}

type RosterMapping = Partial<Record<RosterField, number>>;
type RosterChoices = Pick<RosterOptions, 'sheetName' | 'category'>;

/** The kind of memory that keeps the one category of files without a column for it. */
export const CATEGORY_MEMORY = 'roster_category';

type RosterFile = {
  divisionId: string;
  /** The enterprise of an enterprise manager, who may load no other. */
  organizationId: string | null;
  bytes: Uint8Array;
  fileName: string;
  mapping: RosterMapping | null;
  choices: RosterChoices | null;
  uploadedOn: Day;
};

/** Reads a roster in a worker and compares each row with the register; changes nothing. */
export async function decideFile(
  _system: Actor,
  file: RosterFile,
): Promise<{ rows: StoredRow[]; summary: RosterSummary; lacking: RosterField[] }> {
  const { reference, memory, categoryMemory } = await read(async (db) => ({
    reference: await rosterReference(db, file.divisionId),
    memory: await imports.readColumnMemory(db, file.divisionId, 'roster'),
    categoryMemory: await imports.readColumnMemory(db, file.divisionId, CATEGORY_MEMORY),
  }));
  const options: RosterOptions = {
    uploadedOn: file.uploadedOn,
    memory: memory as Record<string, RosterField | ''>,
    categoryMemory,
    ...(file.mapping ? { mapping: file.mapping } : {}),
    ...file.choices,
  };
  const reading = await readRosterInWorker({
    bytes: file.bytes,
    fileName: file.fileName,
    reference,
    options,
  });
  return await read(async (db) => {
    const enterprise = await enterpriseOf(db, file, reading);
    const rows = await planReading(db, file.divisionId, reading, enterprise?.id ?? null);
    return { rows, summary: summaryOf(reading, enterprise), lacking: reading.lacking };
  });
}

async function enterpriseOf(
  db: Db,
  file: RosterFile,
  reading: RosterReading,
): Promise<RosterSummary['enterprise']> {
  const own = file.organizationId;
  if (reading.kind === 'cadre') {
    if (own !== null) throw refuseImport('roster_not_enterprise');
    return null;
  }
  if (!reading.enterprise?.name) throw refuseImport('enterprise_unnamed');
  const { name, creditCode } = reading.enterprise;
  const inCounty = await db.select().from(organization).where(eq(organization.divisionId, file.divisionId));
  const known =
    inCounty.find((one) => creditCode !== '' && one.creditCode === creditCode) ??
    inCounty.find((one) => one.name === name);
  if (own !== null && known?.id !== own) {
    const mine = inCounty.find((one) => one.id === own)?.name ?? '';
    throw refuseImport('enterprise_not_yours', { found: name, own: mine });
  }
  return { ...reading.enterprise, id: known?.id ?? null };
}

type StoredRow = imports.DecidedRow;

async function planReading(
  db: Db,
  divisionId: string,
  reading: RosterReading,
  organizationId: string | null,
): Promise<StoredRow[]> {
  const accepted = reading.rows.filter((row): row is AcceptedRow => row.outcome === 'accepted');
  const hashes = new Map<number, string>();
  for (const slice of inSlices(accepted)) {
    for (const row of slice) hashes.set(row.row, lookUpHash(row.fields.id));
    await letOthersIn();
  }
  const known = await knownPeople(db, [...new Set(hashes.values())]);
  const villages = await villagesOf(db, accepted);
  const places = new Map(accepted.map((row) => [row.row, placeOf(row.fields, divisionId, villages)]));
  const placesOfPerson = Map.groupBy(accepted, (row) => `${hashes.get(row.row)}|${row.fields.category}`);
  await letOthersIn();
  const planned = (row: RosterReading['rows'][number]): StoredRow => {
    if (row.outcome === 'refused') return refusedRow(row);
    const hash = hashes.get(row.row)!;
    const place = places.get(row.row)!;
    const others = placesOfPerson.get(`${hash}|${row.fields.category}`) ?? [];
    const stated = new Set(others.map((other) => places.get(other.row)!.divisionId ?? ''));
    const stored = storedRow(row, hash, place, reading.asOf);
    const plan = planRow({ ...stored, organizationId }, known.get(hash) ?? null, stated);
    return {
      row: row.row,
      outcome: plan.outcome,
      confirmed: false,
      decision: { ...stored, plan },
      appliedAt: null,
    };
  };
  const rows: StoredRow[] = [];
  for (const slice of inSlices(reading.rows)) {
    rows.push(...slice.map(planned));
    await letOthersIn();
  }
  return rows;
}

/** Between two slices of rows: twenty thousand at once would hold every other request for a second. */
function letOthersIn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Refused cells and certificate numbers (T and an ID number) may hold most of a real number. */
function refusedRow(row: RefusedRow): StoredRow {
  const decision = { ...row, shown: withoutIdNumbers(row.shown), message: withoutIdNumbers(row.message) };
  return { row: row.row, outcome: 'refused', confirmed: false, decision, appliedAt: null };
}

function storedRow(
  row: AcceptedRow,
  idHash: string,
  place: PlannedPlace,
  asOf: Day,
): Omit<StoredRosterRow, 'plan'> {
  const {
    name,
    id,
    sex,
    birthOn,
    category,
    townshipName,
    unit,
    title,
    phone,
    operation,
    hiredOn,
    certificate,
    validUntil,
  } = row.fields;
  return {
    ...{
      name,
      idMasked: maskedIdNumber(id),
      idHash,
      idCipher: sealIdNumber(id),
      sex,
      birthOn,
      category,
      place,
    },
    ...{ townshipName, unit, title, phone, operation: operation ?? '', heldFrom: hiredOn ?? asOf },
    ...{ certificate: certificate && withoutIdNumbers(certificate), validUntil, notes: keptNotes(row) },
  };
}

function keptNotes(row: AcceptedRow): RosterNote[] {
  return row.notes
    .filter((note) => note.field !== 'id')
    .map((note) => ({
      ...note,
      written: withoutIdNumbers(note.written),
      becomes: withoutIdNumbers(note.becomes),
    }));
}

function placeOf(fields: RosterFields, countyId: string, villages: Map<string, string>): PlannedPlace {
  const level = CATEGORY_LEVELS[fields.category];
  if (level === 'township')
    return { divisionId: fields.townshipId, parentId: fields.townshipId ?? countyId, village: null };
  if (level !== 'village' || fields.townshipId === null)
    return { divisionId: countyId, parentId: countyId, village: null };
  // A village-level post whose 单位 names no village stands in the township itself.
  if (fields.village === null)
    return { divisionId: fields.townshipId, parentId: fields.townshipId, village: null };
  const divisionId = villages.get(`${fields.townshipId}|${fields.village}`) ?? null;
  return { divisionId, parentId: fields.townshipId, village: fields.village };
}

async function villagesOf(db: Db, accepted: AcceptedRow[]): Promise<Map<string, string>> {
  const townships = [
    ...new Set(accepted.flatMap((row) => (row.fields.townshipId ? [row.fields.townshipId] : []))),
  ];
  if (townships.length === 0) return new Map();
  const rows = await db.select().from(division).where(inArray(division.parentId, townships));
  return new Map(rows.map((row) => [`${row.parentId}|${row.name}`, row.id]));
}

/** People by the hash of their number; a merged record stands for the one it was merged into. */
async function knownPeople(db: Db, hashes: string[]): Promise<Map<string, KnownPerson>> {
  const known = new Map<string, KnownPerson>();
  for (const slice of inSlices(hashes, 400)) {
    await letOthersIn();
    const people = await db.select().from(person).where(inArray(person.idHash, slice));
    const ids = people.map((one) => one.mergedInto ?? one.id);
    if (ids.length === 0) continue;
    const posts = await db
      .select()
      .from(post)
      .where(and(inArray(post.personId, ids), isNull(post.heldUntil)));
    const byPerson = Map.groupBy(posts, (one) => one.personId);
    for (const one of people) {
      const personId = one.mergedInto ?? one.id;
      const held = (byPerson.get(personId) ?? []).map(({ id, ...rest }) => ({ postId: id, ...rest }));
      known.set(one.idHash!, { personId, name: one.name, phone: one.phone, posts: held });
    }
  }
  return known;
}

function summaryOf(reading: RosterReading, enterprise: RosterSummary['enterprise']): RosterSummary {
  const accepted = reading.rows.filter((row) => row.outcome === 'accepted');
  const { kind, sheetName, otherSheets, title, reportedBy, asOf, asOfSource, wholeCategory, fileKey } =
    reading;
  return {
    ...{ kind, sheetName, otherSheets, title, reportedBy, asOf, asOfSource, enterprise },
    ...{ wholeCategory, fileKey },
    notes: countedNotes(reading.rows),
    headings: shownHeadings(reading),
    skipped: reading.skipped,
    persons: new Set(accepted.map((row) => row.fields.id)).size,
  };
}
