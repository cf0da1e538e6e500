import type { ActionCard, PlanContact, PlanDuty, PlanResponseLevel } from './plan.ts';

export type AnnexPart = 'responses' | 'duties' | 'contacts' | 'cards';
/** Rows as a form sends them: every field text, lists a line each. */
export type AnnexRows = readonly Readonly<Record<string, string>>[];

/** The fields of each part in the order of its table. */
export const ANNEX_FIELDS = {
  responses: ['level', 'condition', 'authority', 'measures'],
  duties: ['post', 'duty', 'clause'],
  contacts: ['name', 'person', 'phone', 'note'],
  cards: ['title', 'trigger', 'steps', 'report', 'never', 'clause'],
} as const satisfies Record<AnnexPart, readonly string[]>;

const LISTS = new Set(['steps', 'never']);
const ROWS_MAX = 300;

type Annex = PlanResponseLevel[] | PlanDuty[] | PlanContact[] | ActionCard[];

/** The rows of a form as stored; a row without a word is left out. Null when a field is missing or there are too many. */
export function annexOf(part: AnnexPart, rows: AnnexRows): Annex | null {
  const fields: readonly string[] = ANNEX_FIELDS[part];
  if (rows.length > ROWS_MAX || rows.some((row) => fields.some((field) => row[field] === undefined)))
    return null;
  return rows
    .filter((row) => fields.some((field) => row[field]!.trim() !== ''))
    .map((row) =>
      Object.fromEntries(
        fields.map((field) => [field, LISTS.has(field) ? linesOf(row[field]!) : row[field]!.trim()]),
      ),
    ) as unknown as Annex;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** A stored row as the form shows it. */
export function annexFields(row: Readonly<Record<string, string | string[]>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, typeof value === 'string' ? value : value.join('\n')]),
  );
}
