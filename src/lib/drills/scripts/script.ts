import * as v from 'valibot';
import { conditionSchema, durationSchema, refSchema, valueSchema } from './condition.ts';
import { evaluationSchema } from './script-evaluation.ts';
import { expectationSchema } from './script-expectations.ts';
import { count, id, ids, text, title } from './script-fields.ts';
import { DRILL_MARK } from './words.ts';

/**
 * A drill script (演练脚本), format `drill-script/1`: what an author writes, what a version freezes, what
 * compiles to a machine (../runs). All of it is data. Unknown keys are refused, so that a misspelt rule is
 * found when it is written and not when it does not happen.
 */

export const SCRIPT_SCHEMA = 'drill-script/1';

export const EVENT_CATEGORIES = ['natural', 'accident', 'public_health', 'social_security'] as const;
export const EVENT_TYPES = [
  'flood',
  'geological',
  'forest_fire',
  'hazmat',
  'mine_flood',
  'building_fire',
  'earthquake',
  'other',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
/** 桌面推演, 沙盘推演, 功能演练, 实战演练. */
export const DRILL_FORMS = ['tabletop', 'sandtable', 'functional', 'full_scale'] as const;
/** 单项, 综合. */
export const DRILL_CONTENTS = ['single', 'comprehensive'] as const;
export const DRILL_PURPOSES = ['test', 'demonstration', 'research'] as const;
export const ROLE_GROUPS = [
  'director',
  'control',
  'sim',
  'player',
  'evaluator',
  'observer',
  'safety',
  'trusted',
] as const;
export type RoleGroup = (typeof ROLE_GROUPS)[number];
export const CHANNELS = ['system', 'phone', 'radio', 'face_to_face', 'paper', 'broadcast', 'screen'] as const;
export type Channel = (typeof CHANNELS)[number];
export const INJECT_KINDS = [
  'report',
  'order',
  'request',
  'weather',
  'media',
  'public_opinion',
  'question',
  'alarm',
  'background',
] as const;

const metaSchema = v.strictObject({
  id,
  title,
  eventCategory: v.picklist(EVENT_CATEGORIES),
  eventType: v.picklist(EVENT_TYPES),
  incidentLevel: v.picklist(['I', 'II', 'III', 'IV']),
  /** The place it plays in, in words. */
  region: title,
  /** How long a whole run takes, planned. */
  planned: durationSchema,
  /** 情景概要, 事件后果, 背景信息, 演化过程 (GB/T 46791). */
  brief: v.strictObject({
    outline: text(4000),
    consequences: text(4000),
    background: text(4000),
    evolution: text(4000),
  }),
  /** What the figures and texts rest on; a mark says how sure it is. */
  sources: v.array(
    v.strictObject({
      title,
      note: v.optional(text(1000)),
      mark: v.picklist(['sure', 'local', 'proposal', 'to_check']),
    }),
  ),
});

const drillSchema = v.strictObject({
  form: v.picklist(DRILL_FORMS),
  content: v.picklist(DRILL_CONTENTS),
  purposes: v.pipe(v.array(v.picklist(DRILL_PURPOSES)), v.minLength(1)),
});

const planRefSchema = v.strictObject({
  /** Key of the plan in the library. */
  id,
  title,
  version: text(40),
  clauses: v.array(v.strictObject({ id, no: text(40), title })),
});

const objectiveSchema = v.strictObject({
  id,
  text: v.pipe(text(1000), v.minLength(1, 'empty')),
  capability: v.optional(text(200)),
});

const orgSchema = v.strictObject({ id, name: title });

const roleSchema = v.strictObject({
  id,
  name: title,
  group: v.picklist(ROLE_GROUPS),
  /** The unit it belongs to; control and evaluators may have none. */
  org: v.optional(id),
  /** What the role does in real life and in this drill: its task card. */
  task: v.optional(text(2000)),
  /** For an evaluator: the player roles watched. */
  evaluates: v.optional(ids),
});

const resourceSchema = v.strictObject({
  id,
  kind: text(60),
  name: title,
  owner: id,
  quantity: count,
  unit: text(20),
  /** A point of the map. */
  at: id,
  mobilize: durationSchema,
  speedKmh: v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
});

const point = v.tuple([
  v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
  v.pipe(v.number(), v.minValue(0), v.maxValue(1000)),
]);

const featureSchema = v.strictObject({
  id,
  name: title,
  kind: v.picklist([
    'place',
    'unit',
    'river',
    'road',
    'area',
    'hazard',
    'shelter',
    'flooded',
    'fire',
    'closed_road',
    'command',
  ]),
  /** On a schematic sheet of 1000 × 1000; a point, a line or an area by its number of corners and `closed`. */
  points: v.pipe(v.array(point), v.minLength(1), v.maxLength(200)),
  closed: v.optional(v.boolean()),
  /** Not on the map before this. */
  revealOn: v.optional(refSchema),
});

const mapSchema = v.strictObject({
  /** How many kilometres the width of the sheet stands for. */
  widthKm: v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000)),
  features: v.pipe(v.array(featureSchema), v.maxLength(300)),
});

