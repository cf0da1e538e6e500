import * as v from 'valibot';
import { UPLOAD_SENTENCES as say } from './question-import-copy.ts';

const BYTES_MAX = 20 * 1024 * 1024;

/** A question file and the bank it is for. */
export const questionUploadForm = v.object({
  divisionId: v.pipe(v.string(say.division), v.trim(), v.minLength(1, say.division)),
  file: v.pipe(v.instance(File, say.file), v.maxSize(BYTES_MAX, say.size)),
});
