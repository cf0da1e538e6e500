import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Runs steps in a process of their own and answers what it wrote and how it ended. */
function run(...codes: number[]): { lines: string[]; status: number | null } {
  const steps = codes.map((code, index) => ({
    name: `step ${index + 1}`,
    command: ['node', '-e', `process.stdout.write('said ${index + 1}'); process.exitCode = ${code};`],
  }));
  const program = `import { runSteps } from './scripts/gate/run-steps.ts'; await runSteps(${JSON.stringify(steps)});`;
  const { stdout, status } = spawnSync('node', ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return { lines: stdout.trimEnd().split('\n'), status };
}

it('counts steps that pass, and keeps what they said to itself', () => {
  const { lines, status } = run(0, 0);
  expect(lines.at(-1)).toBe('2 passed, 0 failed');
  expect(lines.join()).not.toContain('said');
  expect(status).toBe(0);
});

it('stops at the first failure, shows what it said, and fails', () => {
  const { lines, status } = run(0, 3, 0);
  expect(lines.at(-1)).toBe('1 passed, 1 failed');
  expect(lines).toContain('said 2');
  expect(lines).toContain('not run: step 3');
  expect(lines.join()).not.toContain('said 3');
  expect(status).toBe(1);
});
