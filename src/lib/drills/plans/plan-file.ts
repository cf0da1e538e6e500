import type { PlanReading } from './plan-reading.ts';

/** Why a file could not be read as a plan. */
export type PlanFileFault =
  | 'plan_file_type'
  | 'plan_file_old'
  | 'plan_file_locked'
  | 'plan_file_large'
  | 'plan_file_unpacks_large'
  | 'plan_file_damaged'
  | 'plan_file_empty'
  | 'plan_file_slow';

export type PlanFileAnswer = { reading: PlanReading } | { fault: PlanFileFault };
