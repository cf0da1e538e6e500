// Who may import whom (docs/architecture.md). `npm run ci` runs `depcruise src`.
const FEATURE = '^src/lib/(?!kernel/|ui/|server/)([^/]+)/';
const SPEC = '[.]spec[.]ts$';
const PURE_FILE = '^src/lib/(?!kernel/|ui/|server/)[^/]+/(?!browser/)[^.]+([.]machine)?[.]ts$';
const SERVER_CODE = '([.]server[.]ts$|^src/lib/server/)';
const ENGINES =
  '^src/lib/server/db/(columns[.](sqlite|postgres)|(sqlite|postgres)-engine|write-queue([.]spec)?|tx|checkpoint-worker|checkpoints[.]spec)[.]ts$';
const TYPES = ['type-only'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other are one file, or lack a third one.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: TYPES } },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere fails on the next machine.',
      severity: 'error',
      from: { pathNot: '^src/routes/' },
      to: { couldNotResolve: true, pathNot: '^([$]app|[$]env|[$]lib|virtual:|[.]/[$]types)' },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'Everyone imports the kernel, so it imports nothing but itself.',
      severity: 'error',
      from: { path: '^src/lib/kernel/', pathNot: SPEC },
      to: { pathNot: '^src/lib/kernel/' },
    },
    {
      name: 'ui-knows-no-domain',
      comment: 'A part of the design system that knows a feature serves only that feature.',
      severity: 'error',
      from: { path: '^src/lib/ui/' },
      to: { path: '^src/(lib/(?!ui/|kernel/)|routes/)' },
    },
    {
      name: 'decisions-are-pure',
      comment:
        'Decisions run anywhere: in the page that greys a button, in the command that refuses, in a test.',
      severity: 'error',
      from: { path: PURE_FILE },
      to: {
        dependencyTypesNot: TYPES,
        path: [
          SERVER_CODE,
          '[.]svelte$',
          '/drizzle-orm/',
          '^drizzle-orm',
          '^node:',
          '@sveltejs/kit',
          '^[$](app|env)',
        ],
      },
    },
    {
      name: 'decisions-use-no-node',
      comment: 'As above: no files, no processes, no clocks of Node.',
      severity: 'error',
      from: { path: PURE_FILE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'features-keep-their-commands',
      comment:
        "A feature never enters another's .server.ts: a route or a job composes reads; what must follow in the same transaction follows an event (src/lib/server/followers.ts).",
      severity: 'error',
      from: { path: FEATURE, pathNot: SPEC },
      to: { path: `${FEATURE}.*[.]server[.]ts$`, pathNot: '^src/lib/$1/', dependencyTypesNot: TYPES },
    },
    {
      name: 'server-knows-no-feature',
      comment:
        'What the features stand on does not know them; followers.ts introduces them to each other, sheet-worker.ts is where a thread of its own begins, and write-reasons.ts (run by that thread) finds a heading the way the readings do.',
      severity: 'error',
      from: {
        path: '^src/lib/server/',
        pathNot: [SPEC, '^src/lib/server/(followers|sheets/sheet-worker|sheets/write-reasons)[.]ts$'],
      },
      to: { path: FEATURE, dependencyTypesNot: TYPES },
    },
    {
      name: 'components-stay-in-the-page',
      comment: 'A component gets plain props; types of the server may be named, its code not.',
      severity: 'error',
      from: { path: ['[.]svelte([.]ts)?$', '/browser/'] },
      to: { path: [SERVER_CODE, '(^|/)node_modules/drizzle-orm/'], dependencyTypesNot: TYPES },
    },
    {
      name: 'routes-ask-features',
      comment: 'A route asks a command or a query; it never meets the database.',
      severity: 'error',
      from: { path: '^src/(routes/|hooks[.])', pathNot: '^src/hooks[.]server[.]ts$' },
      to: {
        path: ['^src/lib/server/db/', '(^|/)node_modules/(drizzle-orm|better-sqlite3|pg)/'],
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'nobody-imports-routes',
      comment: 'Routes are the end of every chain.',
      severity: 'error',
      from: { pathNot: '^src/routes/' },
      to: { path: '^src/routes/' },
    },
    {
      name: 'drivers-behind-the-engines',
      comment: 'read() and write() are the doors to the database: only the engines know its drivers.',
      severity: 'error',
      from: { pathNot: ENGINES },
      to: {
        path: [
          '(^|/)node_modules/(better-sqlite3|pg)/',
          '(^|/)node_modules/drizzle-orm/(better-sqlite3|node-postgres|sqlite-core|pg-core)/',
        ],
        dependencyTypesNot: TYPES,
      },
    },
    {
      name: 'library-runs-without-the-framework',
      comment:
        'Scripts, jobs and specs run the same files on bare Node: SvelteKit is known to routes, hooks and form.ts.',
      severity: 'error',
      from: { path: '^src/lib/.*(?<![.]svelte)[.]ts$', pathNot: '^src/lib/server/(form|download)[.]ts$' },
      to: { path: ['(^|/)node_modules/@sveltejs/', '^[$](app|env)'], dependencyTypesNot: TYPES },
    },
    {
      name: 'no-tests-in-the-program',
      comment: 'A program that imports its tests ships them.',
      severity: 'error',
      from: { pathNot: [SPEC, '^tests/'] },
      to: { path: [SPEC, '^tests/', '(^|/)node_modules/(vitest|fast-check|@playwright)/'] },
    },
    {
      name: 'one-door-to-lucia',
      comment:
        'Its makers stopped maintaining it (docs/adr/0003): one folder knows it, so that leaving is a day.',
      severity: 'error',
      from: { pathNot: '^src/lib/server/auth/' },
      to: { path: '(^|/)node_modules/lucia/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|[.]svelte-kit)/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json'],
    },
    progress: { type: 'none' },
  },
};
