import type { Tone } from '#lib/ui/ToneMark.svelte';
import type { OutsideState } from '../outside-training.ts';
import type { AttendanceState } from '../sign-in.ts';
import type { ClassState } from '../training-class.machine.ts';

export const CLASS_TONES: Record<ClassState, Tone> = {
  draft: 'neutral',
  open: 'going',
  finished: 'good',
  cancelled: 'stopped',
};

export const ATTENDANCE_TONES: Record<AttendanceState, Tone> = {
  present: 'good',
  late: 'short',
  leave: 'waiting',
  revoked: 'stopped',
};

export const OUTSIDE_TONES: Record<OutsideState, Tone> = {
  entered: 'waiting',
  confirmed: 'good',
  refused: 'stopped',
};
