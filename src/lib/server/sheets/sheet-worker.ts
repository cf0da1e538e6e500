import { once } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { copyIndicatorSheet } from '#lib/coverage/indicator-sheet.ts';
import { decideQuestions } from '#lib/exams/question-sheet-reading.ts';
import { Refused } from '#lib/kernel/refused.ts';
import { decideRoster } from '#lib/people/roster-reading.ts';
import { readWorkbook } from './read-workbook.ts';
import { ROWS_A_SLICE, type SheetAnswer, type SheetTask } from './sheet-task.ts';
import { writeReasons } from './write-reasons.ts';
import { writeTemplate } from './write-template.ts';

/** The thread that reads, decides and writes workbooks: one task, then it ends. Started by in-worker.ts. */
async function work(port: MessagePort, { ask, task }: SheetTask): Promise<void> {
  if (ask === 'roster')
    return await sendReading(
      port,
      decideRoster(readWorkbook(task.bytes, task.fileName), task.reference, task.options),
    );
  if (ask === 'questions')
    return await sendReading(port, decideQuestions(readWorkbook(task.bytes, task.fileName), task.options));
  if (ask === 'indicators')
    return send(port, {
      say: 'done',
      result: copyIndicatorSheet(readWorkbook(task.bytes, task.fileName)),
    });
  const bytes =
    ask === 'reasons'
      ? await writeReasons(task.bytes, task.fileName, task.sheetName, task.reasons)
      : await writeTemplate(task.kind, task.categories);
  send(port, { say: 'done', result: bytes });
}

async function sendReading(
  port: MessagePort,
  { rows, ...reading }: { rows: readonly unknown[] },
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_A_SLICE) {
    send(port, { say: 'rows', rows: rows.slice(from, from + ROWS_A_SLICE) });
    await once(port, 'message');
  }
  send(port, { say: 'done', result: reading });
}

function send(port: MessagePort, answer: SheetAnswer): void {
  port.postMessage(answer);
}

if (!parentPort) throw new Error('sheet-worker.ts runs as a worker thread');
const port = parentPort;
try {
  await work(port, workerData as SheetTask);
} catch (error) {
  if (error instanceof Refused) {
    const { code, status, message: sentence, detail } = error;
    send(port, { say: 'refused', code, status, sentence, detail });
  } else
    send(port, {
      say: 'failed',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
}
