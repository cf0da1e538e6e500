import { addDays, type Day } from '#lib/kernel/day.ts';
import { halfWidth, withoutSpaces } from '#lib/kernel/chinese.ts';
import type { Cell } from '#lib/kernel/sheet.ts';
import { isBlank, plainNumber, shownText } from '#lib/kernel/sheet-grid.ts';
import { idBirthOn, idFrom15, idNumberFaults, idSex } from './id-number.ts';
import {
  cleanId,
  cleanName,
  cleanPhone,
  cleanText,
  hasLostDigits,
  hasRareCharacter,
  isPhone,
  saysNothing,
} from './roster-cells.ts';
import { readDay } from './roster-day.ts';
import type { RosterLookup } from './roster-lookup.ts';
import { villageName } from './roster-places.ts';
import { CATEGORY_LEVELS, type CategoryCode, type RosterCode, type RosterFault } from './roster.ts';
import type { RosterField, RosterFields, RosterNote, RosterNoteCode } from './roster.ts';
import { COUNTY_LEVEL_WORDS, HOURS_FORM, SEX_ALIASES, SEX_WORDS, type Sex } from './roster-words.ts';

/** One row read by itself; what other rows make of it is decided by `roster-whole.ts`. */
export type ReadRow = {
  row: number;
  fields: RosterFields;
  notes: RosterNote[];
  faults: RosterFault[];
  /** Whether the number can be trusted; `fields.id` is empty otherwise. */
  idIsSound: boolean;
};

/** The cells of one row by field; null for a field that no column holds. */
export type RowCells = (field: RosterField) => Cell | null;

const EXPIRING_DAYS = 90;

/** What all rows of a file are judged with. */
export type RowTerms = { asOf: Day; lookup: RosterLookup; category?: CategoryCode };

type Draft = ReadRow & RowTerms & { cells: RowCells };

/** Reads and judges one row of a roster against the day of the report. */
export function readRow(row: number, cells: RowCells, terms: RowTerms): ReadRow {
  const draft: Draft = {
    row,
    fields: blankFields(),
    notes: [],
    faults: [],
    idIsSound: false,
    cells,
    ...terms,
  };
  readName(draft);
  readId(draft);
  readSex(draft);
  const category = readCategory(draft);
  draft.fields.unit = textOf(draft, 'unit');
  draft.fields.title = textOf(draft, 'title');
  draft.fields.remark = textOf(draft, 'remark');
  readPlace(draft, category);
  readPhone(draft);
  readHiredOn(draft);
  if (category === 'special_operator') readOperation(draft);
  readCertificate(draft, category);
  const hours = cells('trainingHours');
  draft.fields.trainingHours = hours ? hoursOf(cleanText(hours)) : null;
  const { fields, notes, faults, idIsSound } = draft;
  return { row, fields, notes, faults, idIsSound };
}

function blankFields(): RosterFields {
  return {
    name: '',
    id: '',
    sex: SEX_WORDS.male,
    birthOn: '',
    category: 'county_emergency',
    townshipId: null,
    townshipName: null,
    village: null,
    unit: '',
    title: '',
    phone: null,
    operation: null,
    hiredOn: null,
    certificate: null,
    validUntil: null,
    trainingHours: null,
    remark: '',
  };
}

function textOf(draft: Draft, field: RosterField): string {
  const cell = draft.cells(field);
  return cell && !isBlank(cell) ? shownText(cell).replace(/^[\s\u3000]+|[\s\u3000]+$/gu, '') : '';
}

function hoursOf(text: string): number | null {
  const hours = HOURS_FORM.exec(text)?.[1];
  return hours === undefined ? null : Number(hours);
}

function note(draft: Draft, code: RosterNoteCode, field: RosterField, becomes: string): void {
  const cell = draft.cells(field);
  draft.notes.push({ code, field, written: cell ? rawText(cell) : '', becomes });
}

