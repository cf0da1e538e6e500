import type { Tone } from '#lib/ui/ToneMark.svelte';
import type { DutyState } from '../duty.ts';
import type { CheckResult } from '../half-year.ts';
import type { PaperState } from '../paper-drill.ts';

export const DUTY_TONES: Record<DutyState, Tone> = {
  met: 'good',
  going: 'going',
  due_soon: 'waiting',
  overdue: 'short',
};
export const PAPER_TONES: Record<PaperState, Tone> = {
  entered: 'waiting',
  confirmed: 'good',
  refused: 'stopped',
};
export const CHECK_TONES: Record<CheckResult, Tone> = {
  in_order: 'good',
  faulty: 'short',
  untrue: 'stopped',
};
