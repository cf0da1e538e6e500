import * as v from 'valibot';
import { suggestedCreditHundredths } from './lesson.ts';

const trimmed = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
const required = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
/** A checkbox: present when ticked. */
const ticked = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => text !== ''),
);
const whole = (min: number, max: number) =>
  v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(Number),
    v.integer(),
    v.minValue(min),
    v.maxValue(max),
  );

/** One source a line; empty lines do not count. */
const lines = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) =>
    text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
);

export const courseForm = v.object({
  title: required(60),
  summary: required(300),
  audience: trimmed(200),
  isPublic: ticked,
  timed: ticked,
  dutyBasis: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(200)),
  sources: lines,
});
export type CourseInput = v.InferOutput<typeof courseForm>;

export const newCourseForm = v.object({ ...courseForm.entries, divisionId: required(40) });

export const lessonForm = v.object({
  chapter: required(60),
  title: required(80),
  kind: v.picklist(['article', 'video', 'pdf']),
  body: v.pipe(v.optional(v.string(), ''), v.maxLength(60_000)),
  minutes: whole(1, 300),
  /** Typed in hours, kept in hundredths; empty: by the minutes. */
  credit: v.pipe(v.optional(v.string(), ''), v.trim(), v.regex(/^(\d{1,2}(\.\d{1,2})?)?$/)),
});
export type LessonInput = Omit<v.InferOutput<typeof lessonForm>, 'credit'> & { creditHundredths: number };

/** What a lesson is, from its form: without a credit of its own it has the one its minutes suggest. */
export function lessonInput({ credit, ...rest }: v.InferOutput<typeof lessonForm>): LessonInput {
  const creditHundredths =
    credit === '' ? suggestedCreditHundredths(rest.minutes) : Math.round(Number(credit) * 100);
  return { ...rest, creditHundredths };
}

export const moveForm = v.object({
  lesson: required(60),
  by: v.pipe(
    v.picklist(['-1', '1']),
    v.transform((text) => (text === '1' ? 1 : -1) as 1 | -1),
  ),
});

export const fileForm = v.object({ use: v.picklist(['mp4', 'webm', 'captions', 'pdf']), file: v.file() });

export const questionForm = v.object({
  at: whole(0, 49),
  type: v.picklist(['single', 'multiple', 'judge']),
  stem: trimmed(500),
  options: lines,
  answer: trimmed(10),
  explanation: trimmed(1_000),
  basis: trimmed(300),
});

const position = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
const playId = v.pipe(v.string(), v.minLength(1), v.maxLength(60));

/** What the player and the reader send; the server believes none of it but the position to resume at. */
export const learningPing = v.variant('act', [
  v.object({ act: v.literal('open') }),
  v.object({ act: v.literal('ping'), playId, position }),
  v.object({ act: v.literal('confirm'), playId }),
  v.object({ act: v.literal('position'), position }),
  v.object({ act: v.literal('end') }),
]);
export type LearningPing = v.InferOutput<typeof learningPing>;

const QUESTIONS_MAX = 50;

/** A try at a quiz: `answer-0[]`, `answer-1[]` …, each the boxes ticked; questions left open are empty. */
export const quizForm = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((form) =>
    Array.from({ length: QUESTIONS_MAX }, (_, index) => {
      const ticked = form[`answer-${index}`];
      return Array.isArray(ticked) ? ticked.map(String).join('') : '';
    }),
  ),
);

/** A signed figure as it is typed, times a factor: 0.5 days are 1 half-day. */
const times = (factor: number, most: number) =>
  v.pipe(
    v.optional(v.string(), '0'),
    v.trim(),
    v.transform((text) => Math.round(Number(text) * factor * 1000) / 1000),
    v.integer(),
    v.minValue(-most),
    v.maxValue(most),
  );

export const adjustmentForm = v.pipe(
  v.object({
    heldOn: v.pipe(v.string(), v.isoDate()),
    days: times(2, 60),
    hours: times(100, 50_000),
    reason: trimmed(200),
  }),
  v.transform(({ heldOn, days, hours, reason }) => ({
    heldOn,
    halfDays: days,
    creditHundredths: hours,
    reason,
  })),
);
export type Adjustment = v.InferOutput<typeof adjustmentForm>;
