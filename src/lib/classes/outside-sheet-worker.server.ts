import { Refused } from '#lib/kernel/refused.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { answerTasks } from '#lib/server/worker-side.ts';

/** Reads an uploaded sheet off the thread that serves requests; a refusal of the file is an answer too. */
answerTasks(({ bytes, name }: { bytes: Uint8Array; name: string }) => {
  try {
    return { sheet: readWorkbook(bytes, name).sheets.find((sheet) => !sheet.hidden) ?? null };
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason;
    const { code, status, message, detail } = reason;
    return { refused: { code, status, message, detail } };
  }
});
