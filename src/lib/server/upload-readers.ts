import type { Actor } from '#lib/kernel/actor.ts';
import { refuser } from '#lib/kernel/refused.ts';
import { storageSentences } from './storage-copy.ts';
import { findUpload, isSealed, type Upload } from './storage.ts';

/** Whether an actor may read the files of one thing, `about` as the upload names it: `lesson:<id>`. */
export type UploadReader = (actor: Actor, about: string) => Promise<boolean>;

const refuse = refuser(storageSentences);
const readers = new Map<string, UploadReader>();

/**
 * Says who reads the files of things whose name begins with `prefix` (`lesson:`). Only followers.ts calls
 * this. What nobody speaks for is read by nobody.
 */
export function mayReadUploads(prefix: string, reader: UploadReader): void {
  readers.set(prefix, reader);
}

/** A file the actor may read. Refused with upload_not_found, whether it is not there or not theirs. */
export async function findReadableUpload(actor: Actor, id: string): Promise<Upload> {
  const stored = await findUpload(id);
  if (!stored || isSealed(stored)) throw refuse('upload_not_found');
  const reader = readers.get(stored.about.slice(0, stored.about.indexOf(':') + 1));
  if (!reader || !(await reader(actor, stored.about))) throw refuse('upload_not_found');
  return stored;
}