function fault(draft: Draft, code: RosterCode, field: RosterField, hint?: string | null): void {
  const cell = draft.cells(field);
  draft.faults.push({ code, field, shown: cell ? shownText(cell) : '', ...(hint ? { hint } : {}) });
}

/** What stands in the cell, a number with all its figures: the form a cleaned value is compared with. */
function rawText(cell: Cell): string {
  if (cell.kind === 'number') return plainNumber(cell);
  return cell.text;
}

function readName(draft: Draft): void {
  const { name, spacesRemoved, dot } = cleanName(draft.cells('name')!);
  draft.fields.name = name;
  if (name === '') return fault(draft, 'name_missing', 'name');
  if (spacesRemoved) note(draft, 'name_spaces_removed', 'name', name);
  if (dot === 'kept') note(draft, 'name_with_dot', 'name', name);
  if (dot === 'changed') note(draft, 'name_dot_normalised', 'name', name);
  if (hasRareCharacter(name)) note(draft, 'rare_character', 'name', name);
}

function readId(draft: Draft): void {
  const cell = draft.cells('id')!;
  if (saysNothing(cell)) return fault(draft, 'id_missing', 'id');
  if (hasLostDigits(cell)) return fault(draft, 'id_number_lost_digits', 'id');
  const { id, cleaned, upperCased } = cleanId(cell);
  const faults = idNumberFaults(id, draft.asOf);
  if (faults.length > 0) return faults.forEach((code) => fault(draft, code, 'id'));
  const full = id.length === 15 ? idFrom15(id) : id;
  draft.fields.id = full;
  draft.fields.birthOn = idBirthOn(full);
  draft.idIsSound = true;
  if (cleaned) note(draft, 'id_cleaned', 'id', full);
  if (upperCased) note(draft, 'id_upper_cased', 'id', full);
  if (id !== full) note(draft, 'id_15_to_18', 'id', full);
}

function readSex(draft: Draft): void {
  const cell = draft.cells('sex');
  const written = cell ? cleanText(cell) : '';
  const sex: Sex | undefined = SEX_ALIASES[written];
  if (sex) draft.fields.sex = sex;
  if (!draft.idIsSound) return;
  const known = SEX_WORDS[idSex(draft.fields.id)];
  if (written !== '' && sex !== known) return fault(draft, 'sex_mismatch', 'sex', known);
  draft.fields.sex = known;
  if (!cell) return;
  if (written === '') note(draft, 'sex_from_id', 'sex', known);
  else if (rawText(cell) !== known) note(draft, 'sex_cleaned', 'sex', known);
}

function readCategory(draft: Draft): CategoryCode | null {
  const cell = draft.cells('category');
  const written = cell && !isBlank(cell) ? rawText(cell) : '';
  const category = cell ? draft.lookup.category(written) : (draft.category ?? null);
  if (category === null) {
    fault(draft, 'category_unknown', 'category');
    return null;
  }
  draft.fields.category = category;
  const plain = halfWidth(withoutSpaces(written));
  if (plain !== written) note(draft, 'category_cleaned', 'category', plain);
  return category;
}

/** Where a county, township or village post stands; enterprise posts stand where their enterprise does. */
function readPlace(draft: Draft, category: CategoryCode | null): void {
  const level = category === null ? null : CATEGORY_LEVELS[category];
  if (level === 'enterprise') return;
  const { find, ofUnit, suggest } = draft.lookup.places;
  const { unit } = draft.fields;
  const cell = draft.cells('township');
  const written = cell && !isBlank(cell) ? rawText(cell) : '';
  const isCounty = written === '' || COUNTY_LEVEL_WORDS.includes(withoutSpaces(written));
  const derived = ofUnit(unit);
  // Without a column for it the township is what the 单位 begins with; an empty cell is never filled so.
  const township = cell || level === 'county' ? find(written) : derived.township;
  if (township) {
    draft.fields.townshipId = township.id;
    draft.fields.townshipName = township.name;
    if (cell && written !== township.name) note(draft, 'township_name_matched', 'township', township.name);
    if (!cell) note(draft, 'township_from_unit', 'township', township.name);
  } else if (!isCounty) fault(draft, 'township_unknown', 'township', suggest(written, unit));
  else if (level === 'county') {
    if (written !== '') note(draft, 'county_level', 'township', '');
  } else if (level !== null) fault(draft, 'township_missing', 'township', suggest('', unit));
  if (level === 'village') draft.fields.village = villageOf(draft, derived.village);
}

