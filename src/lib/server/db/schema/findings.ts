import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

/** 评估结果: the grade of a run, frozen when it was published, with what it was computed from. */
export const drillGrade = table(
  'drill_grade',
  {
    runId: text('run_id').notNull(),
    version: int('version').notNull(),
    /** The unit's grade and, apart from it, the control group's. */
    result: json<Record<string, unknown>>('result').notNull(),
    /** SHA-256 of everything the grade was computed from. */
    inputHash: text('input_hash').notNull(),
    /** The log as it stood: its last entry before publication, and that entry's hash. */
    logSeq: int('log_seq').notNull(),
    logHash: text('log_hash').notNull(),
    publishedBy: text('published_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.version] })],
);

/** 评估报告: figures frozen at publication, and the three texts that people write until it is signed. */
export const drillReport = table('drill_report', {
  runId: text('run_id').primaryKey(),
  facts: json<Record<string, unknown>>('facts').notNull(),
  analysis: text('analysis').notNull(),
  advice: text('advice').notNull(),
  conclusion: text('conclusion').notNull(),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull(),
  signedBy: text('signed_by'),
  /** The day on the paper. */
  signedOn: text('signed_on'),
  /** The signed page, scanned. */
  scanId: text('scan_id'),
});

/** 问题: a line of the 问题整改台账. It outlives the run it came from. */
export const finding = table(
  'finding',
  {
    id: text('id').primaryKey(),
    drillId: text('drill_id').notNull(),
    runId: text('run_id').notNull(),
    /** Place that has to put it right: the drill's, or a township of it. */
    path: text('path').notNull(),
    text: text('text').notNull(),
    kind: text('kind').$type<'plan' | 'organization' | 'people' | 'mechanism' | 'support'>().notNull(),
    severity: text('severity').$type<'deficiency' | 'correction' | 'improvement'>().notNull(),
    /** Clause of a plan by the names the script uses; empty where none is meant. */
    planKey: text('plan_key').notNull(),
    clauseNo: text('clause_no').notNull(),
    unit: text('unit').notNull(),
    owner: text('owner').notNull(),
    dueOn: text('due_on').notNull(),
    state: text('state')
      .$type<
        'open' | 'accepted' | 'in_progress' | 'submitted' | 'verified' | 'closed' | 'waived' | 'reopened'
      >()
      .notNull(),
    /** What it was taken from: `expectation:<id>`, `item:<sheet>/<id>`, `entry:<seq>`, or `hand:<own id>`. */
    source: text('source').notNull(),
    needsPlanRevision: bool('needs_plan_revision').notNull(),
    /** The version of the plan that took it up … */
    planVersionId: text('plan_version_id'),
    /** … or who signed that no revision is made, and why. */
    revisionWaivedBy: text('revision_waived_by'),
    revisionWaiver: text('revision_waiver').notNull(),
    /** What was done, in the words of who did it, and who that was (account). */
    remedy: text('remedy').notNull(),
    submittedBy: text('submitted_by'),
    verifiedBy: text('verified_by'),
    waivedBy: text('waived_by'),
    waiver: text('waiver').notNull(),
    /** A later run in which the same was tried again, and how it came out. */
    retestRunId: text('retest_run_id'),
    retest: text('retest').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    unique('finding_source').on(t.runId, t.source),
    index('finding_drill').on(t.drillId),
    index('finding_path').on(t.path, t.state),
  ],
);

/** 参演记录: who took part in which drill as what, for the personal file. */
export const drillParticipation = table(
  'drill_participation',
  {
    drillId: text('drill_id').notNull(),
    personId: text('person_id').notNull(),
    title: text('title').notNull(),
    form: text('form').notNull(),
    /** Names of the roles held, as the script calls them. */
    role: text('role').notNull(),
    heldOn: text('held_on').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.drillId, t.personId] }),
    index('drill_participation_person').on(t.personId, t.heldOn),
  ],
);
