import { Refused } from '#lib/kernel/refused.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { answerTasks } from '#lib/server/worker-side.ts';
import type { MselAnswer, MselTask } from './msel-import.server.ts';
import { readMsel } from './msel-reading.ts';

/** Reads a changed workbook off the thread that serves requests; a fault of the file is an answer too. */
answerTasks(({ draft, bytes, fileName }: MselTask): MselAnswer => {
  try {
    return { reading: readMsel(draft, readWorkbook(bytes, fileName)) };
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason;
    const { code, status, message, detail } = reason;
    return { refused: { code, status, message, detail } };
  }
});
