import * as v from 'valibot';
import { PLAN_EVENT_TYPES, PLAN_KINDS } from './plan.ts';

const text = (most: number) => v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(most));
const title = v.pipe(
  v.string('请填写预案名称。'),
  v.trim(),
  v.minLength(2, '请填写预案名称。'),
  v.maxLength(80),
);
const kind = v.picklist(PLAN_KINDS, '请选择预案类别。');
const eventType = v.picklist(PLAN_EVENT_TYPES, '请选择事件类型。');
const place = v.pipe(v.string('请选择适用的地方。'), v.minLength(1, '请选择适用的地方。'));
const file = v.pipe(
  v.instance(File, '请选择预案文件。'),
  v.maxSize(20 * 1_048_576, '文件超过 20 MB。请删去插图和附图后另存一份再上传。'),
);

/** A new plan from a file; an empty name is taken from the file. */
export const importForm = v.object({ title: text(80), divisionId: place, kind, eventType, file });
/** A new version of a plan from a file. */
export const importVersionForm = v.object({ file, reason: text(200) });

/** A model with its parameters: fields `p-name`. */
export const adoptForm = v.pipe(
  v.looseObject({ title, divisionId: place }),
  v.transform(({ title, divisionId, ...fields }) => {
    const values: Record<string, string> = {};
    for (const [name, value] of Object.entries(fields))
      if (name.startsWith('p-') && typeof value === 'string')
        values[name.slice(2)] = value.trim().slice(0, 300);
    return { title, divisionId, values };
  }),
);

export const factsForm = v.object({ title, kind, eventType });
export const beginForm = v.object({
  reason: v.pipe(
    v.optional(v.string(), ''),
    v.trim(),
    v.minLength(4, '请写明修订的原因，至少4个字。'),
    v.maxLength(200),
  ),
});
export const publishForm = v.object({ documentNumber: text(60), issuedOn: text(10) });
export const nothingForm = v.object({});

const clauseId = v.string();
const depth = v.pipe(
  v.optional(v.string(), '1'),
  v.transform(Number),
  v.integer(),
  v.minValue(1),
  v.maxValue(6),
);
export const clauseForm = v.object({ clauseId, no: text(30), title: text(120), body: text(20_000), depth });
export const clauseChoiceForm = v.object({ clauseId });
export const splitForm = v.object({
  clauseId,
  line: v.pipe(v.optional(v.string(), '0'), v.transform(Number), v.integer()),
});

/** Rows of a table: fields `0-post`, `0-duty`, `1-post` …; `part` says which table. */
export const annexForm = v.pipe(
  v.looseObject({ part: v.picklist(['responses', 'duties', 'contacts', 'cards']) }),
  v.transform(({ part, ...fields }) => {
    const rows = new Map<number, Record<string, string>>();
    for (const [name, value] of Object.entries(fields)) {
      const [, index, field] = /^(\d{1,3})-(\w+)$/.exec(name) ?? [];
      if (index === undefined || typeof value !== 'string') continue;
      rows.set(Number(index), { ...rows.get(Number(index)), [field!]: value.trim().slice(0, 4000) });
    }
    return { part, rows: [...rows.entries()].toSorted(([a], [b]) => a - b).map(([, row]) => row) };
  }),
);
