import * as v from 'valibot';
import { FIELD_SENTENCES as say } from './copy.ts';
import { TABLE_CHARACTERS_MAX } from './indicator.ts';

const text = (most: number) => v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(most, say.long));
const year = v.pipe(v.string(say.year), v.trim(), v.regex(/^\d{4}$/, say.year), v.transform(Number));

/** What reasons and limits the commands check themselves stays theirs: one sentence for one rule. */
export const adoptForm = v.object({
  packId: v.string(),
  divisionId: v.string(),
  documentNumber: text(60),
  fromOn: text(10),
});
export const withdrawAdoptionForm = v.object({
  adoptionId: v.string(),
  untilOn: text(10),
  reason: text(200),
});

export const askExemptionForm = v.object({ personId: v.string(), ruleId: v.string(), reason: text(200) });
export const decideExemptionForm = v.object({
  exemptionId: v.string(),
  approve: v.pipe(
    v.optional(v.string(), ''),
    v.transform((word) => word === '1'),
  ),
  reason: text(200),
});
export const withdrawExemptionForm = v.object({ exemptionId: v.string(), reason: text(200) });

const FILE_BYTES_MAX = 20 * 1_048_576;

/** A plan with its table, as a file or pasted. The text is taken as it is: its first cell may be empty. */
export const planForm = v.object({
  title: text(60),
  fromYear: year,
  untilYear: year,
  source: text(200),
  rows: v.pipe(v.optional(v.string(), ''), v.maxLength(TABLE_CHARACTERS_MAX, say.long)),
  file: v.optional(v.pipe(v.instance(File, say.file), v.maxSize(FILE_BYTES_MAX, say.file_large))),
});

/** Final values by the indicator's number: fields `value-1`, `value-2`, … */
export const finalValuesForm = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((fields) => {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(fields)) {
      const [, ordinal] = /^value-(\d+)$/.exec(name) ?? [];
      if (ordinal !== undefined && typeof value === 'string') values[ordinal] = value.slice(0, 60);
    }
    return values;
  }),
);
export const closePlanForm = v.object({});
