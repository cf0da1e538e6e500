import * as v from 'valibot';
import { durationSchema, refSchema } from './condition.ts';
import { count, id, ids, share, text, title } from './script-fields.ts';

/** Expected actions (预期动作): who should do what by when, and what in the log shows it. */

/** What in the log shows that an expected action was done. */
export const matcherSchema = v.union([
  v.strictObject({ acked: id }),
  v.strictObject({ document: id, complete: v.optional(v.boolean()) }),
  v.strictObject({ message: v.strictObject({ to: id, mentions: v.optional(v.array(title)) }) }),
  v.strictObject({ decision: id, options: v.optional(ids) }),
  v.strictObject({
    dispatch: v.strictObject({
      resource: v.optional(id),
      kind: v.optional(title),
      to: v.optional(id),
      quantity: v.optional(count),
    }),
  }),
  v.strictObject({ mark: v.strictObject({ kind: title }) }),
  v.strictObject({ call: v.strictObject({ to: id }) }),
  v.strictObject({ present: v.literal(true) }),
  v.strictObject({ confirmed: v.literal(true) }),
]);

const lateSchema = v.union([
  v.strictObject({ rule: v.literal('zero') }),
  v.strictObject({ rule: v.literal('linear'), zeroAfter: durationSchema }),
  v.strictObject({
    rule: v.literal('steps'),
    steps: v.pipe(v.array(v.strictObject({ within: durationSchema, factor: share })), v.minLength(1)),
  }),
]);

export const expectationSchema = v.strictObject({
  id,
  title,
  by: v.strictObject({
    roles: v.pipe(ids, v.minLength(1, 'nobody')),
    need: v.union([v.picklist(['any', 'all']), v.pipe(v.number(), v.integer(), v.minValue(1))]),
  }),
  objective: v.optional(id),
  /** The clause of a plan it tests. */
  clause: v.optional(id),
  opensOn: refSchema,
  /** Done before it opened counts as done in time. */
  earlyAllowed: v.optional(v.boolean()),
  limit: durationSchema,
  grace: v.optional(durationSchema),
  mode: v.picklist(['objective', 'observed', 'mixed']),
  points: v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
  late: lateSchema,
  evidence: v.pipe(v.array(matcherSchema), v.minLength(1, 'no_evidence')),
  evidenceLogic: v.optional(v.picklist(['any', 'all', 'sequence'])),
  wrong: v.optional(
    v.array(v.strictObject({ when: matcherSchema, text: title, penalty: v.pipe(v.number(), v.minValue(0)) })),
  ),
  ifNeverOpened: v.optional(v.picklist(['auto', 'missed', 'not_applicable'])),
  critical: v.optional(v.boolean()),
  veto: v.optional(v.boolean()),
  /** What the evaluator looks for. */
  guide: v.optional(text(2000)),
});

export type Expectation = v.InferOutput<typeof expectationSchema>;
export type Matcher = v.InferOutput<typeof matcherSchema>;
export type LateRule = v.InferOutput<typeof lateSchema>;
