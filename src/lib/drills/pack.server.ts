import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { letterDocument } from '#lib/server/documents/letter.ts';
import { refuse } from './copy.ts';
import { readDrill } from './drills.server.ts';
import { PACK_KINDS, packFileName, packPaper } from './pack-copy.ts';
import { DRILL_MARK } from './scripts/words.ts';

/** One paper of a drill's print pack, as .docx to be changed and printed. Refused: 404. */
export async function makePackPaper(
  actor: Actor,
  drillId: string,
  asked: string,
  now: Date,
): Promise<{ bytes: Uint8Array; name: string }> {
  const kind = PACK_KINDS.find((each) => each === asked);
  if (!kind) throw refuse('not_found');
  const { row, script, seats, mayKeep } = await readDrill(actor, drillId);
  // The papers tell what comes: only who keeps the drill prints them.
  if (!mayKeep) throw refuse('forbidden');
  const paper = packPaper(kind, { ...row, script, seats });
  const bytes = await letterDocument({ ...paper, to: '', signer: '', day: dayOf(now), mark: DRILL_MARK });
  return { bytes, name: packFileName(kind, row.title) };
}
