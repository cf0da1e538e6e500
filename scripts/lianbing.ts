import { exportKeys, importKeys } from '#lib/server/keys.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { RestoreError, restoreBackup, writeBackup } from '#lib/server/backup.ts';
import { Refused } from '#lib/kernel/refused.ts';
import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { SettingsError } from '#lib/server/settings.ts';
import { createAccountByOperator, resetAccountByOperator } from './cli/accounts.ts';
import { readArguments, UsageError, type Arguments } from './cli/arguments.ts';
import { dryRunDrill, lintDrill } from './cli/drills.ts';
import { importQuestions, importRoster, operatorPath } from './cli/import.ts';
import { prepareDatabase } from './cli/prepare.ts';
import { printImport, printLines } from './cli/print.ts';
import { serverIsRunning } from './cli/server-lock.ts';
import { verifyAll } from './cli/verify.ts';
import { HELP } from './cli/words.ts';

/** The operator's command line: the same commands the screens use, on the same database. */
const COMMANDS: Record<string, (args: Arguments) => Promise<void>> = {
  'import roster': (args) =>
    importRoster(args, (outcome) => printImport(outcome, args.options.json === true)),
  'import questions': (args) =>
    importQuestions(args, (outcome) => printImport(outcome, args.options.json === true)),
  backup: async (args) => {
    const file = fileOf(args, 1);
    const counts = await writeBackup(file, new Date());
    if (typeof args.options['with-keys'] === 'string')
      await writeFile(operatorPath(args.options['with-keys']), JSON.stringify(exportKeys()), { mode: 0o600 });
    printLines({ file, ...counts, keys: args.options['with-keys'] ?? null });
  },
  restore: async (args) => {
    if (await serverIsRunning())
      throw new RestoreError('服务器正在运行，请先停止再恢复 / stop the server first');
    const keys = args.options['with-keys'];
    if (typeof keys === 'string') importKeys(JSON.parse(await readFile(operatorPath(keys), 'utf8')));
    printLines(await restoreBackup(fileOf(args, 1)));
  },
  verify: async () => {
    const report = await verifyAll(new Date());
    printLines(report);
    if (report.faults > 0) process.exitCode = 1;
  },
  'account create': async (args) => printLines(await createAccountByOperator(args)),
  'account reset': async (args) => printLines(await resetAccountByOperator(args)),
  seed: async () => {
    const seeded = await prepareDatabase((line) => process.stderr.write(`${line}\n`));
    printLines({ seeded });
  },
};

/** What reads a file and prints: works on any machine, without a database. */
const WITHOUT_DATABASE: Record<string, (args: Arguments) => Promise<void>> = {
  'drill lint': lintDrill,
  'drill dry-run': dryRunDrill,
};

function fileOf(args: Arguments, at: number): string {
  const file = args.words[at];
  if (!file) throw new UsageError('缺少文件名 / missing FILE');
  return operatorPath(file);
}

async function main(argv: string[]): Promise<void> {
  const args = readArguments(argv);
  if (args.options.help || args.words.length === 0) {
    process.stdout.write(HELP);
    return;
  }
  const plain = WITHOUT_DATABASE[args.words.slice(0, 2).join(' ')];
  if (plain) return plain(args);
  const command = COMMANDS[args.words.slice(0, 2).join(' ')] ?? COMMANDS[args.words[0]!];
  if (!command) throw new UsageError(`没有这个命令 / no such command: ${args.words.join(' ')}`);
  registerFollowers();
  await migrateDatabase();
  await command(args);
}

/** What the operator did wrong is said in a sentence; anything else keeps its trace. */
function isForOperator(reason: unknown): reason is Error {
  return [UsageError, RestoreError, SettingsError, Refused].some((kind) => reason instanceof kind);
}

try {
  await main(process.argv.slice(2));
} catch (reason) {
  if (!isForOperator(reason)) throw reason;
  process.stderr.write(`${reason.message}\n`);
  if (reason instanceof UsageError) process.stderr.write(`\n${HELP}`);
  process.exitCode = reason instanceof UsageError ? 2 : 1;
} finally {
  await closeDatabase();
}
