import { describe, expect, it } from 'vitest';
import { courseStateOf, byChapter, nextLesson, reasonsNotToPublish, type LessonFacts } from './course.ts';
import { isComplete, missingFor, movedOrder, requiredMs, suggestedCreditHundredths } from './lesson.ts';

const NOW = new Date('2026-03-05T01:00:00Z');
const NONE = { creditedMs: 0, reachedEndAt: null, quizPassedAt: null, completedAt: null };

describe('completing a lesson', () => {
  it('asks a timed lesson for 95 per cent of its minutes and the quiz', () => {
    const lesson = { minutes: 10, timed: true, questions: 3 };
    expect(missingFor(lesson, NONE)).toEqual(['time', 'quiz']);
    expect(missingFor(lesson, { ...NONE, creditedMs: requiredMs(10) - 1, quizPassedAt: NOW })).toEqual([
      'time',
    ]);
    expect(missingFor(lesson, { ...NONE, creditedMs: 570_000, quizPassedAt: NOW })).toEqual([]);
  });

  it('asks an untimed lesson for its end and the quiz, never for time', () => {
    const lesson = { minutes: 10, timed: false, questions: 3 };
    expect(missingFor(lesson, NONE)).toEqual(['end', 'quiz']);
    expect(isComplete(lesson, { ...NONE, reachedEndAt: NOW, quizPassedAt: NOW })).toBe(true);
  });

  it('asks for no quiz where there are no questions', () => {
    expect(missingFor({ minutes: 5, timed: false, questions: 0 }, NONE)).toEqual(['end']);
  });

  it('stays complete whatever changes afterwards', () => {
    expect(isComplete({ minutes: 90, timed: true, questions: 9 }, { ...NONE, completedAt: NOW })).toBe(true);
  });
});

describe('lessons in order', () => {
  it('move one place and stop at the ends', () => {
    expect(movedOrder(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(movedOrder(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(movedOrder(['a', 'b', 'c'], 'x', 1)).toEqual(['a', 'b', 'c']);
  });

  it('stand under their chapters and lead on to the first that is not done', () => {
    const lessons = [
      { id: 1, chapter: '一', completedAt: NOW },
      { id: 2, chapter: '一', completedAt: null },
      { id: 3, chapter: '二', completedAt: null },
    ];
    expect(byChapter(lessons).map(({ chapter, lessons: each }) => [chapter, each.length])).toEqual([
      ['一', 2],
      ['二', 1],
    ]);
    expect(nextLesson(lessons)?.id).toBe(2);
    expect(nextLesson([])).toBeUndefined();
  });

  it('give credit by 45 minutes to the hour, one decimal, at least 0.1', () => {
    expect([3, 12, 45, 90].map(suggestedCreditHundredths)).toEqual([10, 30, 100, 200]);
  });
});

describe('a course', () => {
  it('is completed only with all of its lessons', () => {
    expect(courseStateOf({ lessons: 0, opened: 0, completed: 0 })).toBe('untouched');
    expect(courseStateOf({ lessons: 2, opened: 1, completed: 1 })).toBe('learning');
    expect(courseStateOf({ lessons: 2, opened: 2, completed: 2 })).toBe('completed');
  });

  it('says everything that keeps it from being published', () => {
    const draft = { state: 'draft' as const, timed: true, dutyBasis: ' ' };
    expect(reasonsNotToPublish(draft, [])).toEqual(['course_empty', 'course_basis_missing']);
    const lessons: LessonFacts[] = [
      { title: '甲', kind: 'article' as const, body: ' ', files: {} },
      { title: '乙', kind: 'video' as const, body: '', files: { captions: 'x' } },
      { title: '丙', kind: 'pdf' as const, body: '', files: {} },
    ];
    expect(reasonsNotToPublish({ ...draft, timed: false }, lessons)).toEqual([
      'lesson_body_missing',
      'lesson_video_missing',
      'lesson_pdf_missing',
    ]);
  });
});
