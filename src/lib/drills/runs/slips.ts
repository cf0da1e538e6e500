import type { Channel, Inject } from '../scripts/script.ts';
import { receiversOf, type ScriptIndex } from '../scripts/script-index.ts';
import { CASTS, dryRun } from './dry-run.ts';
import { injectOf, injectsOf } from './inject-rules.ts';
import type { RunState } from './run-state.ts';

/** Injects on paper (情景条): what control reads out by telephone, hands over or says at the table. */

export type Slip = {
  number: number;
  inject: Inject;
  from: string;
  to: string[];
  /** When the dry run brings it out, in exercise time; null where only a hand does. */
  aboutMs: number | null;
};

/** After everything that has a time. */
const NEVER = Number.MAX_SAFE_INTEGER;
const ON_PAPER: readonly Channel[] = ['phone', 'radio', 'paper', 'face_to_face'];

/**
 * The slips of a run in the order in which they are expected, numbered. The order is that of the dry run in
 * which everybody acts in time; what comes out only in another one stands at its time there.
 */
export function slipsOf(state: RunState, index: ScriptIndex): Slip[] {
  const times = releaseTimes(index);
  return injectsOf(state, index)
    .flatMap(({ id }) => injectOf(state, index, id) ?? [])
    .filter(({ channel }) => ON_PAPER.includes(channel))
    .map((inject) => ({
      inject,
      from: index.roles.get(inject.from)?.name ?? '',
      to: receiversOf(inject, index).map(({ name }) => name),
      aboutMs: state.injects[inject.id]?.releasedMs ?? times.get(inject.id) ?? null,
    }))
    .sort((a, b) => (a.aboutMs ?? NEVER) - (b.aboutMs ?? NEVER))
    .map((slip, at) => ({ number: at + 1, ...slip }));
}

function releaseTimes({ script }: ScriptIndex): Map<string, number> {
  const times = new Map<string, number>();
  for (const cast of ['in_time' as const, ...CASTS])
    for (const { atMs, fact } of dryRun(script, cast).entries)
      if (fact.type === 'inject_released' && !times.has(fact.inject)) times.set(fact.inject, atMs);
  return times;
}
