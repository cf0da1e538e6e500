import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { lintScript } from '../scripts/lint.ts';
import { dryRun } from './dry-run.ts';

describe('the example', () => {
  it('has nothing to find', () => {
    expect(lintScript(exampleScript()).findings).toEqual([]);
  });

  it('walks through the branches its casts take', () => {
    const script = exampleScript();
    expect(dryRun(script, 'in_time')).toMatchObject({
      phases: ['warn', 'respond', 'after'],
      isFinished: true,
    });
    expect(dryRun(script, 'other_option').phases).toEqual(['warn', 'respond', 'move', 'after']);
    expect(dryRun(script, 'nobody').phases).toEqual(['warn', 'respond', 'after']);
  });
});
