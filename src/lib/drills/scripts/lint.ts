import * as v from 'valibot';
import { findEndlessExits, findSelfDependence } from './lint-cycles.ts';
import { fault, type ScriptFinding } from './lint-finding.ts';
import { lintEvaluation } from './lint-evaluation.ts';
import { lintReach } from './lint-reach.ts';
import { lintReferences } from './lint-references.ts';
import { scriptSchema, type Script } from './script.ts';

/** Deeper than any person writes; deeper input is an attempt to exhaust the reader. */
const DEPTH_MAX = 40;

/**
 * Reads a script from parsed JSON and checks all that can be checked without playing it. `script` is null
 * when it cannot be read at all; it may be published only without a finding of severity `error`.
 */
export function lintScript(value: unknown): { script: Script | null; findings: ScriptFinding[] } {
  if (depthOf(value) > DEPTH_MAX) return { script: null, findings: [fault('too_deep', '', '')] };
  const parsed = v.safeParse(scriptSchema, value);
  if (!parsed.success) return { script: null, findings: parsed.issues.map((issue) => unreadable(issue)) };
  const script = parsed.output;
  const references = lintReferences(script);
  // What leads nowhere makes the other checks speak of ghosts.
  if (references.some(({ severity }) => severity === 'error')) return { script, findings: references };
  return {
    script,
    findings: [
      ...references,
      ...findSelfDependence(script),
      ...findEndlessExits(script),
      ...lintEvaluation(script),
      ...lintReach(script),
    ],
  };
}

function depthOf(value: unknown, depth = 0): number {
  if (depth > DEPTH_MAX || typeof value !== 'object' || value === null) return depth;
  let deepest = depth;
  for (const part of Object.values(value)) deepest = Math.max(deepest, depthOf(part, depth + 1));
  return deepest;
}

/** The deepest issue of a union says most: "one of four shapes" helps nobody. */
function unreadable(issue: v.BaseIssue<unknown>): ScriptFinding {
  const inner = deepest(issue);
  const path = [...(issue.path ?? []), ...(inner === issue ? [] : (inner.path ?? []))]
    .map((item) => String(item.key))
    .join('.');
  return fault('unreadable', path, '', { why: inner.message, got: inner.received });
}

function deepest(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const candidates = (issue.issues ?? []).map((each) => deepest(each));
  return candidates.reduce(
    (best, each) => ((each.path?.length ?? 0) > (best.path?.length ?? 0) ? each : best),
    issue,
  );
}
