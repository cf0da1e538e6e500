import type { Tone } from '#lib/ui/ToneMark.svelte';
import type { CourseState, LearnerCourseState } from '../course.ts';

export const STATE_TONES: Record<LearnerCourseState, Tone> = {
  untouched: 'neutral',
  learning: 'going',
  completed: 'good',
};

export const COURSE_TONES: Record<CourseState, Tone> = {
  draft: 'neutral',
  published: 'good',
  withdrawn: 'stopped',
};