function villageOf(draft: Draft, fromUnit: string | null): string | null {
  const cell = draft.cells('village');
  return cell && !saysNothing(cell) ? villageName(cell.text) : fromUnit;
}

function readPhone(draft: Draft): void {
  const cell = draft.cells('phone');
  if (!cell) return;
  if (saysNothing(cell)) return note(draft, 'phone_missing', 'phone', '');
  const { phone, cleaned } = cleanPhone(cell);
  if (!isPhone(phone)) return fault(draft, 'phone_invalid', 'phone');
  draft.fields.phone = phone;
  if (cleaned) note(draft, 'phone_cleaned', 'phone', phone);
}

function readHiredOn(draft: Draft): void {
  const cell = draft.cells('hiredOn');
  if (!cell || saysNothing(cell)) return;
  const reading = readDay(cell);
  if ('fault' in reading) return fault(draft, reading.fault, 'hiredOn');
  if (reading.day > draft.asOf) return fault(draft, 'date_in_future', 'hiredOn');
  draft.fields.hiredOn = reading.day;
}

function readOperation(draft: Draft): void {
  const cell = draft.cells('operation');
  if (!cell || saysNothing(cell)) return fault(draft, 'operation_missing', 'operation');
  const operation = draft.lookup.operation(rawText(cell));
  if (operation === null) return fault(draft, 'operation_unknown', 'operation');
  draft.fields.operation = operation;
  if (rawText(cell) !== operation) note(draft, 'operation_name_matched', 'operation', operation);
}

const OPERATOR_CERTIFICATE = /^T?(\d{17}[\dX]|\d{15})$/;

function readCertificate(draft: Draft, category: CategoryCode | null): void {
  const cell = draft.cells('certificate');
  const isOperator = category === 'special_operator';
  if (cell && !saysNothing(cell)) readCertificateNumber(draft, cell, isOperator);
  else if (isOperator) note(draft, 'cert_missing', 'certificate', '');
  readValidUntil(draft);
}

function readCertificateNumber(draft: Draft, cell: Cell, isOperator: boolean): void {
  const plain = cleanText(cell);
  draft.fields.certificate = plain;
  if (!isOperator) return;
  if (hasLostDigits(cell)) return fault(draft, 'cert_number_mismatch', 'certificate');
  const number = plain.toUpperCase();
  const holder = OPERATOR_CERTIFICATE.exec(number)?.[1];
  // Other regimes number their certificates otherwise; those are taken as they are.
  if (holder === undefined) return;
  const full = holder.length === 15 ? idFrom15(holder) : holder;
  if (draft.idIsSound && full !== draft.fields.id) return fault(draft, 'cert_number_mismatch', 'certificate');
  draft.fields.certificate = `T${full}`;
  if (!number.startsWith('T')) note(draft, 'cert_number_without_T', 'certificate', `T${full}`);
  else if (rawText(cell) !== number) note(draft, 'cert_number_cleaned', 'certificate', `T${full}`);
}

function readValidUntil(draft: Draft): void {
  const cell = draft.cells('validUntil');
  if (!cell || saysNothing(cell)) return;
  const reading = readDay(cell);
  if ('fault' in reading) return fault(draft, reading.fault, 'validUntil');
  const { day, isSpan } = reading;
  draft.fields.validUntil = day;
  if (isSpan) note(draft, 'validity_span', 'validUntil', day);
  if (day < draft.asOf) note(draft, 'cert_expired', 'validUntil', day);
  else if (day <= addDays(draft.asOf, EXPIRING_DAYS)) note(draft, 'cert_expiring', 'validUntil', day);
}
