import { describe, expect, it } from 'vitest';
import { CASTS, dryRun } from '#lib/drills/runs/dry-run.ts';
import { findingSentence } from '#lib/drills/scripts/lint-copy.ts';
import { lintScript } from '#lib/drills/scripts/lint.ts';
import type { Script } from '#lib/drills/scripts/script.ts';
import { modelScriptFiles } from './scripts.ts';

const FILES = modelScriptFiles();

it('finds the model scripts, each with a name of its own', () => {
  const names = FILES.map(({ draft }) => (draft as Script).meta.id);
  expect(FILES.length).toBeGreaterThanOrEqual(8);
  expect(new Set(names).size).toBe(FILES.length);
});

describe.each(FILES)('$file', ({ draft }) => {
  it('has no faults', () => {
    const { script, findings } = lintScript(draft);
    expect(findings.map(findingSentence)).toEqual([]);
    expect(script).not.toBeNull();
  });

  it.each(CASTS)('comes to its end when played by: %s', (cast) => {
    expect(dryRun(draft as Script, cast)).toMatchObject({ cast, isFinished: true });
  });
});
