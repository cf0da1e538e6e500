import { Refused } from '#lib/kernel/refused.ts';
import { FILE_BYTES_MAX, UNPACKED_BYTES_MAX } from '#lib/server/sheets/read-workbook.ts';
import { unzip } from '#lib/server/sheets/zip.ts';
import { answerTasks } from '#lib/server/worker-side.ts';
import { docxBlocks } from './docx-blocks.ts';
import type { PlanFileAnswer, PlanFileFault } from './plan-file.ts';
import { readMarkdownPlan, readPlanBlocks } from './plan-reading.ts';

/** Faults of the zip reader, which speaks of sheets, as faults of a document. */
const ZIP_FAULTS: Readonly<Record<string, PlanFileFault>> = {
  sheet_unpacks_too_large: 'plan_file_unpacks_large',
  sheet_encrypted: 'plan_file_locked',
};

/** Reads an uploaded plan off the thread that serves requests; a fault of the file is an answer too. */
answerTasks(({ bytes }: { bytes: Uint8Array }): PlanFileAnswer => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file.length === 0) return { fault: 'plan_file_empty' };
  if (file.length > FILE_BYTES_MAX) return { fault: 'plan_file_large' };
  const start = file.subarray(0, 8).toString('hex');
  if (start.startsWith('504b0304')) return fromDocx(file);
  if (start === 'd0cf11e0a1b11ae1') return { fault: 'plan_file_old' };
  return fromText(file);
});

function fromDocx(file: Buffer): PlanFileAnswer {
  try {
    const { entries } = unzip(file, UNPACKED_BYTES_MAX);
    const part = (name: string) => entries.get(`word/${name}.xml`)?.toString('utf8') ?? null;
    const document = part('document');
    if (document === null) return { fault: 'plan_file_type' };
    const blocks = docxBlocks({ document, styles: part('styles'), numbering: part('numbering') });
    return blocks === null ? { fault: 'plan_file_damaged' } : answerOf(readPlanBlocks(blocks));
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason;
    return { fault: ZIP_FAULTS[reason.code] ?? 'plan_file_damaged' };
  }
}

function fromText(file: Buffer): PlanFileAnswer {
  if (file.includes(0)) return { fault: 'plan_file_type' };
  for (const encoding of ['utf-8', 'gb18030'])
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(file);
      return /^\s*(<|%PDF|\{\\rtf)/.test(text)
        ? { fault: 'plan_file_type' }
        : answerOf(readMarkdownPlan(text));
    } catch (reason) {
      // A TypeError is how a decoder says that the bytes are not of its encoding.
      if (!(reason instanceof TypeError)) throw reason;
    }
  return { fault: 'plan_file_type' };
}

function answerOf(reading: ReturnType<typeof readPlanBlocks>): PlanFileAnswer {
  return reading.clauses.length + reading.cards.length === 0 ? { fault: 'plan_file_empty' } : { reading };
}
