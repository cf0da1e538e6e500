// Runs before `npm start`, `npm test` and `npm run dev`, on any Node that npm itself runs on: installs
// what is missing, builds when sources changed, brings the database up to date. Plain JavaScript, no
// dependencies, because nothing is installed yet.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const STEPS = {
  start: ['install', 'build', 'database'],
  test: ['install', 'build'],
  dev: ['install', 'database'],
  cli: ['install'],
};
const LOCK_MARK = 'node_modules/.lianbing-lock';
const BUILD_MARK = 'build/.lianbing-sources';
const SOURCES = ['src', 'static', 'svelte.config.js', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];

const goal = process.argv[2] ?? 'start';
const steps = STEPS[goal];
if (!steps) throw new Error(`bootstrap: no such goal: ${goal}`);

/** The command line prints JSON for scripts, so what is said before it must not stand among that. */
const out = goal === 'cli' ? process.stderr : process.stdout;

/** Says where we are: 1/3 安装依赖 … */
function say(step, text) {
  out.write(`[${steps.indexOf(step) + 1}/${steps.length}] ${text}\n`);
}

function run(command, args, env = {}) {
  const path = `${resolve('node_modules/.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`;
  const outcome = spawnSync(command, args, {
    stdio: ['inherit', goal === 'cli' ? 2 : 'inherit', 'inherit'],
    env: { ...process.env, PATH: path, ...env },
    shell: process.platform === 'win32',
  });
  if (outcome.status !== 0) process.exit(outcome.status ?? 1);
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  const walk = (path) => {
    if (!existsSync(path)) return;
    const stats = statSync(path);
    if (!stats.isDirectory()) return void hash.update(path).update(readFileSync(path));
    for (const name of readdirSync(path).sort()) walk(join(path, name));
  };
  for (const path of paths) walk(path);
  return hash.digest('hex');
}

function isMarked(mark, value) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === value;
}

const actions = {
  install() {
    const wanted = fingerprint(['package-lock.json']);
    if (isMarked(LOCK_MARK, wanted))
      return goal === 'cli' || say('install', '依赖已安装 / dependencies are installed');
    say('install', '安装依赖，第一次约需一两分钟 / installing dependencies (npm ci)');
    run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error']);
    writeFileSync(LOCK_MARK, wanted);
  },
  build() {
    const wanted = fingerprint(SOURCES);
    if (isMarked(BUILD_MARK, wanted)) return say('build', '程序已构建 / the program is built');
    say('build', '构建程序，约需一分钟 / building the program');
    run('vite', ['build', '--logLevel', 'warn']);
    mkdirSync('build', { recursive: true });
    writeFileSync(BUILD_MARK, wanted);
  },
  database() {
    say('database', '准备数据库 / preparing the database');
    run('node', ['scripts/prepare-database.ts']);
  },
};

for (const step of steps) actions[step]();