export const FIELD_TYPES = ['text', 'long_text', 'number', 'time', 'choice'] as const;

const documentSchema = v.strictObject({
  id,
  kind: v.picklist([
    'first_report',
    'follow_up_report',
    'final_report',
    'order',
    'notice',
    'record',
    'plan_extract',
    'material',
  ]),
  title,
  /** Text to read: an extract, a map legend, a letter. */
  body: v.optional(text(20_000)),
  /** To be filled in by a player; empty for material to read. */
  fields: v.array(
    v.strictObject({
      key: id,
      label: title,
      required: v.boolean(),
      type: v.picklist(FIELD_TYPES),
      choices: v.optional(v.array(title)),
      hint: v.optional(text(300)),
    }),
  ),
  visibleTo: v.pipe(ids, v.minLength(1, 'nobody')),
  revealOn: v.optional(refSchema),
});

const variableSchema = v.strictObject({
  id,
  name: title,
  unit: v.optional(text(20)),
  initial: valueSchema,
  /** Values by exercise time, each from its moment on: a reservoir that rises. */
  series: v.optional(v.array(v.tuple([durationSchema, v.pipe(v.number(), v.finite())]))),
  /** Player roles that can read it; without it, control only. */
  visibleTo: v.optional(ids),
});

const clockSchema = v.strictObject({
  /** 情景时间 at the start, local, to the minute: `2026-07-20T05:30`. */
  scenarioStart: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, 'local_time')),
  defaultRate: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)),
  maxRate: v.pipe(v.number(), v.minValue(0.1), v.maxValue(60)),
  onJump: v.picklist(['fire_all', 'hold_for_review', 'skip']),
  limitsUse: v.picklist(['exercise', 'wall']),
});

const phaseSchema = v.strictObject({
  id,
  title,
  /** 监测预警, 信息报告, 应急响应 … as the plan has it. */
  planPhase: v.optional(text(60)),
  maxDuration: v.optional(durationSchema),
  /** Where the run goes when it lasted too long. */
  onTimeout: v.optional(id),
  exits: v.array(
    v.strictObject({
      when: v.optional(conditionSchema),
      manual: v.optional(v.boolean()),
      to: id,
      label: title,
    }),
  ),
  /** 讨论题 of a tabletop. */
  questions: v.optional(v.array(text(500))),
  final: v.optional(v.boolean()),
});

/** A player role, a unit (all its player roles), or everybody who plays. */
const targetSchema = v.union([
  v.strictObject({ role: id }),
  v.strictObject({ org: id }),
  v.strictObject({ all: v.literal(true) }),
]);

export const triggerSchema = v.union([
  v.strictObject({ at: durationSchema }),
  v.strictObject({ after: refSchema, delay: v.optional(durationSchema) }),
  v.strictObject({ when: conditionSchema, delay: v.optional(durationSchema) }),
  v.strictObject({ manual: v.literal(true), suggestAt: v.optional(durationSchema) }),
  v.strictObject({
    contingency: v.strictObject({
      expectation: id,
      on: v.picklist(['missed', 'half_limit', 'wrong_action']),
    }),
  }),
]);

