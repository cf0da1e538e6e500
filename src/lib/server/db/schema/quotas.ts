import { index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

/** 演练规则包: what one document asks of units, as dated reference data. */
export const drillRulePack = table('drill_rule_pack', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  divisionId: text('division_id').notNull(),
  document: text('document').notNull(),
  fromOn: text('from_on').notNull(),
  untilOn: text('until_on'),
  source: text('source').notNull(),
  mark: text('mark').notNull(),
});

/** 演练规则 */
export const drillRule = table(
  'drill_rule',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    ordinal: int('ordinal').notNull(),
    title: text('title').notNull(),
    unitClass: text('unit_class')
      .$type<
        'county' | 'department' | 'township' | 'village' | 'plan_owner' | 'enterprise' | 'enterprise_risky'
      >()
      .notNull(),
    form: text('form').$type<'any' | 'tabletop' | 'full_scale'>().notNull(),
    content: text('content').$type<'any' | 'single' | 'comprehensive'>().notNull(),
    /** Kinds of plans a drill must try; empty: any. */
    planKinds: json<string[]>('plan_kinds').notNull(),
    /** Drills in a period; null: the bureau that adopts the pack says how many. */
    count: int('count'),
    period: text('period').$type<'half_year' | 'year' | 'two_years' | 'three_years'>().notNull(),
    source: text('source').notNull(),
    mark: text('mark').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
  },
  (t) => [index('drill_rule_pack_rules').on(t.packId)],
);

/** A bureau makes a pack of drill rules hold in its place, by a document of its own. */
export const drillAdoption = table(
  'drill_adoption',
  {
    id: text('id').primaryKey(),
    packId: text('pack_id').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    documentNumber: text('document_number').notNull(),
    fromOn: text('from_on').notNull(),
    untilOn: text('until_on'),
    /** By rule: how many, where the rule leaves that to the bureau. */
    counts: json<Record<string, number>>('counts').notNull(),
    adoptedBy: text('adopted_by').notNull(),
    adoptedAt: instant('adopted_at').notNull(),
  },
  (t) => [index('drill_adoption_pack').on(t.packId), index('drill_adoption_path').on(t.path)],
);

/** What a bureau says a unit is besides what register and tree say: the keeper of a plan, a crowded place. */
export const unitTrait = table(
  'unit_trait',
  {
    /** A division or an organization. */
    unitId: text('unit_id').notNull(),
    trait: text('trait').$type<'plan_owner' | 'enterprise_risky'>().notNull(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.unitId, t.trait] })],
);

/** Places for which a drill counts; organizations stand in `drill_unit`. */
export const drillDivision = table(
  'drill_division',
  { drillId: text('drill_id').notNull(), divisionId: text('division_id').notNull() },
  (t) => [primaryKey({ columns: [t.drillId, t.divisionId] }), index('drill_division_place').on(t.divisionId)],
);

/** 年度计划: a drill that a unit means to hold in a month. */
export const plannedDrill = table(
  'planned_drill',
  {
    id: text('id').primaryKey(),
    /** A division or an organization. */
    unitId: text('unit_id').notNull(),
    path: text('path').notNull(),
    year: int('year').notNull(),
    month: int('month').notNull(),
    form: text('form').$type<'tabletop' | 'sandtable' | 'functional' | 'full_scale'>().notNull(),
    content: text('content').$type<'single' | 'comprehensive'>().notNull(),
    planKind: text('plan_kind').notNull(),
    /** The plan to be tried, as the officer names it. */
    plan: text('plan').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('planned_drill_path').on(t.path, t.year), index('planned_drill_unit').on(t.unitId, t.year)],
);

/** 线下演练: held without this system, registered with scans, confirmed by a second person. */
export const paperDrill = table(
  'paper_drill',
  {
    id: text('id').primaryKey(),
    /** The unit that held it: a division or an organization. */
    unitId: text('unit_id').notNull(),
    path: text('path').notNull(),
    title: text('title').notNull(),
    heldOn: text('held_on').notNull(),
    place: text('place').notNull(),
    form: text('form').$type<'tabletop' | 'sandtable' | 'functional' | 'full_scale'>().notNull(),
    content: text('content').$type<'single' | 'comprehensive'>().notNull(),
    planKind: text('plan_kind').notNull(),
    plan: text('plan').notNull(),
    people: int('people').notNull(),
    note: text('note').notNull(),
    /** The signed sheet and the report, scanned. */
    sheetId: text('sheet_id'),
    reportId: text('report_id'),
    state: text('state').$type<'entered' | 'confirmed' | 'refused'>().notNull(),
    reason: text('reason').notNull(),
    enteredBy: text('entered_by').notNull(),
    enteredAt: instant('entered_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
  },
  (t) => [index('paper_drill_path').on(t.path, t.state)],
);

/** Units for which a paper drill counts; the one that held it is among them. */
export const paperDrillUnit = table(
  'paper_drill_unit',
  { paperDrillId: text('paper_drill_id').notNull(), unitId: text('unit_id').notNull() },
  (t) => [primaryKey({ columns: [t.paperDrillId, t.unitId] }), index('paper_drill_unit_unit').on(t.unitId)],
);

/** 半年演练报告 of an enterprise, and what the bureau found when it looked. */
export const halfYearReport = table(
  'half_year_report',
  {
    id: text('id').primaryKey(),
    organizationId: text('organization_id').notNull(),
    path: text('path').notNull(),
    year: int('year').notNull(),
    half: int('half').notNull(),
    drills: int('drills').notNull(),
    people: int('people').notNull(),
    summary: text('summary').notNull(),
    uploadId: text('upload_id'),
    submittedBy: text('submitted_by').notNull(),
    submittedAt: instant('submitted_at').notNull(),
    /** 抽查 */
    checkedOn: text('checked_on'),
    checkResult: text('check_result').$type<'in_order' | 'faulty' | 'untrue'>(),
    checkNote: text('check_note').notNull(),
    checkedBy: text('checked_by'),
  },
  (t) => [
    unique('half_year_report_once').on(t.organizationId, t.year, t.half),
    index('half_year_report_path').on(t.path, t.year),
  ],
);
