import { expect, it } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { attemptMachine, stateAfter } from './attempt.machine.ts';
import type { AttemptState } from './attempt.ts';

it('reaches exactly the states of the column', () => {
  const column: Record<AttemptState, true> = {
    in_progress: true,
    submitted: true,
    collected: true,
    void: true,
  };
  const reached = getShortestPaths(attemptMachine).map((path) => String(path.state.value));
  expect([...new Set(reached)].toSorted()).toEqual(Object.keys(column).toSorted());
});

it('hands in once, whoever does it first', () => {
  expect(stateAfter('in_progress', 'submit')).toBe('submitted');
  expect(stateAfter('in_progress', 'collect')).toBe('collected');
  expect(stateAfter('submitted', 'collect')).toBeNull();
  expect(stateAfter('collected', 'submit')).toBeNull();
  expect(stateAfter('submitted', 'submit')).toBeNull();
});

it('a void attempt stays void', () => {
  expect(stateAfter('submitted', 'declare_void')).toBe('void');
  for (const event of ['submit', 'collect', 'declare_void'] as const)
    expect(stateAfter('void', event)).toBeNull();
});
