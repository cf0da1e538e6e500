import type { Script } from '../scripts/script.ts';
import { indexOf } from '../scripts/script-index.ts';
import { looksOn } from './holding.ts';
import type { RunState } from './run-state.ts';
import type { Viewer } from './visible.ts';

/**
 * The part of the script that a seat's screen begins with; what comes into sight later arrives as entries
 * of the log (visible.ts) and is then fetched anew with it.
 */
export type Face = {
  title: string;
  region: string;
  scenarioStart: string;
  marking: string;
  stopWord: string;
  outline: string;
  roles: { id: string; name: string; org: string | null; orgName: string; group: string }[];
  /** `evaluates`: the player roles an evaluator watches as this one. */
  own: {
    id: string;
    name: string;
    orgName: string;
    group: string;
    task: string;
    evaluates: readonly string[];
  }[];
  phases: { id: string; title: string }[];
  documents: Script['documents'];
  resources: Script['resources'];
  map: Script['map'];
  variables: {
    id: string;
    name: string;
    unit: string;
    initial: Script['variables'][number]['initial'];
    series: Script['variables'][number]['series'];
  }[];
  /** The whole script: control only. */
  script: Script | null;
  /** Expected actions and sheets of the watched roles: evaluators. */
  expectations: Script['expectations'];
  sheets: Script['evaluation']['sheets'];
};

export function faceOf(script: Script, viewer: Viewer, state: RunState): Face {
  const { groups, seat, orgs, watched } = viewer;
  const index = indexOf(script);
  const orgName = (id: string | undefined) => script.orgs.find((org) => org.id === id)?.name ?? '';
  const isControl = groups.has('director') || groups.has('control') || groups.has('sim');
  const isEvaluator = groups.has('evaluator');
  const isBlind = script.blind.notice === 'none' || script.blind.notice === 'window_only';
  const seen = (id: string, revealOn: unknown) => isControl || !revealOn || id in state.revealed;
  const mine = (ids: readonly string[] | undefined) =>
    isControl || (ids ?? []).some((id) => seat.roles.includes(id) || watched.has(id));
  return {
    title: script.meta.title,
    region: script.meta.region,
    scenarioStart: script.clock.scenarioStart,
    marking: script.safety.marking,
    stopWord: script.safety.stopWord,
    // What a blind player may read of the scenario is what reaches him.
    outline: isControl || isEvaluator || !isBlind ? script.meta.brief.outline : '',
    roles: script.roles
      .filter(({ group }) => isControl || ['player', 'sim', 'control', 'director'].includes(group))
      .map(({ id, name, org, group }) => ({ id, name, org: org ?? null, orgName: orgName(org), group })),
    own: seat.roles
      .flatMap((id) => index.roles.get(id) ?? [])
      .map(({ id, name, org, group, task, evaluates }) => ({
        id,
        name,
        orgName: orgName(org),
        group,
        task: task ?? '',
        evaluates: evaluates ?? [],
      })),
    phases: isControl || isEvaluator || !isBlind ? script.phases.map(({ id, title }) => ({ id, title })) : [],
    documents: script.documents.filter(
      ({ id, visibleTo, revealOn }) => mine(visibleTo) && seen(id, revealOn),
    ),
    // What the director shows them is told by its name.
    resources: script.resources.filter(
      ({ owner }) => isControl || isEvaluator || looksOn(viewer) || orgs.has(owner),
    ),
    map: { ...script.map, features: script.map.features.filter(({ id, revealOn }) => seen(id, revealOn)) },
    variables: script.variables
      .filter(({ visibleTo }) => mine(visibleTo))
      .map(({ id, name, unit, initial, series }) => ({
        id,
        name,
        unit: unit ?? '',
        initial,
        series: isControl ? series : undefined,
      })),
    script: isControl ? script : null,
    expectations:
      isEvaluator && !isControl
        ? script.expectations.filter(({ by }) => by.roles.some((role) => watched.has(role)))
        : [],
    sheets: isEvaluator && !isControl ? script.evaluation.sheets : [],
  };
}
