import { addDays, dayOf, instantOn } from '#lib/kernel/day.ts';
import type { BlueprintPart } from './blueprint.ts';
import { localTimeText } from './clock-words.ts';

/** What stands in the form of an exam; times as a `datetime-local` field shows them. */
export type ExamDraft = {
  title: string;
  classId: string;
  opensAt: string;
  entryUntil: string;
  closesAt: string;
  minutes: number;
  passScore: number;
  attemptsMax: number;
  notice: string;
  showReview: boolean;
  blueprint: BlueprintPart[];
};

type Template = { title: string; minutes: number; passScore: number; parts: BlueprintPart[] };

const ENTRY_MINUTES = 30;
const PLAIN: Template = {
  title: '',
  minutes: 60,
  passScore: 60,
  parts: [
    { topic: null, type: 'single', difficulty: null, count: 20, scoreEach: 2 },
    { topic: null, type: 'multiple', difficulty: null, count: 10, scoreEach: 3 },
    { topic: null, type: 'judge', difficulty: null, count: 15, scoreEach: 2 },
  ],
};

/**
 * A first proposal: the template's paper, in the afternoon of the class's last day (tomorrow when that is
 * over), with half an hour to enter and enough time for the last to enter.
 */
export function draftFrom(
  template: Template | null,
  chosen: { id: string; title: string; endsOn: string } | null,
  now: Date,
): ExamDraft {
  const { title, minutes, passScore, parts } = template ?? PLAIN;
  const tomorrow = addDays(dayOf(now), 1);
  const day = chosen && chosen.endsOn >= tomorrow ? chosen.endsOn : tomorrow;
  const opensAt = instantOn(day, '14:30');
  const later = (span: number) => localTimeText(new Date(opensAt.getTime() + span * 60_000));
  return {
    title: title || (chosen ? chosen.title : ''),
    classId: chosen?.id ?? '',
    opensAt: later(0),
    entryUntil: later(ENTRY_MINUTES),
    closesAt: later(ENTRY_MINUTES + minutes),
    minutes,
    passScore,
    attemptsMax: 2,
    notice: '',
    showReview: true,
    blueprint: parts,
  };
}

/** The form of an exam that exists. */
export function draftOf(
  exam: Omit<ExamDraft, 'opensAt' | 'entryUntil' | 'closesAt' | 'classId'> & {
    classId: string | null;
    opensAt: Date;
    entryUntil: Date;
    closesAt: Date;
  },
): ExamDraft {
  const { title, minutes, passScore, attemptsMax, notice, showReview, blueprint } = exam;
  return {
    ...{ title, minutes, passScore, attemptsMax, notice, showReview, blueprint },
    classId: exam.classId ?? '',
    opensAt: localTimeText(exam.opensAt),
    entryUntil: localTimeText(exam.entryUntil),
    closesAt: localTimeText(exam.closesAt),
  };
}
