import { defineConfig } from 'vitest/config';

const shared = { isolate: true, testTimeout: 30_000, hookTimeout: 60_000 } as const;

/**
 * Three sizes of test share this file: pure specs (`*.spec.ts`) and specs that touch the database
 * (`*.db.spec.ts`), which run once on each engine.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'pure',
          include: ['src/**/*.spec.ts', 'scripts/**/*.spec.ts', 'seeds/**/*.spec.ts'],
          exclude: ['**/*.db.spec.ts', '**/node_modules/**'],
        },
      },
      ...(['sqlite', 'postgres'] as const).map((engine) => ({
        test: {
          ...shared,
          name: engine,
          include: ['src/**/*.db.spec.ts', 'tests/access/**/*.db.spec.ts'],
          globalSetup: [`./tests/engines/${engine}-template.ts`],
          setupFiles: ['./tests/engines/fresh-database.ts'],
          env: { LIANBING_TEST_ENGINE: engine },
        },
      })),
    ],
  },
});
