import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

export type BlueprintPart = {
  /** 知识点; null: any. */
  topic: string | null;
  type: 'single' | 'multiple' | 'judge';
  difficulty: 'easy' | 'medium' | 'hard' | null;
  count: number;
  scoreEach: number;
};

/** A question as it stood when the paper was drawn, with the options in this candidate's order. */
export type PaperItem = {
  slot: number;
  questionId: string;
  version: number;
  type: BlueprintPart['type'];
  stem: string;
  options: string[];
  /** Right answer in the order shown: `A`, `ABD`, `T`, `F`. Never sent before hand-in. */
  answer: string;
  score: number;
  topic: string;
  explanation: string;
  basis: string;
};

/** How a hand-in came out: by type, by topic, and question by question. Filled at hand-in. */
export type AttemptResult = {
  byType: { key: string; count: number; right: number; score: number; scoreMax: number }[];
  byTopic: { key: string; count: number; right: number; score: number; scoreMax: number }[];
  /** Question id and whether it was answered rightly, in the order of the paper. */
  items: [questionId: string, right: boolean][];
};

/** 试题 */
export const question = table(
  'question',
  {
    id: text('id').primaryKey(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    type: text('type').$type<BlueprintPart['type']>().notNull(),
    stem: text('stem').notNull(),
    /** NFKC without spaces: what makes two stems the same. */
    stemKey: text('stem_key').notNull(),
    options: json<string[]>('options').notNull(),
    answer: text('answer').notNull(),
    explanation: text('explanation').notNull(),
    basis: text('basis').notNull(),
    difficulty: text('difficulty').$type<'easy' | 'medium' | 'hard'>().notNull(),
    topic: text('topic').notNull(),
    version: int('version').notNull(),
    withdrawnAt: instant('withdrawn_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('question_stem').on(t.divisionId, t.stemKey),
    index('question_draw').on(t.divisionId, t.type, t.topic, t.difficulty),
  ],
);

/** 组卷模板: reference data from seeds/reference. */
export const examTemplate = table('exam_template', {
  code: text('code').primaryKey(),
  title: text('title').notNull(),
  parts: json<BlueprintPart[]>('parts').notNull(),
  minutes: int('minutes').notNull(),
  passScore: int('pass_score').notNull(),
  source: text('source').notNull(),
  mark: text('mark').notNull(),
});

/** 考试 */
export const exam = table(
  'exam',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    classId: text('class_id'),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    blueprint: json<BlueprintPart[]>('blueprint').notNull(),
    opensAt: instant('opens_at').notNull(),
    /** Last moment to enter; not the moment to hand in. */
    entryUntil: instant('entry_until').notNull(),
    closesAt: instant('closes_at').notNull(),
    minutes: int('minutes').notNull(),
    totalScore: int('total_score').notNull(),
    passScore: int('pass_score').notNull(),
    attemptsMax: int('attempts_max').notNull(),
    graceSeconds: int('grace_seconds').notNull(),
    notice: text('notice').notNull(),
    showReview: bool('show_review').notNull(),
    state: text('state').$type<'draft' | 'published' | 'cancelled'>().notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('exam_path').on(t.path, t.opensAt), index('exam_class').on(t.classId)],
);

/** 作答: one person's one sitting of an exam. */
export const attempt = table(
  'attempt',
  {
    id: text('id').primaryKey(),
    examId: text('exam_id').notNull(),
    personId: text('person_id').notNull(),
    ordinal: int('ordinal').notNull(),
    state: text('state').$type<'in_progress' | 'submitted' | 'collected' | 'void'>().notNull(),
    startedAt: instant('started_at').notNull(),
    /** min(start + minutes, closing time): the one deadline, moved only by extra minutes. */
    dueAt: instant('due_at').notNull(),
    /** Minutes given to this attempt together with others (see `examExtension`), beyond the allowance. */
    addedMinutes: int('added_minutes').notNull().default(0),
    submittedAt: instant('submitted_at'),
    /** The browser that may answer now; a later one takes over. */
    lease: text('lease').notNull(),
    leaseAt: instant('lease_at').notNull(),
    receipt: text('receipt'),
    score: int('score'),
    passed: bool('passed'),
    /** Times the page was left; evidence for the invigilator, never a verdict. */
    leaves: int('leaves').notNull(),
    /** One sign a slot (see `shapeOf`): what may be answered there, without reading the paper. */
    shape: text('shape').notNull(),
    result: json<AttemptResult>('result'),
  },
  (t) => [
    unique('attempt_ordinal').on(t.examId, t.personId, t.ordinal),
    index('attempt_person').on(t.personId),
    index('attempt_due').on(t.state, t.dueAt),
  ],
);

/** What one person may do beyond the exam's own rules, with the reason; what was given is in the events. */
export const examAllowance = table(
  'exam_allowance',
  {
    examId: text('exam_id').notNull(),
    personId: text('person_id').notNull(),
    extraMinutes: int('extra_minutes').notNull(),
    reason: text('reason').notNull(),
    grantedBy: text('granted_by').notNull(),
    grantedAt: instant('granted_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.examId, t.personId] })],
);

/** 监考员: the accounts that watch an exam besides the officers of its place. */
export const examInvigilator = table(
  'exam_invigilator',
  { examId: text('exam_id').notNull(), accountId: text('account_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.examId, t.accountId] }),
    index('exam_invigilator_account').on(t.accountId),
  ],
);

/** 全场延时: minutes given at once to everybody under way, or to some of them. */
export const examExtension = table(
  'exam_extension',
  {
    /** Made with the form, so that a repeated press extends once. */
    id: text('id').primaryKey(),
    examId: text('exam_id').notNull(),
    minutes: int('minutes').notNull(),
    reason: text('reason').notNull(),
    /** Attempts whose deadline moved, and those of them that the closing of the exam cut short. */
    people: int('people').notNull(),
    peopleShort: int('people_short').notNull(),
    grantedBy: text('granted_by').notNull(),
    grantedAt: instant('granted_at').notNull(),
  },
  (t) => [index('exam_extension_exam').on(t.examId, t.grantedAt)],
);

/** The paper of an attempt, read at its start, its resumption and its marking; never by a save. */
export const attemptPaper = table('attempt_paper', {
  attemptId: text('attempt_id').primaryKey(),
  items: json<PaperItem[]>('items').notNull(),
});

/** The answer that counts for a slot: the one with the highest sequence number. */
export const attemptAnswer = table(
  'attempt_answer',
  {
    attemptId: text('attempt_id').notNull(),
    slot: int('slot').notNull(),
    seq: int('seq').notNull(),
    answer: text('answer').notNull(),
    savedAt: instant('saved_at').notNull(),
    /** Arrived within the grace after the deadline. */
    late: bool('late').notNull(),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.slot] })],
);
