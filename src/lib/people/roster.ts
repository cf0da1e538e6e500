import type { Day } from '#lib/kernel/day.ts';
import type { FoundColumn } from '#lib/kernel/sheet-columns.ts';
import type { SkippedRow } from '#lib/kernel/sheet-skip.ts';
import type { Operation, Sex } from './roster-words.ts';

/** What a roster can say about a person in a post. */
export type RosterField =
  | 'name'
  | 'sex'
  | 'id'
  | 'unit'
  | 'title'
  | 'category'
  | 'township'
  | 'village'
  | 'phone'
  | 'operation'
  | 'hiredOn'
  | 'certificate'
  | 'validUntil'
  | 'trainingHours'
  | 'remark';

export type CategoryCode =
  | 'county_emergency'
  | 'enforcement'
  | 'township_emergency'
  | 'village_station_head'
  | 'disaster_informant_a'
  | 'disaster_informant_b'
  | 'enterprise_principal'
  | 'enterprise_safety_manager'
  | 'special_operator'
  | 'new_worker';

export type PostLevel = 'county' | 'township' | 'village' | 'enterprise';

/** Where each category stands: township and village posts need a township, enterprise posts have none. */
export const CATEGORY_LEVELS: Readonly<Record<CategoryCode, PostLevel>> = {
  county_emergency: 'county',
  enforcement: 'county',
  township_emergency: 'township',
  village_station_head: 'village',
  disaster_informant_a: 'village',
  disaster_informant_b: 'village',
  enterprise_principal: 'enterprise',
  enterprise_safety_manager: 'enterprise',
  special_operator: 'enterprise',
  new_worker: 'enterprise',
};

export const CATEGORY_CODES = Object.keys(CATEGORY_LEVELS) as CategoryCode[];

/** Reasons to refuse a row, in the order that decides which one is the main reason. */
export const ROSTER_CODES = [
  'name_missing',
  'id_missing',
  'id_number_lost_digits',
  'id_length',
  'id_checksum',
  'id_birth_date',
  'sex_mismatch',
  'duplicate_row',
  'id_name_conflict',
  'category_unknown',
  'township_missing',
  'township_unknown',
  'phone_invalid',
  'operation_missing',
  'operation_unknown',
  'cert_number_mismatch',
  'date_invalid',
  'date_incomplete',
  'date_ambiguous',
  'date_in_future',
] as const;
export type RosterCode = (typeof ROSTER_CODES)[number];

/** What was cleaned, or is worth a look, in a row that is taken. */
export type RosterNoteCode =
  | 'name_spaces_removed'
  | 'name_with_dot'
  | 'name_dot_normalised'
  | 'rare_character'
  | 'same_name_other_person'
  | 'id_upper_cased'
  | 'id_cleaned'
  | 'id_15_to_18'
  | 'sex_from_id'
  | 'sex_cleaned'
  | 'category_cleaned'
  | 'township_name_matched'
  | 'township_from_unit'
  | 'county_level'
  | 'phone_cleaned'
  | 'phone_missing'
  | 'phone_shared'
  | 'second_post'
  | 'second_certificate'
  | 'validity_span'
  | 'cert_expired'
  | 'cert_expiring'
  | 'cert_missing'
  | 'cert_number_without_T'
  | 'cert_number_cleaned'
  | 'operation_name_matched';

/** What the decisions compare with; nothing about any county is built in. */
export type RosterReference = {
  /** 夏邑县: may stand before a township's name. */
  countyName: string;
  townships: readonly { id: string; name: string }[];
  /** What the files of this bureau call the categories: word → code. */
  categories: Readonly<Record<string, CategoryCode>>;
  operations: readonly Operation[];
};

export type RosterOptions = {
  /** The day of the report when the file names none. */
  uploadedOn: Day;
  /** What a person corrected: field → column, 0 for a field that no column holds. */
  mapping?: Partial<Record<RosterField, number>>;
  /** Headings of this bureau (as `rememberedHeading`) → field; `` for a column not to import. */
  memory?: Readonly<Record<string, RosterField | ''>>;
  /** 人员类别 of every row, for a file about one category that has no column for it. */
  category?: CategoryCode;
  /** The same as somebody chose it for files like this one before (by `wholeFileKey`). */
  categoryMemory?: Readonly<Record<string, string>>;
  /** Read this visible sheet instead of the one that looks most like a roster. */
  sheetName?: string;
};

export type RosterFields = {
  name: string;
  /** 18 characters. */
  id: string;
  sex: Sex;
  birthOn: Day;
  category: CategoryCode;
  townshipId: string | null;
  townshipName: string | null;
  /** Name of the village or community, for posts of village level. */
  village: string | null;
  unit: string;
  title: string;
  phone: string | null;
  operation: string | null;
  hiredOn: Day | null;
  certificate: string | null;
  validUntil: Day | null;
  trainingHours: number | null;
  remark: string;
};

export type RosterNote = { code: RosterNoteCode; field: RosterField; written: string; becomes: string };

/** One fault of a row; `other` are the rows it stands against. */
export type RosterFault = {
  code: RosterCode;
  field: RosterField;
  shown: string;
  hint?: string;
  other?: number[];
};

export type AcceptedRow = { row: number; outcome: 'accepted'; fields: RosterFields; notes: RosterNote[] };

export type RefusedRow = {
  row: number;
  outcome: 'refused';
  code: RosterCode;
  also: RosterCode[];
  field: RosterField;
  /** The heading of the column, as it stands in the file. */
  heading: string;
  shown: string;
  /** All faults in Chinese: row, column, what is wrong, what to do. */
  message: string;
  hint?: string;
  /** Rows this one stands against: the one kept, or the one under another name. */
  other?: number[];
  /** Name and number as far as they could be read, for lists. */
  name: string;
};

export type RosterRow = AcceptedRow | RefusedRow;

export type Enterprise = {
  name: string;
  /** Empty when the file gives none; see `creditCodeRight`. */
  creditCode: string;
  creditCodeRight: boolean;
  industry: string;
  highRisk: boolean;
};

export type WholeCategory = { code: CategoryCode; source: 'given' | 'remembered' };

export type RosterReading = {
  kind: 'cadre' | 'enterprise';
  sheetName: string;
  /** Other visible sheets that also look like rosters and are not read. */
  otherSheets: string[];
  /** The one 人员类别 of all rows of a file without a column for it; null when there is the column. */
  wholeCategory: WholeCategory | null;
  /** By what the choice of one category is remembered for files like this one. */
  fileKey: string;
  title: string;
  reportedBy: string;
  enterprise: Enterprise | null;
  asOf: Day;
  asOfSource: 'sheet' | 'upload';
  headingRows: readonly number[];
  columns: FoundColumn<RosterField>[];
  unassigned: { column: number; heading: string }[];
  /** Fields without which no row can be decided; when there are any, `rows` is empty. */
  lacking: RosterField[];
  skipped: SkippedRow[];
  rows: RosterRow[];
};
