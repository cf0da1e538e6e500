import { readFile, stat } from 'node:fs/promises';
import { CASTS, dryRun, type DryRun } from '#lib/drills/runs/dry-run.ts';
import { exerciseClock, factSentence, namingOf } from '#lib/drills/runs/fact-copy.ts';
import { findingSentence } from '#lib/drills/scripts/lint-copy.ts';
import { lintScript } from '#lib/drills/scripts/lint.ts';
import type { Script } from '#lib/drills/scripts/script.ts';
import { UsageError, type Arguments } from './arguments.ts';
import { operatorPath } from './import.ts';

const BYTES_MAX = 4 * 1024 * 1024;

/** `drill lint FILE`: a line for each finding; exit status 1 when one forbids publishing. */
export async function lintDrill(args: Arguments): Promise<void> {
  await readScript(args);
}

/** `drill dry-run FILE`: the script against the clock, once for each cast; `--cast in_time` shows every entry of one. */
export async function dryRunDrill(args: Arguments): Promise<void> {
  const script = await readScript(args);
  if (!script) return;
  const chosen = args.options.cast;
  if (chosen !== undefined && !CASTS.some((cast) => cast === chosen))
    throw new UsageError(`--cast ${CASTS.join(' | ')}`);
  for (const cast of CASTS) {
    if (chosen !== undefined && cast !== chosen) continue;
    const run = dryRun(script, cast);
    if (chosen !== undefined) print(run, script);
    process.stdout.write(`${summary(run, script)}\n`);
    if (!run.isFinished) process.exitCode = 1;
  }
}

async function readScript(args: Arguments): Promise<Script | null> {
  const file = args.words[2];
  if (!file) throw new UsageError('缺少文件名 / missing FILE');
  const path = operatorPath(file);
  if ((await stat(path)).size > BYTES_MAX) throw new UsageError('文件超过 4 MB / larger than 4 MB');
  const { script, findings } = lintScript(parse(await readFile(path, 'utf8')));
  for (const finding of findings)
    process.stdout.write(`${finding.severity === 'error' ? '✗' : '！'} ${findingSentence(finding)}\n`);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  process.stdout.write(`${errors} 处必须改 / errors, ${findings.length - errors} 处请看一眼 / warnings\n`);
  if (errors > 0) process.exitCode = 1;
  return errors > 0 ? null : script;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (reason) {
    throw new UsageError(`不是 JSON 文件 / not JSON: ${reason instanceof Error ? reason.message : ''}`);
  }
}

function print({ entries }: DryRun, script: Script): void {
  const naming = namingOf(script);
  for (const { atMs, fact } of entries)
    process.stdout.write(`${exerciseClock(atMs)}  ${factSentence(fact as never, naming)}\n`);
}

function summary({ cast, phases, entries, isFinished, endMs }: DryRun, script: Script): string {
  const count = (type: string) => entries.filter(({ fact }) => fact.type === type).length;
  const way = phases.map((id) => namingOf(script).phase(id)).join(' → ');
  return `${cast}: ${exerciseClock(endMs)} ${isFinished ? '走到最后阶段' : '没有走到最后阶段'}；${way}；情景 ${count('inject_released')} 条，完成 ${count('expectation_met')}，逾期 ${count('expectation_late')}，未完成 ${count('expectation_missed')}`;
}
