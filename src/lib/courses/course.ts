import type { LessonKind } from './lesson.ts';

export type CourseState = 'draft' | 'published' | 'withdrawn';

/** What a decision about a course has to know of it. */
export type CourseFacts = { state: CourseState; timed: boolean; dutyBasis: string | null };

/** What a decision about publishing has to know of each lesson. */
export type LessonFacts = { title: string; kind: LessonKind; body: string; files: Record<string, string> };

export type PublishFault =
  | 'course_published'
  | 'course_empty'
  | 'course_basis_missing'
  | 'lesson_body_missing'
  | 'lesson_video_missing'
  | 'lesson_pdf_missing';

/** Why a course cannot be shown to learners yet; all reasons, each once. */
export function reasonsNotToPublish(course: CourseFacts, lessons: readonly LessonFacts[]): PublishFault[] {
  const faults: PublishFault[] = [];
  if (course.state === 'published') faults.push('course_published');
  if (lessons.length === 0) faults.push('course_empty');
  if (lacksBasis(course)) faults.push('course_basis_missing');
  if (lessons.some((lesson) => lesson.kind === 'article' && lesson.body.trim() === ''))
    faults.push('lesson_body_missing');
  if (lessons.some((lesson) => lesson.kind === 'video' && !lesson.files.mp4 && !lesson.files.webm))
    faults.push('lesson_video_missing');
  if (lessons.some((lesson) => lesson.kind === 'pdf' && !lesson.files.pdf)) faults.push('lesson_pdf_missing');
  return faults;
}

/** Time is measured only where a duty asks for it, and then the duty is named. */
export function lacksBasis(course: { timed: boolean; dutyBasis: string | null }): boolean {
  return course.timed && (course.dutyBasis ?? '').trim().length < 4;
}

export type LearnerCourseState = 'untouched' | 'learning' | 'completed';

/** Where a learner is in a course, from how many of its lessons were opened and completed. */
export function courseStateOf(counts: {
  lessons: number;
  opened: number;
  completed: number;
}): LearnerCourseState {
  if (counts.lessons > 0 && counts.completed >= counts.lessons) return 'completed';
  return counts.opened > 0 ? 'learning' : 'untouched';
}

/** The lesson to go on with: the first that is not completed, else the first. */
export function nextLesson<Lesson extends { completedAt: Date | null }>(
  lessons: readonly Lesson[],
): Lesson | undefined {
  return lessons.find((lesson) => lesson.completedAt === null) ?? lessons[0];
}

/** Lessons under their chapter headings, in order; a chapter is a heading over lessons. */
export function byChapter<Lesson extends { chapter: string }>(
  lessons: readonly Lesson[],
): { chapter: string; lessons: Lesson[] }[] {
  const chapters: { chapter: string; lessons: Lesson[] }[] = [];
  for (const lesson of lessons) {
    const last = chapters[chapters.length - 1];
    if (last && last.chapter === lesson.chapter) last.lessons.push(lesson);
    else chapters.push({ chapter: lesson.chapter, lessons: [lesson] });
  }
  return chapters;
}
