import * as v from 'valibot';
import { isDay } from '#lib/kernel/day.ts';

const trimmed = (max: number) => v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(max));
const required = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max));
const day = v.pipe(v.string(), v.check(isDay));
const clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const ticked = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => text !== ''),
);
const list = v.optional(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(80))), []);
const none = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => (text === '' ? null : text)),
);

export const classForm = v.object({
  title: required(60),
  organizer: required(60),
  place: required(80),
  note: trimmed(1_000),
  startsOn: day,
  endsOn: day,
  courseId: none,
  certificateKind: none,
});
export type ClassInput = v.InferOutput<typeof classForm>;

export const newClassForm = v.object({ ...classForm.entries, divisionId: required(40) });

export const reasonForm = v.object({ reason: trimmed(200) });

/** A span of half-days laid out at once. */
export const timetableForm = v.object({
  from: day,
  to: day,
  halves: v.pipe(v.array(v.picklist(['am', 'pm'])), v.minLength(1)),
  workdays: ticked,
  topic: trimmed(80),
});
export type Timetable = v.InferOutput<typeof timetableForm>;

export const sessionForm = v.object({
  heldOn: day,
  half: v.picklist(['am', 'pm']),
  topic: trimmed(80),
  startsAt: clock,
  endsAt: clock,
  signFrom: clock,
  signUntil: clock,
});
export type SessionInput = v.InferOutput<typeof sessionForm>;

/** Whom to enrol: post categories in places; no place means the actor's whole scope. */
export const enrolForm = v.object({ categories: v.pipe(list, v.minLength(1)), divisionIds: list });
export type EnrolFilter = v.InferOutput<typeof enrolForm>;

export const signForm = v.object({ digits: trimmed(12) });

export const tickForm = v.object({
  persons: v.pipe(list, v.minLength(1)),
  state: v.picklist(['present', 'late', 'leave']),
  way: v.optional(v.picklist(['clerk', 'sheet']), 'clerk'),
});
export type Tick = v.InferOutput<typeof tickForm>;

export const cardForm = v.object({ card: required(300) });

export const revokeForm = v.object({ attendance: required(60), reason: trimmed(200) });

/** Days in halves, as offices write them: 0.5, 1, 2.5. */
const days = v.pipe(
  v.string(),
  v.trim(),
  v.transform((text) => Number(text) * 2),
  v.integer(),
  v.minValue(1),
  v.maxValue(400),
);

export const outsideForm = v.object({
  title: required(80),
  organizer: required(80),
  place: required(80),
  fromOn: day,
  toOn: day,
  days,
  divisionId: required(40),
});
export type OutsideInput = v.InferOutput<typeof outsideForm>;

export const decideForm = v.object({ verdict: v.picklist(['confirmed', 'refused']), reason: trimmed(200) });
export type Decision = v.InferOutput<typeof decideForm>;

export const moveForm = v.object({
  type: v.picklist(['OPEN', 'FINISH', 'REOPEN', 'CANCEL']),
  reason: trimmed(200),
});
export const instructorForm = v.object({ loginName: required(40) });
export const accountForm = v.object({ account: required(60) });
export const personForm = v.object({ person: required(60) });
export const attendanceForm = v.object({ attendance: required(60) });
export const fileForm = v.object({ file: v.file() });
export const outsidePersonForm = v.object({ person: required(60), days });
