import { CASTS, dryRun } from '../runs/dry-run.ts';
import { refsOf, type Condition, type Ref } from './condition.ts';
import type { Expectation } from './script-expectations.ts';
import type { Inject, Script } from './script.ts';

/** A script drawn: every phase, inject and expected action at its planned time, and what brings about what. */

export type FlowKind = 'phase' | 'inject' | 'expectation';
export type FlowNode = {
  id: string;
  kind: FlowKind;
  title: string;
  /** When it came in the first dry run in which it did; null when it never does. */
  atMs: number | null;
  x: number;
  y: number;
  /** An inject that asks for a decision; the last phase; an action of which much depends. */
  mark: 'decision' | 'final' | 'veto' | null;
};
export type FlowEdge = {
  id: string;
  from: string;
  to: string;
  /** What happened to `from`, or the option taken; the screen puts it in words. */
  happened: Ref['is'] | null;
  option: { inject: string; id: string } | null;
  label: string;
  /** Comes only when something was not done, or a limit ran out. */
  isFallback: boolean;
};
export type FlowLane = { id: string; title: string; y: number; height: number };
export type Flow = { nodes: FlowNode[]; edges: FlowEdge[]; lanes: FlowLane[]; width: number };

export const NODE_WIDTH = 190;
export const NODE_HEIGHT = 54;
const GAP = 12;
const LANE_GAP = 20;
const MINUTE = 26;

/** Draws a script without faults: phases in the first lane, then a lane for each storyline. */
export function flowOf(script: Script): Flow {
  const times = timesOf(script);
  const flow: Flow = { nodes: [], edges: edgesOf(script), lanes: [], width: 0 };
  const never = Math.max(0, ...times.values()) + 5 * 60_000;
  const lay = (id: string, title: string, parts: Omit<FlowNode, 'x' | 'y'>[]): void => {
    const above = flow.lanes.at(-1);
    const y = above ? above.y + above.height + LANE_GAP : 0;
    const placed = inRows(parts, never, y);
    const bottom = Math.max(y, ...placed.map((node) => node.y));
    flow.nodes.push(...placed);
    flow.lanes.push({ id, title, y, height: bottom - y + NODE_HEIGHT });
  };
  lay(
    '#phases',
    '',
    script.phases.map(({ id, title, final }) => ({
      id,
      kind: 'phase',
      title,
      atMs: times.get(id) ?? null,
      mark: final ? 'final' : null,
    })),
  );
  for (const storyline of script.storylines)
    lay(storyline.id, storyline.title, partsOfLine(script, storyline.id, times));
  flow.width = Math.max(0, ...flow.nodes.map(({ x }) => x)) + NODE_WIDTH;
  return flow;
}

/** The injects of a storyline, and with each the actions it begins; those begun otherwise stand in the first line. */
function partsOfLine(
  script: Script,
  storyline: string,
  times: ReadonlyMap<string, number>,
): Omit<FlowNode, 'x' | 'y'>[] {
  const injects = script.injects.filter((inject) => inject.storyline === storyline);
  const here = new Set(injects.map(({ id }) => id));
  const isFirst = script.storylines[0]?.id === storyline;
  const opened = script.expectations.filter((each) => lineOf(script, each, here, isFirst));
  return [
    ...injects.map((inject) => ({
      id: inject.id,
      kind: 'inject' as const,
      title: `${inject.code} ${inject.title}`,
      atMs: times.get(inject.id) ?? null,
      mark: inject.decision ? ('decision' as const) : null,
    })),
    ...opened.map(({ id, title, veto }) => ({
      id,
      kind: 'expectation' as const,
      title,
      atMs: times.get(id) ?? null,
      mark: veto ? ('veto' as const) : null,
    })),
  ];
}

/** Whether an expected action stands in a lane: with what it opens on, followed back to an inject. */
function lineOf(script: Script, expectation: Expectation, here: Set<string>, isFirst: boolean): boolean {
  let of = expectation.opensOn.of;
  for (let steps = 0; steps < script.expectations.length; steps += 1) {
    if (here.has(of)) return true;
    const before = script.expectations.find(({ id }) => id === of);
    if (!before) break;
    of = before.opensOn.of;
  }
  return isFirst && !script.injects.some(({ id }) => id === of);
}

/** Side by side while there is room, otherwise in the next row. */
function inRows(parts: Omit<FlowNode, 'x' | 'y'>[], never: number, top: number): FlowNode[] {
  const ends: number[] = [];
  return [...parts]
    .sort((a, b) => (a.atMs ?? never) - (b.atMs ?? never))
    .map((part) => {
      const x = Math.round(((part.atMs ?? never) / 60_000) * MINUTE);
      const free = ends.findIndex((end) => end + GAP <= x);
      const row = free < 0 ? ends.length : free;
      ends[row] = x + NODE_WIDTH;
      return { ...part, x, y: top + row * (NODE_HEIGHT + GAP) };
    });
}

/** When everybody is in time; what does not come then, when it comes at all. */
function timesOf(script: Script): Map<string, number> {
  const times = new Map<string, number>();
  const casts = ['in_time' as const, ...CASTS.filter((cast) => cast !== 'in_time')];
  for (const { entries } of casts.map((cast) => dryRun(script, cast))) {
    const seen = new Map<string, number>();
    for (const { atMs, fact } of entries) {
      const id =
        fact.type === 'inject_released'
          ? fact.inject
          : fact.type === 'phase_entered'
            ? fact.phase
            : fact.type === 'expectation_opened'
              ? fact.expectation
              : null;
      if (id !== null && !seen.has(id)) seen.set(id, atMs);
    }
    for (const [id, atMs] of seen) if (!times.has(id)) times.set(id, atMs);
  }
  return times;
}

type Cause = Pick<FlowEdge, 'from' | 'happened' | 'option' | 'isFallback'>;
const ofRef = ({ of, is }: Ref): Cause => ({
  from: of,
  happened: is,
  option: null,
  isFallback: is === 'missed' || is === 'expired',
});

function ofCondition(condition: Condition): Cause[] {
  const { refs, decisions } = refsOf(condition);
  return [
    ...refs.map(ofRef),
    ...decisions.map(({ id, option }) => ({
      from: id,
      happened: null,
      option: { inject: id, id: option },
      isFallback: false,
    })),
  ];
}

function causesOf({ trigger }: Inject): Cause[] {
  if ('after' in trigger) return [ofRef(trigger.after)];
  if ('when' in trigger) return ofCondition(trigger.when);
  if ('contingency' in trigger)
    return [{ from: trigger.contingency.expectation, happened: 'missed', option: null, isFallback: true }];
  return [];
}

function edgesOf(script: Script): FlowEdge[] {
  const edges: FlowEdge[] = [];
  const join = (cause: Cause, to: string, label = ''): void => {
    if (cause.from !== to) edges.push({ id: `${edges.length}`, to, label, ...cause });
  };
  for (const inject of script.injects) for (const cause of causesOf(inject)) join(cause, inject.id);
  for (const { id, opensOn } of script.expectations) join(ofRef(opensOn), id);
  for (const { id, exits, onTimeout, maxDuration } of script.phases) {
    for (const { to, label, when } of exits) {
      join({ from: id, happened: null, option: null, isFallback: false }, to, label);
      for (const cause of when ? ofCondition(when) : []) if (cause.from !== id) join(cause, to);
    }
    if (onTimeout && maxDuration)
      join({ from: id, happened: null, option: null, isFallback: true }, onTimeout);
  }
  return edges;
}
