import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';
import { sql } from 'drizzle-orm';

export type QuizQuestion = {
  type: 'single' | 'multiple' | 'judge';
  stem: string;
  options: string[];
  answer: string;
  explanation: string;
  basis: string;
};

/** 课程 */
export const course = table(
  'course',
  {
    id: text('id').primaryKey(),
    slug: text('slug').notNull(),
    title: text('title').notNull(),
    summary: text('summary').notNull(),
    audience: text('audience').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    /** Open to everybody without an account. */
    isPublic: bool('is_public').notNull(),
    /** Timed: credit by server-clocked pings, because the named duty asks for time. */
    timed: bool('timed').notNull(),
    dutyBasis: text('duty_basis'),
    state: text('state').$type<'draft' | 'published' | 'withdrawn'>().notNull(),
    sources: json<string[]>('sources').notNull(),
    createdAt: instant('created_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (t) => [unique('course_slug').on(t.slug), index('course_path').on(t.path)],
);

/** 小节 (a chapter is a heading over lessons, so it is a column). */
export const lesson = table(
  'lesson',
  {
    id: text('id').primaryKey(),
    courseId: text('course_id').notNull(),
    chapter: text('chapter').notNull(),
    ordinal: int('ordinal').notNull(),
    title: text('title').notNull(),
    kind: text('kind').$type<'article' | 'video' | 'pdf'>().notNull(),
    /** Markdown: the article, or the transcript of a video. */
    body: text('body').notNull(),
    /** Uploads by their use: pdf, mp4, webm, captions. */
    files: json<Record<string, string>>('files').notNull(),
    minutes: int('minutes').notNull(),
    creditHundredths: int('credit_hundredths').notNull(),
    quiz: json<QuizQuestion[]>('quiz').notNull(),
  },
  (t) => [index('lesson_course').on(t.courseId, t.ordinal)],
);

/** How far a person is in a lesson. */
export const lessonProgress = table(
  'lesson_progress',
  {
    personId: text('person_id').notNull(),
    lessonId: text('lesson_id').notNull(),
    courseId: text('course_id').notNull(),
    creditedMs: int('credited_ms').notNull(),
    /** Where to resume: seconds of a video, page of a PDF, per mille of an article. */
    position: int('position').notNull(),
    reachedEndAt: instant('reached_end_at'),
    quizTries: int('quiz_tries').notNull(),
    quizPassedAt: instant('quiz_passed_at'),
    completedAt: instant('completed_at'),
    openedAt: instant('opened_at').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.lessonId] }),
    index('lesson_progress_course').on(t.courseId, t.personId),
  ],
);

/** The one lesson a person is playing now; a second device takes it over. */
export const livePlay = table('live_play', {
  personId: text('person_id').primaryKey(),
  playId: text('play_id').notNull(),
  lessonId: text('lesson_id').notNull(),
  pingedAt: instant('pinged_at').notNull(),
  /** When the next “are you still learning” is asked, and until when it may be answered. */
  promptAt: instant('prompt_at').notNull(),
  promptUntil: instant('prompt_until'),
  /** Credited since the last confirmed presence: taken back when a prompt is missed. */
  unconfirmedMs: int('unconfirmed_ms').notNull(),
});

/** 学时台账: append only; a correction is an entry that reverses another. */
export const creditEntry = table(
  'credit_entry',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    year: int('year').notNull(),
    kind: text('kind').$type<'attendance' | 'lesson' | 'elsewhere' | 'adjustment'>().notNull(),
    halfDays: int('half_days').notNull(),
    creditHundredths: int('credit_hundredths').notNull(),
    heldOn: text('held_on').notNull(),
    title: text('title').notNull(),
    /** What proves it: `attendance:<id>`, `lesson:<id>`, `outside:<id>`. */
    evidence: text('evidence').notNull(),
    ruleVersion: text('rule_version').notNull(),
    reverses: text('reverses'),
    /** Why it was entered beyond its own evidence: `merge:<linked record>`, `overlap`; null: no more to say. */
    because: text('because'),
    enteredAt: instant('entered_at').notNull(),
  },
  (t) => [
    unique('credit_entry_reverses').on(t.reverses),
    unique('credit_entry_once')
      .on(t.personId, t.evidence)
      .where(sql`reverses is null`),
    index('credit_entry_person_year').on(t.personId, t.year),
  ],
);
