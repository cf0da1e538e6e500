import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { lintScript } from '../scripts/lint.ts';
import { dryRun } from './dry-run.ts';
import { advance, newRun } from './run.machine.ts';

describe('the example', () => {
  it('has nothing to find', () => {
    expect(lintScript(exampleScript()).findings).toEqual([]);
  });

  it('is not restored into a phase that the script no longer has', () => {
    const script = exampleScript();
    const gone = { ...newRun(script), phase: 'gone' };
    expect(() => advance(script, gone, { type: 'START', atMs: 0, seq: 1 })).toThrow('gone');
  });

  it('never turns round for ever: a circle that the lint was not asked about throws', () => {
    const script = exampleScript();
    const always = { when: { var: 'road', cmp: '=' as const, value: 'open' }, label: '' };
    script.phases[0]!.exits = [{ ...always, to: 'respond' }];
    script.phases[1]!.exits = [{ ...always, to: 'warn' }];
    expect(() => advance(script, newRun(script), { type: 'START', atMs: 0, seq: 1 })).toThrow(
      'Infinite loop',
    );
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
