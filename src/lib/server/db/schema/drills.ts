import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

/** 预案 in the library of a division; its texts stand in versions. */
export const plan = table(
  'plan',
  {
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    /** Names it in scripts: `plan-township-flood`. Unique within the division. */
    key: text('key').notNull(),
    title: text('title').notNull(),
    kind: text('kind')
      .$type<'overall' | 'special' | 'department' | 'township' | 'village' | 'site'>()
      .notNull(),
    eventType: text('event_type').notNull(),
    /** The unit that answers for it. */
    organizationId: text('organization_id'),
    /** A text of the library to copy and adapt, shared by every installation. */
    isModel: bool('is_model').notNull(),
    archivedAt: instant('archived_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('plan_key').on(t.divisionId, t.key), index('plan_path').on(t.path)],
);

export type PlanResponseLevel = { level: string; condition: string; authority: string; measures: string };
export type PlanDuty = { post: string; duty: string; clause: string };
export type PlanContact = { name: string; person: string; phone: string; note: string };
export type ActionCard = {
  title: string;
  trigger: string;
  steps: string[];
  report: string;
  never: string[];
  clause: string;
};

/** A document the plan rests on; `isChecked`: its articles were compared with the text in force. */
export type PlanBasis = { title: string; note: string; isChecked: boolean };
/** What a place decides itself; an empty value is still to be filled in. */
export type PlanParameter = { name: string; value: string; unit: string; source: string };

/** 预案版本: frozen once in force. */
export const planVersion = table(
  'plan_version',
  {
    id: text('id').primaryKey(),
    planId: text('plan_id').notNull(),
    number: int('number').notNull(),
    /** 印发文号, as the document has it. */
    documentNumber: text('document_number').notNull(),
    issuedOn: text('issued_on'),
    /** Until then it is a draft that can be corrected. */
    inForceAt: instant('in_force_at'),
    responses: json<PlanResponseLevel[]>('responses').notNull(),
    duties: json<PlanDuty[]>('duties').notNull(),
    contacts: json<PlanContact[]>('contacts').notNull(),
    cards: json<ActionCard[]>('cards').notNull(),
    basis: json<PlanBasis[]>('basis').notNull(),
    parameters: json<PlanParameter[]>('parameters').notNull(),
    /** Why this version was made: findings, law, reorganisation. */
    reason: text('reason').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('plan_version_number').on(t.planId, t.number)],
);

/** 条款: what expected actions and findings point at. `id` is new with each version, `no` is what people cite. */
export const planClause = table(
  'plan_clause',
  {
    id: text('id').primaryKey(),
    versionId: text('version_id').notNull(),
    position: int('position').notNull(),
    no: text('no').notNull(),
    title: text('title').notNull(),
    body: text('body').notNull(),
    depth: int('depth').notNull(),
  },
  (t) => [
    unique('plan_clause_position').on(t.versionId, t.position),
    index('plan_clause_no').on(t.versionId, t.no),
  ],
);

/** One drill's verdict on one clause; the figures of a plan's clauses are counted from these. */
export const clauseTrial = table(
  'clause_trial',
  {
    drillId: text('drill_id').notNull(),
    planKey: text('plan_key').notNull(),
    clauseNo: text('clause_no').notNull(),
    /** Division path of the drill. */
    path: text('path').notNull(),
    /** Every expected action that cites the clause was done in time. */
    met: bool('met').notNull(),
    heldOn: text('held_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.drillId, t.planKey, t.clauseNo] }),
    index('clause_trial_plan').on(t.planKey, t.path),
  ],
);

/** 演练脚本 in the library; `draft` is what the author is writing and need not be complete. */
export const drillScript = table(
  'drill_script',
  {
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    title: text('title').notNull(),
    draft: json<Record<string, unknown>>('draft').notNull(),
    /** Counts the savings of the draft, so that two authors do not overwrite each other. */
    revision: int('revision').notNull(),
    isModel: bool('is_model').notNull(),
    archivedAt: instant('archived_at'),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [index('drill_script_path').on(t.path)],
);

/** A published script: immutable, named by its hash. */
export const scriptVersion = table(
  'script_version',
  {
    id: text('id').primaryKey(),
    scriptId: text('script_id').notNull(),
    number: int('number').notNull(),
    /** SHA-256 of the canonical text. */
    hash: text('hash').notNull(),
    body: json<Record<string, unknown>>('body').notNull(),
    publishedBy: text('published_by').notNull(),
    publishedAt: instant('published_at').notNull(),
  },
  (t) => [unique('script_version_number').on(t.scriptId, t.number), index('script_version_hash').on(t.hash)],
);

/** 演练: the administrative record. A run that is broken off does not count; the drill may be run again. */
export const drill = table(
  'drill',
  {
    /** Random: nothing can be told from ids about drills that one may not see. */
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    title: text('title').notNull(),
    form: text('form').$type<'tabletop' | 'sandtable' | 'functional' | 'full_scale'>().notNull(),
    content: text('content').$type<'single' | 'comprehensive'>().notNull(),
    scriptVersionId: text('script_version_id').notNull(),
    notice: text('notice').$type<'full' | 'time_only' | 'window_only' | 'none'>().notNull(),
    plannedOn: text('planned_on').notNull(),
    place: text('place').notNull(),
    /** Seconds by which observers and the wall lag behind. */
    observerDelaySeconds: int('observer_delay_seconds').notNull(),
    state: text('state')
      .$type<'planned' | 'running' | 'evaluating' | 'published' | 'archived' | 'cancelled'>()
      .notNull(),
    reportSignedBy: text('report_signed_by'),
    reportSignedAt: instant('report_signed_at'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('drill_path').on(t.path, t.plannedOn)],
);

/** Units for which a drill counts. */
export const drillUnit = table(
  'drill_unit',
  {
    drillId: text('drill_id').notNull(),
    organizationId: text('organization_id').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.drillId, t.organizationId] }),
    index('drill_unit_org').on(t.organizationId),
  ],
);

/** One execution. The log is the truth; `snapshot` is its fold up to `snapshotSeq` and may be dropped. */
export const drillRun = table(
  'drill_run',
  {
    id: text('id').primaryKey(),
    drillId: text('drill_id').notNull(),
    scriptVersionId: text('script_version_id').notNull(),
    scriptHash: text('script_hash').notNull(),
    engine: int('engine').notNull(),
    stage: text('stage').notNull(),
    /** Last entry of the log, and its hash. */
    seq: int('seq').notNull(),
    hash: text('hash').notNull(),
    /** Whether the exercise clock runs: such a run must be found after a crash. */
    isTicking: bool('is_ticking').notNull(),
    /** When time alone moves it next. */
    wakeAt: instant('wake_at'),
    /** Last time its log was written to, or its server said that it lives. */
    signAt: instant('sign_at').notNull(),
    snapshot: json<Record<string, unknown> | null>('snapshot'),
    snapshotSeq: int('snapshot_seq').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('drill_run_drill').on(t.drillId), index('drill_run_wake').on(t.wakeAt)],
);

/** The log: only ever added to, chained by hash. */
export const drillEntry = table(
  'drill_entry',
  {
    runId: text('run_id').notNull(),
    seq: int('seq').notNull(),
    kind: text('kind').notNull(),
    /** Exercise time in milliseconds. */
    exerciseMs: int('exercise_ms').notNull(),
    at: instant('at').notNull(),
    seatId: text('seat_id'),
    role: text('role'),
    commandId: text('command_id'),
    cause: int('cause'),
    body: json<Record<string, unknown>>('body').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.seq] }), unique('drill_entry_command').on(t.runId, t.commandId)],
);

/** 席位: who holds which roles of a run. */
export const drillSeat = table(
  'drill_seat',
  {
    id: text('id').primaryKey(),
    runId: text('run_id').notNull(),
    accountId: text('account_id').notNull(),
    personId: text('person_id'),
    name: text('name').notNull(),
    roles: json<string[]>('roles').notNull(),
    seatedBy: text('seated_by').notNull(),
    seatedAt: instant('seated_at').notNull(),
  },
  (t) => [unique('drill_seat_account').on(t.runId, t.accountId), index('drill_seat_person').on(t.personId)],
);
