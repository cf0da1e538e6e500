import { read } from '#lib/server/db/open.ts';
import { findUpload, type Upload } from '#lib/server/storage.ts';
import { refuseSheetImport } from './import-copy.ts';
import { allRows, type SheetImport } from './imports.ts';
import { writeReasonsInWorker } from './in-worker.ts';

/** The sender's own workbook with a reason on each refused row. Refused: import_not_found when the file is gone. */
export async function returnedWorkbook(
  found: SheetImport,
  bytesOf: (stored: Upload) => Promise<Uint8Array>,
): Promise<{ name: string; bytes: Uint8Array }> {
  const refused = await read((db) => allRows(db, found.id, 'refused'));
  const stored = await findUpload(found.fileId);
  if (!stored) throw refuseSheetImport('import_not_found');
  const reasons = refused.map((row) => ({ row: row.row, message: String(row.decision.message) }));
  const sheetName = String(found.summary?.sheetName ?? '');
  const { fileName } = found;
  const bytes = await writeReasonsInWorker({ bytes: await bytesOf(stored), fileName, sheetName, reasons });
  return { name: fileName.replace(/\.[^.]+$/, '') + '.xlsx', bytes };
}
