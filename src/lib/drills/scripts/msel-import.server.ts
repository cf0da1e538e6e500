import type { Actor } from '#lib/kernel/actor.ts';
import { Refused, type RefusalDetail, type RefusalStatus } from '#lib/kernel/refused.ts';
import { warmWorker } from '#lib/server/warm-worker.ts';
import { refuse } from '../copy.ts';
import type { Draft } from './draft.ts';
import type { MselReading } from './msel-reading.ts';
import { readDraft } from './scripts.server.ts';

export type MselTask = { draft: Draft; bytes: Uint8Array; fileName: string };
export type MselAnswer =
  | { reading: MselReading }
  | { refused: { code: string; status: RefusalStatus; message: string; detail: RefusalDetail } };

const readInWorker = warmWorker<MselTask, MselAnswer>({
  file: 'src/lib/drills/scripts/msel-worker.server.ts',
  secondsMax: 60,
  tasksMax: 100,
  memoryMegabytesMax: 512,
});

/**
 * What a changed workbook would do to the script; nothing is saved. Refused: 404, 403 (read only), and what
 * `readWorkbook` refuses; 400 when none of the sheets is there.
 */
export async function previewMsel(
  actor: Actor,
  scriptId: string,
  file: { bytes: Uint8Array; fileName: string },
): Promise<MselReading & { revision: number }> {
  const { draft, revision, mayKeep } = await readDraft(actor, scriptId);
  if (!mayKeep) throw refuse('forbidden');
  const answer = await readInWorker({ draft, ...file });
  if ('refused' in answer) {
    const { code, status, message, detail } = answer.refused;
    throw new Refused(code, status, message, detail);
  }
  if (answer.reading.sheets.length === 0) throw refuse('msel_without_sheets');
  return { ...answer.reading, revision };
}
