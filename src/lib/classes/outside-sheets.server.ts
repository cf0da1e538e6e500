import type { Actor } from '#lib/kernel/actor.ts';
import { Refused, type RefusalDetail, type RefusalStatus } from '#lib/kernel/refused.ts';
import type { Sheet } from '#lib/kernel/sheet.ts';
import { tableWorkbook } from '#lib/server/sheets/write-table.ts';
import { warmWorker } from '#lib/server/warm-worker.ts';
import { OUTSIDE_FORM, refuse } from './copy.ts';
import { FORM_HEADINGS } from './outside-sheet-words.ts';
import { outsideSubtrees } from './policy.ts';

type Answer = {
  sheet?: Sheet | null;
  refused?: { code: string; status: RefusalStatus; message: string; detail: RefusalDetail };
};

const readInWorker = warmWorker<{ bytes: Uint8Array; name: string }, Answer>({
  file: 'src/lib/classes/outside-sheet-worker.server.ts',
  secondsMax: 60,
  tasksMax: 200,
  memoryMegabytesMax: 512,
});

/** The first visible sheet of an uploaded workbook. Refused: 403, and as `readWorkbook` refuses a file. */
export async function readSheet(actor: Actor, file: { bytes: Uint8Array; name: string }): Promise<Sheet> {
  if (outsideSubtrees(actor).length === 0) throw refuse('forbidden');
  const { sheet, refused } = await readInWorker(file);
  if (refused) throw new Refused(refused.code, refused.status, refused.message, refused.detail);
  if (!sheet) throw refuse('sheet_headings_missing');
  return sheet;
}

/** An empty workbook with the headings that {@link readSheet} is read by. */
export async function blankSheet(_actor: Actor): Promise<Uint8Array> {
  const kinds = ['text', 'code', 'decimal'] as const;
  const columns = FORM_HEADINGS.map((heading, index) => ({
    heading,
    kind: kinds[index]!,
    width: index === 1 ? 24 : 14,
  }));
  return await tableWorkbook(OUTSIDE_FORM.title, columns, [], { notes: OUTSIDE_FORM.notes });
}
