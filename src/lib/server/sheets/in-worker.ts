import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CopiedSheet } from '#lib/coverage/indicator-sheet.ts';
import type { QuestionReading, QuestionRow } from '#lib/exams/question-sheet.ts';
import { Refused } from '#lib/kernel/refused.ts';
import type { RosterReading, RosterRow } from '#lib/people/roster.ts';
import { refuseSheet } from './sheet-copy.ts';
import { NEXT_SLICE, type QuestionsTask, type ReasonsTask, type RosterTask } from './sheet-task.ts';
import type { SheetAnswer, SheetFile, SheetTask, TemplateTask } from './sheet-task.ts';

/** From the project root: beside the built server `new URL('./sheet-worker.ts', …)` names nothing. */
const WORKER = 'src/lib/server/sheets/sheet-worker.ts';

export type WorkerLimits = { seconds: number; megabytes: number };
const LIMITS: WorkerLimits = { seconds: 120, megabytes: 1024 };

/**
 * Reads and decides a roster in a thread of its own. Refuses what `readWorkbook` and `decideRoster`
 * refuse, and `sheet_too_heavy` or `sheet_too_slow` when the file needs more memory or time than there is.
 */
export async function readRosterInWorker(task: RosterTask, limits = LIMITS): Promise<RosterReading> {
  const { result, rows } = await inWorker({ ask: 'roster', task: withOwnBytes(task) }, limits);
  return { ...(result as Omit<RosterReading, 'rows'>), rows: rows as RosterRow[] };
}

/** Reads and decides a question bank in a thread of its own; refuses like {@link readRosterInWorker}. */
export async function readQuestionsInWorker(task: QuestionsTask, limits = LIMITS): Promise<QuestionReading> {
  const { result, rows } = await inWorker({ ask: 'questions', task: withOwnBytes(task) }, limits);
  return { ...(result as Omit<QuestionReading, 'rows'>), rows: rows as QuestionRow[] };
}

/** The table of indicators of a file; refuses like {@link readRosterInWorker}, and as it does itself. */
export async function readIndicatorsInWorker(task: SheetFile, limits = LIMITS): Promise<CopiedSheet> {
  return (await inWorker({ ask: 'indicators', task: withOwnBytes(task) }, limits)).result as CopiedSheet;
}

/** The sender's workbook as .xlsx with a reason on each refused row. */
export async function writeReasonsInWorker(task: ReasonsTask, limits = LIMITS): Promise<Uint8Array> {
  return (await inWorker({ ask: 'reasons', task: withOwnBytes(task) }, limits)).result as Uint8Array;
}

/** A blank workbook to fill in. */
export async function writeTemplateInWorker(task: TemplateTask, limits = LIMITS): Promise<Uint8Array> {
  return (await inWorker({ ask: 'template', task }, limits)).result as Uint8Array;
}

/** A copy to hand over: the caller's bytes may be part of a larger buffer, and stay the caller's. */
function withOwnBytes<Task extends { bytes: Uint8Array }>(task: Task): Task {
  return { ...task, bytes: new Uint8Array(task.bytes) };
}

function inWorker(task: SheetTask, limits: WorkerLimits): Promise<{ result: unknown; rows: unknown[] }> {
  const bytes = 'bytes' in task.task ? [task.task.bytes.buffer as ArrayBuffer] : [];
  const worker = new Worker(resolve(WORKER), {
    workerData: task,
    transferList: bytes,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.megabytes },
  });
  const rows: unknown[] = [];
  return new Promise<{ result: unknown; rows: unknown[] }>((settle, fail) => {
    const timer = setTimeout(() => fail(refuseSheet('sheet_too_slow')), limits.seconds * 1000);
    worker.on('message', (answer: SheetAnswer) => {
      if (answer.say === 'rows') {
        rows.push(...answer.rows);
        // The next slice is asked for after the requests that came in meanwhile.
        setImmediate(() => worker.postMessage(NEXT_SLICE));
      } else if (answer.say === 'done') settle({ result: answer.result, rows });
      else fail(reasonOf(answer));
    });
    worker.on('error', (error) => fail(isOutOfMemory(error) ? refuseSheet('sheet_too_heavy') : error));
    worker.on('exit', (code) => {
      clearTimeout(timer);
      fail(new Error(`the sheet worker ended without an answer (${code})`));
    });
  }).finally(() => worker.terminate());
}

function reasonOf(answer: Extract<SheetAnswer, { say: 'refused' | 'failed' }>): Error {
  if (answer.say === 'refused')
    return new Refused(answer.code, answer.status, answer.sentence, answer.detail);
  return new Error(`the sheet worker failed: ${answer.message}`);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
