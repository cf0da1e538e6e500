import * as v from 'valibot';
import { instantOn, isDay } from '#lib/kernel/day.ts';
import { GRACE_SECONDS } from './attempt.ts';
import { FIELD_SENTENCES as say } from './copy.ts';
import { ATTEMPTS_MAX, MINUTES_MAX, type ExamSettings } from './exam.ts';
import { DIFFICULTIES, QUESTION_TYPES, normalizedAnswer, type QuestionContent } from './question.ts';
import type { BlueprintPart } from './blueprint.ts';

const trimmed = (least: number, most: number, message: string) =>
  v.pipe(v.optional(v.string(), ''), v.trim(), v.minLength(least, message), v.maxLength(most, message));

const whole = (least: number, most: number, message: string) =>
  v.pipe(
    v.string(message),
    v.trim(),
    v.regex(/^\d+$/, message),
    v.transform(Number),
    v.minValue(least, message),
    v.maxValue(most, message),
  );

/** What `<input type="datetime-local">` sends, as the instant in Shanghai. */
const localTime = v.pipe(
  v.string(say.time),
  v.trim(),
  v.regex(/^\d{4}-\d{2}-\d{2}[T ]([01]\d|2[0-3]):[0-5]\d$/, say.time),
  v.check((text) => isDay(text.slice(0, 10)), say.time),
  v.transform((text) => instantOn(text.slice(0, 10), text.slice(11))),
);

const lines = v.optional(v.array(v.string()), []);

/** Rows of a blueprint as lists of equal length; a row without a count is an empty row of the form. */
function partsOf(form: {
  type: string[];
  topic: string[];
  difficulty: string[];
  count: string[];
  scoreEach: string[];
}): BlueprintPart[] | null {
  const parts: BlueprintPart[] = [];
  for (const [index, count] of form.count.entries()) {
    if (count.trim() === '') continue;
    const type = QUESTION_TYPES.find((known) => known === form.type[index]);
    const difficulty = DIFFICULTIES.find((known) => known === form.difficulty[index]) ?? null;
    const scoreEach = Number(form.scoreEach[index]?.trim() || Number.NaN);
    if (!type || !Number.isInteger(Number(count)) || !Number.isInteger(scoreEach)) return null;
    parts.push({
      topic: form.topic[index]?.trim() || null,
      type,
      difficulty,
      count: Number(count),
      scoreEach,
    });
  }
  return parts;
}

export const examForm = v.pipe(
  v.object({
    title: trimmed(2, 60, say.title),
    classId: trimmed(1, 60, say.class),
    opensAt: localTime,
    entryUntil: localTime,
    closesAt: localTime,
    minutes: whole(1, MINUTES_MAX, say.minutes),
    passScore: whole(1, 100_000, say.passScore),
    attemptsMax: whole(1, ATTEMPTS_MAX, say.attempts),
    notice: trimmed(0, 2_000, say.notice),
    showReview: v.optional(v.string()),
    type: lines,
    topic: lines,
    difficulty: lines,
    count: lines,
    scoreEach: lines,
  }),
  v.rawTransform(({ dataset: { value: form }, addIssue, NEVER }): ExamSettings => {
    const blueprint = partsOf(form);
    if (blueprint === null) {
      addIssue({
        message: say.part,
        path: [{ type: 'object', origin: 'value', input: form, key: 'count', value: form.count }],
      });
      return NEVER;
    }
    const { title, classId, opensAt, entryUntil, closesAt, minutes, passScore, attemptsMax, notice } = form;
    const times = { opensAt, entryUntil, closesAt, minutes };
    const showReview = form.showReview !== undefined;
    return {
      title,
      classId,
      ...times,
      blueprint,
      passScore,
      attemptsMax,
      graceSeconds: GRACE_SECONDS,
      notice,
      showReview,
    };
  }),
);

/** One question as typed: options by line of the form, the right ones by letter. */
export const questionForm = v.pipe(
  v.object({
    type: v.picklist(QUESTION_TYPES, say.choice),
    stem: trimmed(2, 1_000, say.stem),
    option: v.optional(v.array(v.pipe(v.string(), v.trim(), v.maxLength(500, say.option))), []),
    right: lines,
    judge: v.optional(v.picklist(['T', 'F'], say.choice)),
    explanation: trimmed(0, 2_000, say.long),
    basis: trimmed(0, 2_000, say.long),
    difficulty: v.picklist(DIFFICULTIES, say.choice),
    topic: trimmed(1, 30, say.topic),
    version: v.optional(whole(1, 1_000_000, say.choice), '1'),
  }),
  v.transform((form) => {
    const { type, stem, explanation, basis, difficulty, topic, version } = form;
    const isJudge = type === 'judge';
    const last = form.option.findLastIndex((option) => option !== '');
    const options = isJudge ? [] : form.option.slice(0, last + 1);
    const answer = isJudge ? (form.judge ?? '') : normalizedAnswer(form.right.join(''));
    const content: QuestionContent = { type, stem, options, answer, explanation, basis, difficulty, topic };
    return { content, version };
  }),
);

export const reasonForm = v.object({ reason: trimmed(4, 200, say.reason) });

export const allowanceForm = v.object({
  minutes: whole(1, 240, say.extraMinutes),
  reason: trimmed(4, 200, say.reason),
});

/** Extra minutes for all under way, or for those ticked on the board. */
export const extensionForm = v.pipe(
  v.object({
    id: trimmed(1, 60, say.choice),
    minutes: whole(1, 240, say.extraMinutes),
    reason: trimmed(4, 200, say.reason),
    who: v.picklist(['all', 'chosen'], say.choice),
    person: v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []),
  }),
  v.forward(
    v.check(({ who, person }) => who === 'all' || person.length > 0, say.chosen),
    ['who'],
  ),
);

export const invigilatorForm = v.object({ accountId: trimmed(1, 60, say.choice) });

export const voidForm = v.object({
  attemptId: trimmed(1, 60, say.choice),
  reason: trimmed(4, 200, say.reason),
});

export const noForm = v.object({});

const ANSWERS_AT_ONCE = 300;
const sentAnswer = v.object({
  slot: v.number(),
  seq: v.number(),
  answer: v.pipe(v.string(), v.maxLength(12)),
});

/** What the exam page posts; its owner is the session, never the body. */
export const savesBody = v.object({
  lease: v.pipe(v.string(), v.maxLength(60)),
  answers: v.pipe(v.array(sentAnswer), v.maxLength(ANSWERS_AT_ONCE)),
});

export const leaseBody = v.object({ previous: v.pipe(v.string(), v.maxLength(60)), force: v.boolean() });

export const leaveBody = v.object({ seconds: v.pipe(v.number(), v.minValue(0), v.maxValue(86_400)) });

/** 我已阅读: nobody enters without it. */
export const noticeForm = v.object({ read: v.literal('on', say.read) });
