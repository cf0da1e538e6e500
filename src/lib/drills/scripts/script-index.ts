import { durationMs } from './duration.ts';
import type { Expectation } from './script-expectations.ts';
import {
  rolesOf,
  type Feature,
  type Inject,
  type Phase,
  type Resource,
  type Role,
  type Script,
  type ScriptDocument,
  type Variable,
} from './script.ts';

/** A script with its parts by name and its durations as milliseconds, made once per version. */
export type ScriptIndex = {
  script: Script;
  injects: ReadonlyMap<string, Inject>;
  expectations: ReadonlyMap<string, Expectation>;
  roles: ReadonlyMap<string, Role>;
  resources: ReadonlyMap<string, Resource>;
  documents: ReadonlyMap<string, ScriptDocument>;
  features: ReadonlyMap<string, Feature>;
  variables: ReadonlyMap<string, Variable>;
  phases: ReadonlyMap<string, Phase>;
  /** Values of the variables that change by themselves, by time. */
  series: ReadonlyMap<string, readonly (readonly [number, number])[]>;
};

const byId = <Part extends { id: string }>(parts: readonly Part[]) =>
  new Map(parts.map((part) => [part.id, part]));

const known = new WeakMap<Script, ScriptIndex>();

export function indexOf(script: Script): ScriptIndex {
  const index = known.get(script) ?? build(script);
  known.set(script, index);
  return index;
}

function build(script: Script): ScriptIndex {
  return {
    script,
    injects: byId(script.injects),
    expectations: byId(script.expectations),
    roles: byId(script.roles),
    resources: byId(script.resources),
    documents: byId(script.documents),
    features: byId(script.map.features),
    variables: byId(script.variables),
    phases: byId(script.phases),
    series: new Map(
      script.variables
        .filter((variable) => variable.series)
        .map((variable) => [
          variable.id,
          variable.series!.map(([at, value]) => [durationMs(at), value] as const).sort(([a], [b]) => a - b),
        ]),
    ),
  };
}

/** The player roles an inject is for. */
export function receiversOf(inject: Inject, index: ScriptIndex): Role[] {
  return rolesOf(inject.to, index.script.roles);
}
