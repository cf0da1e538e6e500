import type { Step } from './run-steps.ts';

/** How it is written. */
export const FORM: readonly Step[] = [
  { name: 'format (prettier)', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint (oxlint)', command: ['oxlint', '--quiet', 'src', 'scripts', 'seeds', 'tests'] },
];

/** What must hold. */
export const TRUTH: readonly Step[] = [
  { name: 'who may import whom (dependency-cruiser)', command: ['depcruise', 'src'] },
  { name: 'rules of the house (scripts/tidy.ts)', command: ['node', 'scripts/tidy.ts'] },
  { name: 'types (svelte-check)', command: ['npm', 'run', '-s', 'check'] },
  { name: 'pure specs', command: ['vitest', 'run', '--project', 'pure'] },
  { name: 'specs on SQLite', command: ['vitest', 'run', '--project', 'sqlite'] },
  { name: 'specs on PostgreSQL', command: ['vitest', 'run', '--project', 'postgres'] },
  { name: 'build', command: ['node', 'scripts/bootstrap.mjs', 'test'] },
  { name: 'who may open what (access table)', command: ['vitest', 'run', '--project', 'access'] },
  { name: 'browser tests (Playwright)', command: ['playwright', 'test'] },
];
