import { defineConfig } from 'vitest/config';

const shared = { isolate: true, testTimeout: 30_000, hookTimeout: 60_000 } as const;

/**
 * Pure specs (`*.spec.ts`), specs that touch the database (`*.db.spec.ts`), which run once on each
 * engine, and the access table. Browser tests have playwright.config.ts.
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
          setupFiles: ['./tests/random.ts'],
        },
      },
      ...(['sqlite', 'postgres'] as const).map((engine) => ({
        test: {
          ...shared,
          name: engine,
          // The demo counties take half a minute to load: once is enough.
          include: ['src/**/*.db.spec.ts', ...(engine === 'sqlite' ? ['seeds/**/*.db.spec.ts'] : [])],
          globalSetup: [`./tests/engines/${engine}-template.ts`],
          setupFiles: ['./tests/random.ts', './tests/engines/fresh-database.ts'],
          env: { LIANBING_TEST_ENGINE: engine },
        },
      })),
      {
        // Who may open what, asked of the built program.
        test: {
          ...shared,
          hookTimeout: 180_000,
          name: 'access',
          include: ['tests/access/*.spec.ts'],
          globalSetup: ['./tests/access/demo-template.ts'],
        },
      },
    ],
  },
});
