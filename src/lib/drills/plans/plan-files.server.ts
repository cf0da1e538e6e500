import { createHash } from 'node:crypto';
import type { Actor } from '#lib/kernel/actor.ts';
import { WorkerFailure, warmWorker } from '#lib/server/warm-worker.ts';
import { refuse } from './copy.ts';
import type { PlanFileAnswer } from './plan-file.ts';
import type { PlanReading } from './plan-reading.ts';
import { mayWritePlans } from './policy.ts';

/** A file as it was sent. */
export type PlanFile = { bytes: Uint8Array; name: string; sha256: string };

const readInWorker = warmWorker<{ bytes: Uint8Array }, PlanFileAnswer>({
  file: 'src/lib/drills/plans/plan-file-worker.server.ts',
  secondsMax: 60,
  tasksMax: 100,
  memoryMegabytesMax: 768,
});

/** An uploaded file in memory; its form has refused what is larger than 20 MB. */
export async function planFileOf(_actor: Actor, file: File): Promise<PlanFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return { bytes, name: file.name.slice(-120), sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Recognises a plan in a .docx or a Markdown file, in a worker thread. Refused: forbidden, and the file as
 * plan_file_type, plan_file_old (.doc or with a password), plan_file_locked, plan_file_large (20 MB),
 * plan_file_unpacks_large (200 MB), plan_file_damaged, plan_file_empty, plan_file_slow (a minute, or its memory).
 */
export async function readPlanFile(actor: Actor, { bytes }: PlanFile): Promise<PlanReading> {
  if (!mayWritePlans(actor)) throw refuse('forbidden');
  const answer = await readInWorker({ bytes }).catch((reason: unknown) => {
    if (reason instanceof WorkerFailure && reason.name === 'WorkerTimeout') throw refuse('plan_file_slow');
    if (reason instanceof Error && 'code' in reason && reason.code === 'ERR_WORKER_OUT_OF_MEMORY')
      throw refuse('plan_file_slow');
    throw reason;
  });
  if ('fault' in answer) throw refuse(answer.fault);
  return answer.reading;
}
