import * as v from 'valibot';
import { valueSchema } from '../scripts/condition.ts';
import { injectSchema } from '../scripts/script.ts';

/** What screens send to a run: each with an id of the sender's, so that one sent twice is done once. */

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const words = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const ms = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(7 * 24 * 3_600_000));
const channel = v.picklist(['system', 'phone', 'radio', 'face_to_face', 'paper']);
const coordinate = v.pipe(v.number(), v.minValue(0), v.maxValue(1000));
const media = v.pipe(v.array(v.pipe(v.string(), v.maxLength(100))), v.maxLength(10));

const director = [
  v.strictObject({ kind: v.picklist(['start', 'pause', 'resume', 'end', 'open_hot_wash']) }),
  v.strictObject({ kind: v.picklist(['open_evaluation', 'publish_evaluation', 'archive']) }),
  v.strictObject({ kind: v.literal('set_rate'), rate: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)) }),
  v.strictObject({
    kind: v.literal('jump'),
    toMs: ms,
    choices: v.record(name, v.picklist(['fire', 'hold', 'skip'])),
  }),
  v.strictObject({ kind: v.picklist(['release', 'hold', 'unhold', 'skip']), inject: name }),
  v.strictObject({
    kind: v.literal('edit'),
    inject: name,
    title: v.pipe(words(200), v.minLength(1)),
    body: v.pipe(words(8000), v.minLength(1)),
  }),
  v.strictObject({ kind: v.literal('add'), inject: injectSchema }),
  v.strictObject({
    kind: v.literal('extend'),
    expectation: name,
    byMs: v.pipe(ms, v.minValue(1)),
    why: v.pipe(words(300), v.minLength(1)),
  }),
  v.strictObject({ kind: v.literal('void'), expectation: name, why: v.pipe(words(300), v.minLength(1)) }),
  v.strictObject({ kind: v.literal('set_variable'), variable: name, value: valueSchema }),
  v.strictObject({ kind: v.literal('go_to'), phase: name }),
  v.strictObject({
    kind: v.literal('curate'),
    entry: v.pipe(v.number(), v.integer(), v.minValue(1)),
    shown: v.boolean(),
  }),
  v.strictObject({
    kind: v.literal('abort'),
    why: v.picklist(['stop_word', 'real_event', 'other']),
    text: words(500),
  }),
  v.strictObject({
    kind: v.literal('correct'),
    entry: v.pipe(v.number(), v.integer(), v.minValue(1)),
    text: v.pipe(words(500), v.minLength(1)),
  }),
] as const;

const player = [
  v.strictObject({ kind: v.literal('acknowledge'), inject: name, channel, answeredBy: words(60) }),
  v.strictObject({ kind: v.literal('decide'), inject: name, option: name, why: words(500) }),
  v.strictObject({
    kind: v.literal('message'),
    to: v.pipe(v.array(name), v.minLength(1), v.maxLength(50)),
    text: v.pipe(words(4000), v.minLength(1)),
    channel,
  }),
  v.strictObject({ kind: v.literal('submit'), document: name, fields: v.record(name, words(4000)) }),
  v.strictObject({
    kind: v.literal('dispatch'),
    resource: name,
    quantity: v.pipe(v.number(), v.integer(), v.minValue(1)),
    to: name,
  }),
  v.strictObject({
    kind: v.literal('mark'),
    mark: v.pipe(words(60), v.minLength(1)),
    x: coordinate,
    y: coordinate,
    note: words(300),
  }),
  v.strictObject({
    kind: v.literal('call'),
    to: name,
    answeredBy: v.pipe(words(60), v.minLength(1)),
    note: words(300),
  }),
  v.strictObject({
    kind: v.literal('report_present'),
    people: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
    note: words(300),
  }),
] as const;

const evaluator = [
  v.strictObject({
    kind: v.literal('confirm'),
    expectation: name,
    doer: name,
    done: v.boolean(),
    doneMs: ms,
    note: words(1000),
    media,
  }),
  v.strictObject({
    kind: v.literal('observe'),
    text: v.pipe(words(2000), v.minLength(1)),
    about: v.nullable(name),
    observedMs: ms,
    media,
  }),
  v.strictObject({
    kind: v.literal('answer'),
    sheet: name,
    item: name,
    answer: v.pipe(words(30), v.minLength(1)),
    reason: words(1000),
    observedMs: ms,
  }),
  v.strictObject({ kind: v.literal('lock'), sheet: name }),
  v.strictObject({
    kind: v.literal('moderate'),
    sheet: name,
    item: name,
    answer: v.pipe(words(30), v.minLength(1)),
    reason: v.pipe(words(1000), v.minLength(1)),
  }),
] as const;

const anybody = [
  v.strictObject({ kind: v.literal('check') }),
  v.strictObject({ kind: v.literal('real_event'), text: v.pipe(words(500), v.minLength(1)) }),
] as const;

export const deedSchema = v.union([...director, ...player, ...evaluator, ...anybody]);

export const runCommandSchema = v.strictObject({
  /** Random, made by the sender and kept until answered. */
  id: v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/)),
  /** The role acted for, one of the seat's. */
  role: name,
  deed: deedSchema,
});

export type Deed = v.InferOutput<typeof deedSchema>;
export type RunCommand = v.InferOutput<typeof runCommandSchema>;
