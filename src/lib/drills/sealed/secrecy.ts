import { PART_WORDS, SEALED_EVENT_WORDS, ACCESS_WORDS } from './copy.ts';
import type { SealedDrill } from './sealed-drill.ts';

/** 保密情况: who knew, who opened what, how the start was drawn; part of the report once it is unsealed. */
export type Secrecy = {
  /** Who was on the list, as what, why, and since when bound. */
  holders: {
    name: string;
    part: string;
    reason: string;
    addedBy: string;
    addedAt: number;
    signedAt: number | null;
    signedOn: 'screen' | 'paper' | null;
  }[];
  approval: { name: string; on: string | null; at: number } | null;
  /** Everybody who opened anything before the start, by person. */
  opened: { name: string; times: number; firstAt: number; lastAt: number; what: string[] }[];
  events: { at: number; by: string; what: string; hash: string }[];
  draw: {
    day: string;
    seed: string;
    commitment: string;
    drillId: string;
    at: number;
    notBeforeMs: number;
    startMs: number;
    unit: string | null;
    place: string | null;
    window: SealedDrill['window'];
    candidates: SealedDrill['candidates'];
  } | null;
  /** What stood out at the target before the start: for the evaluators to judge, never a verdict. */
  hints: LeakHint[];
};

/** So many deeds of one kind at the place between draw and start, and as many in as long a time before. */
export type LeakHint = { kind: 'plans' | 'people'; before: number; usual: number };

/** What of a count stands out: at least three, and more than twice what is usual. */
export function standsOut({ before, usual }: LeakHint): boolean {
  return before >= 3 && before > 2 * usual;
}

/** The report's part on secrecy, from what lay in the slot. `proof` opens the draw for anybody to repeat. */
export function secrecyOf(
  drill: SealedDrill,
  proof: { seed: string; commitment: string } | null,
  hints: readonly LeakHint[],
): Secrecy {
  const startMs = drill.drawn?.startMs ?? Infinity;
  return {
    holders: drill.holders.map(({ name, part, reason, addedBy, addedAt, signedAt, signedOn }) => ({
      ...{ name, part: PART_WORDS[part], reason, addedBy, addedAt, signedAt, signedOn },
    })),
    approval: drill.approval && {
      name: drill.approval.name,
      on: drill.approval.kind === 'paper' ? drill.approval.signedOn : null,
      at: drill.approval.at,
    },
    opened: openedBefore(drill, startMs),
    events: drill.events.map(({ at, by, kind, hash }) => ({
      ...{ at, by, what: SEALED_EVENT_WORDS[kind] ?? kind, hash },
    })),
    draw:
      drill.drawn && proof
        ? {
            ...proof,
            day: drill.drawn.commitmentDay,
            drillId: drill.id,
            at: drill.drawn.at,
            notBeforeMs: drill.drawn.notBeforeMs,
            startMs: drill.drawn.startMs,
            unit: drill.drawn.unit,
            place: drill.drawn.place,
            window: drill.window,
            candidates: drill.candidates,
          }
        : null,
    hints: hints.filter(standsOut),
  };
}

function openedBefore({ access }: SealedDrill, startMs: number): Secrecy['opened'] {
  const before = access.filter(({ at }) => at < startMs);
  return [...Map.groupBy(before, ({ name }) => name)]
    .map(([name, times]) => ({
      name,
      times: times.length,
      firstAt: Math.min(...times.map(({ at }) => at)),
      lastAt: Math.max(...times.map(({ at }) => at)),
      what: [...new Set(times.map(({ what }) => ACCESS_WORDS[what] ?? what))],
    }))
    .toSorted((a, b) => a.firstAt - b.firstAt);
}