const decisionSchema = v.strictObject({
  options: v.pipe(
    v.array(v.strictObject({ id, label: title, consequence: v.optional(text(1000)) })),
    v.minLength(2, 'two_options'),
    v.maxLength(8),
  ),
  limit: durationSchema,
  /** Taken when the limit passes. */
  default: id,
  decider: id,
});

export const injectSchema = v.strictObject({
  id,
  /** What people call it on paper: A-03. */
  code: text(20),
  storyline: id,
  title,
  body: v.pipe(text(8000), v.minLength(1, 'empty')),
  kind: v.picklist(INJECT_KINDS),
  channel: v.picklist(CHANNELS),
  /** The role that speaks. */
  from: id,
  to: v.pipe(v.array(targetSchema), v.minLength(1, 'nobody')),
  /** Only in these phases; without it, in all. */
  phases: v.optional(ids),
  outOfPhase: v.optional(v.picklist(['hold', 'skip', 'fire'])),
  trigger: triggerSchema,
  approval: v.optional(v.picklist(['auto', 'one_click', 'two_person'])),
  /** Within which it should be acknowledged; afterwards it shows as expired. */
  ackLimit: v.optional(durationSchema),
  attachments: v.optional(ids),
  set: v.optional(v.array(v.strictObject({ variable: id, value: valueSchema }))),
  decision: v.optional(decisionSchema),
  controllerNote: v.optional(text(4000)),
  evaluatorNote: v.optional(text(4000)),
});

const blindSchema = v.strictObject({
  notice: v.picklist(['full', 'time_only', 'window_only', 'none']),
  script: v.picklist(['full', 'outline', 'none']),
});

const safetySchema = v.strictObject({
  marking: v.literal(DRILL_MARK),
  stopWord: title,
  realEvent: v.picklist(['terminate', 'pause']),
  notes: v.optional(v.array(text(500))),
});

export const scriptSchema = v.strictObject({
  schema: v.literal(SCRIPT_SCHEMA),
  meta: metaSchema,
  drill: drillSchema,
  plans: v.array(planRefSchema),
  objectives: v.pipe(v.array(objectiveSchema), v.minLength(1)),
  orgs: v.pipe(v.array(orgSchema), v.maxLength(200)),
  roles: v.pipe(v.array(roleSchema), v.minLength(2), v.maxLength(300)),
  storylines: v.pipe(v.array(v.strictObject({ id, title })), v.minLength(1)),
  resources: v.pipe(v.array(resourceSchema), v.maxLength(500)),
  map: mapSchema,
  documents: v.pipe(v.array(documentSchema), v.maxLength(200)),
  variables: v.pipe(v.array(variableSchema), v.maxLength(100)),
  clock: clockSchema,
  phases: v.pipe(v.array(phaseSchema), v.minLength(1), v.maxLength(60)),
  injects: v.pipe(v.array(injectSchema), v.minLength(1), v.maxLength(600)),
  expectations: v.pipe(v.array(expectationSchema), v.maxLength(600)),
  evaluation: evaluationSchema,
  blind: blindSchema,
  safety: safetySchema,
});

export type Script = v.InferOutput<typeof scriptSchema>;
export type Phase = Script['phases'][number];
export type Inject = Script['injects'][number];
export type Role = Script['roles'][number];
export type Resource = Script['resources'][number];
export type Feature = Script['map']['features'][number];
export type ScriptDocument = Script['documents'][number];
export type Variable = Script['variables'][number];
export type Trigger = v.InferOutput<typeof triggerSchema>;
export type Target = Inject['to'][number];

/** The player roles that an inject or message is for, each once, in the script's order. */
export function rolesOf(targets: readonly Target[], roles: readonly Role[]): Role[] {
  return roles.filter(
    (role) =>
      role.group === 'player' &&
      targets.some(
        (target) => 'all' in target || ('role' in target ? target.role === role.id : target.org === role.org),
      ),
  );
}
