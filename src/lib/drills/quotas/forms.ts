import * as v from 'valibot';
import { FIELD_SENTENCES as say } from './copy.ts';
import { CHECK_RESULTS } from './half-year.ts';

const text = (most: number) => v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(most, say.long));
const required = (most: number) =>
  v.pipe(v.string(say.required), v.trim(), v.minLength(1, say.required), v.maxLength(most, say.long));
const day = v.pipe(v.string(say.required), v.trim(), v.isoDate(say.required));
const whole = (least: number, most: number) =>
  v.pipe(
    v.string(say.number),
    v.trim(),
    v.regex(/^\d{1,6}$/, say.number),
    v.transform(Number),
    v.minValue(least, say.number),
    v.maxValue(most, say.number),
  );
const form = v.picklist(['tabletop', 'sandtable', 'functional', 'full_scale'], say.choose);
const content = v.picklist(['single', 'comprehensive'], say.choose);
const planKind = v.picklist(['overall', 'special', 'department', 'township', 'village', 'site'], say.choose);
const units = v.optional(v.array(v.pipe(v.string(), v.trim(), v.maxLength(60, say.long))), []);

/** Numbers that the bureau gives come as `count-<rule>`. */
export const adoptForm = v.pipe(
  v.looseObject({
    packId: required(60),
    divisionId: required(60),
    documentNumber: text(60),
    fromOn: text(10),
  }),
  v.transform(({ packId, divisionId, documentNumber, fromOn, ...rest }) => ({
    ...{ packId, divisionId, documentNumber, fromOn },
    counts: Object.fromEntries(
      Object.entries(rest).flatMap(([name, value]) =>
        name.startsWith('count-') && typeof value === 'string'
          ? [[name.slice('count-'.length), Number(value)]]
          : [],
      ),
    ) as Record<string, number>,
  })),
);
export const withdrawForm = v.object({ adoptionId: required(60), untilOn: text(10), reason: text(200) });

export const plannedForm = v.object({
  year: whole(2000, 2100),
  month: whole(1, 12),
  form,
  content,
  planKind,
  plan: required(80),
});
export type PlannedInput = v.InferOutput<typeof plannedForm>;
export const plannedRemovalForm = v.object({ planned: required(60) });

export const traitForm = v.object({
  traits: v.optional(v.array(v.picklist(['plan_owner', 'enterprise_risky'])), []),
});
export const unitsForm = v.object({ units });

export const paperForm = v.object({
  unitId: required(60),
  title: required(80),
  heldOn: day,
  place: required(80),
  form,
  content,
  planKind,
  plan: required(80),
  people: whole(0, 100_000),
  note: text(400),
  units,
});
export type PaperInput = v.InferOutput<typeof paperForm>;

export const scanForm = v.object({ what: v.picklist(['sheet', 'report']), file: v.file(say.required) });
export const decideForm = v.object({ verdict: v.picklist(['confirmed', 'refused']), reason: text(200) });
export type Decision = v.InferOutput<typeof decideForm>;

export const reportForm = v.object({
  organizationId: required(60),
  year: whole(2000, 2100),
  half: whole(1, 2),
  drills: whole(0, 1000),
  people: whole(0, 100_000),
  summary: required(1000),
  file: v.file(say.required),
});
export type ReportInput = Omit<v.InferOutput<typeof reportForm>, 'file'>;
export const checkForm = v.object({
  result: v.picklist(CHECK_RESULTS, say.choose),
  note: text(400),
  checkedOn: day,
});
export type CheckInput = v.InferOutput<typeof checkForm>;
