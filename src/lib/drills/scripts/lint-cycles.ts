import type { Condition } from './condition.ts';
import { fault, type ScriptFinding } from './lint-finding.ts';
import type { Script, Trigger } from './script.ts';

/** Parts that wait for each other in a ring: none of them would ever happen. */
export function findSelfDependence(script: Script): ScriptFinding[] {
  const waitsFor = new Map<string, string[]>();
  for (const { id, trigger } of script.injects) waitsFor.set(id, needs(trigger));
  for (const { id, opensOn } of script.expectations) waitsFor.set(id, [opensOn.of]);
  const done = new Set<string>();
  const findings: ScriptFinding[] = [];
  const visit = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) {
      findings.push(
        fault('depends_on_itself', pathOf(script, id), id, {
          way: [...way.slice(way.indexOf(id)), id].join(' → '),
        }),
      );
      return;
    }
    if (done.has(id)) return;
    for (const next of waitsFor.get(id) ?? []) visit(next, [...way, id]);
    done.add(id);
  };
  for (const id of waitsFor.keys()) visit(id, []);
  return findings;
}

/** What must happen before the trigger can: not what stands under `any` or `not`, which other things can replace. */
function needs(trigger: Trigger): string[] {
  if ('after' in trigger) return [trigger.after.of];
  if ('contingency' in trigger) return [trigger.contingency.expectation];
  return 'when' in trigger ? needed(trigger.when) : [];
}

function needed(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap((each) => needed(each));
  if ('any' in condition) return condition.any.length === 1 ? needed(condition.any[0]!) : [];
  if ('ref' in condition) return [condition.ref.of];
  if ('elapsed' in condition) return [condition.since.of];
  return 'decision' in condition ? [condition.decision] : [];
}

/**
 * Phases whose exits lead round in a circle without time passing: the machine would turn in it for ever. An
 * exit that waits for time since one of the circle's phases was entered breaks it, because that begins anew.
 */
export function findEndlessExits(script: Script): ScriptFinding[] {
  const findings: ScriptFinding[] = [];
  const exits = new Map(
    script.phases.map(
      ({ id, exits: out }) => [id, out.filter(({ when }) => when && !waits(when, id))] as const,
    ),
  );
  const done = new Set<string>();
  const visit = (id: string, way: readonly string[]): void => {
    if (way.includes(id)) {
      findings.push(
        fault('endless_exits', pathOf(script, id), id, {
          way: [...way.slice(way.indexOf(id)), id].join(' → '),
        }),
      );
      return;
    }
    if (done.has(id)) return;
    for (const { to } of exits.get(id) ?? []) visit(to, [...way, id]);
    done.add(id);
  };
  for (const { id } of script.phases) visit(id, []);
  return findings;
}

function waits(condition: Condition, phase: string): boolean {
  if ('all' in condition) return condition.all.some((each) => waits(each, phase));
  if ('any' in condition) return condition.any.every((each) => waits(each, phase));
  return 'elapsed' in condition && condition.since.is === 'entered' && condition.since.of === phase;
}

function pathOf(script: Script, id: string): string {
  for (const name of ['injects', 'expectations', 'phases'] as const) {
    const at = script[name].findIndex((part) => part.id === id);
    if (at >= 0) return `${name}.${at}`;
  }
  return id;
}
