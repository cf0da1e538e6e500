import type { AttemptState } from './attempt.ts';
import type { CandidateState, ExamState } from './exam.ts';

/** The shape and tone of a chip (see `StatusChip`). */
type Tone = 'neutral' | 'waiting' | 'going' | 'good' | 'short' | 'stopped';

export const CANDIDATE_STATE_TONES: Record<CandidateState, Tone> = {
  upcoming: 'waiting',
  open: 'going',
  under_way: 'going',
  handed_in: 'good',
  over: 'neutral',
  absent: 'short',
  cancelled: 'stopped',
};

export const EXAM_STATE_TONES: Record<ExamState, Tone> = {
  draft: 'neutral',
  published: 'going',
  cancelled: 'stopped',
};

export const OUTCOME_TONES: Record<'passed' | 'failed' | 'absent' | 'under_way' | 'waiting', Tone> = {
  passed: 'good',
  failed: 'short',
  absent: 'short',
  under_way: 'going',
  waiting: 'waiting',
};

export const ATTEMPT_STATE_TONES: Record<AttemptState, Tone> = {
  in_progress: 'going',
  submitted: 'good',
  collected: 'neutral',
  void: 'stopped',
};
