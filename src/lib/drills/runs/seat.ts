import type { RoleGroup, Script } from '../scripts/script.ts';
import { indexOf } from '../scripts/script-index.ts';

/**
 * A place at the table (席位): one person with one or several roles of the script. A recorder (记录员) holds
 * all roles of a unit, because most real tabletops are thirty people and a few devices.
 */
export type Seat = { id: string; roles: readonly string[]; name: string };

export function groupOf(script: Script, role: string): RoleGroup | null {
  return indexOf(script).roles.get(role)?.group ?? null;
}

export function groupsOf(script: Script, seat: Seat): Set<RoleGroup> {
  return new Set(seat.roles.flatMap((role) => groupOf(script, role) ?? []));
}

const RUNS_THE_DRILL: readonly RoleGroup[] = ['director', 'control'];
const JUDGES_OR_STEERS: readonly RoleGroup[] = ['director', 'control', 'sim', 'evaluator', 'safety'];

export function isControl(script: Script, seat: Seat): boolean {
  return seat.roles.some((role) => RUNS_THE_DRILL.includes(groupOf(script, role)!));
}

/** Nobody plays and steers or judges in one run: the grade would be his own. */
export function mayHoldTogether(script: Script, roles: readonly string[]): boolean {
  const groups = roles.map((role) => groupOf(script, role)!);
  return !(groups.includes('player') && groups.some((group) => JUDGES_OR_STEERS.includes(group)));
}
