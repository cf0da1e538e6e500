import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

/** 规则包: what one document asks, as dated reference data. */
export const rulePack = table('rule_pack', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  divisionId: text('division_id').notNull(),
  document: text('document').notNull(),
  fromOn: text('from_on').notNull(),
  untilOn: text('until_on'),
  /** 每天折合学时: how a day becomes credit hours. */
  hoursPerDay: int('hours_per_day').notNull(),
  /** Share of the requirement that online credit may fill, per cent; null: no cap. */
  onlineShareMax: int('online_share_max'),
  source: text('source').notNull(),
  mark: text('mark').notNull(),
});

/** 规则 */
export const rule = table(
  'rule',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    title: text('title').notNull(),
    categories: json<string[]>('categories').notNull(),
    metric: text('metric').$type<'day_hundredths' | 'credit_hundredths'>().notNull(),
    required: int('required').notNull(),
    /** hard 应当 · soft 原则上 (approved exemptions) · target 目标 */
    strength: text('strength').$type<'hard' | 'soft' | 'target'>().notNull(),
    /** Which enterprises it is for, by the risk of their industry. */
    risk: text('risk').$type<'any' | 'high_risk' | 'other'>().notNull(),
    ordinal: int('ordinal').notNull(),
  },
  (t) => [index('rule_pack_id').on(t.packId)],
);

/** 采用: a pack holds in a place because its bureau adopted it, by a document of its own. */
export const adoption = table(
  'adoption',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    documentNumber: text('document_number').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
    adoptedBy: text('adopted_by').notNull(),
    adoptedAt: instant('adopted_at').notNull(),
  },
  (t) => [unique('adoption_once').on(t.packId, t.divisionId, t.fromOn), index('adoption_path').on(t.path)],
);

/** A person's year in numbers, kept with every ledger entry. */
export const personYear = table(
  'person_year',
  {
    personId: text('person_id').notNull(),
    year: int('year').notNull(),
    attendanceHalfDays: int('attendance_half_days').notNull(),
    elsewhereHalfDays: int('elsewhere_half_days').notNull(),
    onlineCreditHundredths: int('online_credit_hundredths').notNull(),
    adjustmentHalfDays: int('adjustment_half_days').notNull(),
    adjustmentCreditHundredths: int('adjustment_credit_hundredths').notNull(),
    certificates: int('certificates').notNull(),
    /** Qualifying items of 覆盖率: confirmed half-days, lessons, certificates. */
    items: int('items').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.year] })],
);

/** 达标: where a post stands against a rule in a year; without a rule, rule_id is empty. */
export const standing = table(
  'standing',
  {
    postId: text('post_id').notNull(),
    ruleId: text('rule_id').notNull(),
    year: int('year').notNull(),
    personId: text('person_id').notNull(),
    category: text('category').notNull(),
    roster: text('roster').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    organizationId: text('organization_id'),
    required: int('required').notNull(),
    done: int('done').notNull(),
    exempt: bool('exempt').notNull(),
    met: bool('met').notNull(),
    covered: bool('covered').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.postId, t.ruleId, t.year] }),
    index('standing_person').on(t.personId, t.year),
    index('standing_path').on(t.year, t.path, t.personId),
    index('standing_met').on(t.year, t.roster, t.met, t.path, t.personId),
    index('standing_covered').on(t.year, t.roster, t.covered, t.path, t.personId),
    index('standing_organization').on(t.organizationId, t.year),
  ],
);

/** Distinct persons by place, year and group, counted up the tree as standings change. */
export const counter = table(
  'counter',
  {
    divisionId: text('division_id').notNull(),
    year: int('year').notNull(),
    /** `cadre`, `enterprise`, `category:<code>`, or `own:cadre` for posts at the place itself, not below it. */
    grouping: text('grouping').notNull(),
    headcount: int('headcount').notNull(),
    covered: int('covered').notNull(),
    /** Persons with at least one day or hour rule. */
    ruled: int('ruled').notNull(),
    exempt: int('exempt').notNull(),
    met: int('met').notNull(),
  },
  (t) => [primaryKey({ columns: [t.divisionId, t.year, t.grouping] })],
);

/** 免训: an approved exemption from a soft rule. */
export const exemption = table(
  'exemption',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    ruleId: text('rule_id').notNull(),
    year: int('year').notNull(),
    path: text('path').notNull(),
    reason: text('reason').notNull(),
    state: text('state').$type<'asked' | 'approved' | 'refused' | 'withdrawn'>().notNull(),
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [
    unique('exemption_once').on(t.personId, t.ruleId, t.year),
    index('exemption_path').on(t.path, t.askedAt),
  ],
);

/** 规划: indicators belong to a plan with a period; a closed plan keeps its final values. */
export const indicatorPlan = table(
  'indicator_plan',
  {
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    title: text('title').notNull(),
    fromYear: int('from_year').notNull(),
    untilYear: int('until_year').notNull(),
    closedAt: instant('closed_at'),
    source: text('source').notNull(),
  },
  (t) => [unique('indicator_plan_title').on(t.divisionId, t.title)],
);

export const indicator = table(
  'indicator',
  {
    id: text('id').primaryKey(),
    planId: text('plan_id').notNull(),
    ordinal: int('ordinal').notNull(),
    name: text('name').notNull(),
    unit: text('unit').notNull(),
    nature: text('nature').$type<'expected' | 'binding'>().notNull(),
    baseValue: text('base_value').notNull(),
    targetValue: text('target_value').notNull(),
    finalValue: text('final_value').notNull(),
    source: text('source').notNull(),
  },
  (t) => [unique('indicator_ordinal').on(t.planId, t.ordinal)],
);

/** 月末冻结: what the figures were at the end of a month, whatever changes afterwards. */
export const frozenFigure = table(
  'frozen_figure',
  {
    divisionId: text('division_id').notNull(),
    month: text('month').notNull(),
    grouping: text('grouping').notNull(),
    figures: json<Record<string, number>>('figures').notNull(),
    frozenAt: instant('frozen_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.divisionId, t.month, t.grouping] })],
);
