/** What the lint says about a script; `error` forbids publishing, `warning` wants a look. */
export type ScriptFinding = {
  code: ScriptFault;
  severity: 'error' | 'warning';
  /** Where: `injects.3.trigger.when`. */
  path: string;
  /** The part by its own name, such as the inject's code and title; empty when it has none. */
  part: string;
  detail: Record<string, string | number>;
};

export type ScriptFault =
  | 'unreadable'
  | 'too_deep'
  | 'duplicate_id'
  | 'unknown_ref'
  | 'wrong_happened'
  | 'depends_on_itself'
  | 'endless_exits'
  | 'doer_not_player'
  | 'cannot_do'
  | 'not_scored'
  | 'weights_not_100'
  | 'grades_without_floor'
  | 'unknown_grade'
  | 'no_way_out'
  | 'phase_unreachable'
  | 'never_released'
  | 'never_opens'
  | 'unknown_option'
  | 'decider_not_receiver'
  | 'blind_open'
  | 'not_a_point';

/** One finding; an error unless said otherwise. */
export function fault(
  code: ScriptFault,
  path: string,
  part: string,
  detail: Record<string, string | number> = {},
  severity: ScriptFinding['severity'] = 'error',
): ScriptFinding {
  return { code, severity, path, part, detail };
}
