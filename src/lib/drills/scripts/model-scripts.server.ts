import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { write, type Tx } from '#lib/server/db/open.ts';
import { drillScript, scriptVersion } from '#lib/server/db/schema/drills.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { lintScript } from './lint.ts';
import { publish, scriptHash, tell, type ScriptRow } from './scripts.server.ts';
import type { Script } from './script.ts';

/** A model script's id is made of its own name, so that loading it again finds it. */
export const modelScriptId = (name: string) => `model-${name}`;

/**
 * Brings a model script (范本) into the library of a division as the program delivers it: made when it is
 * new, published as a further version when its text changed, left alone otherwise. A text with faults is
 * not taken: answers false.
 */
export async function deliverModelScript(
  system: Actor,
  divisionId: string,
  draft: unknown,
  now: Date,
): Promise<boolean> {
  const { script, findings } = lintScript(draft);
  if (!script || findings.some(({ severity }) => severity === 'error')) return false;
  const id = modelScriptId(script.meta.id);
  await write(`script:${id}`, async (tx) => {
    if ((await lastHash(tx, id)) === scriptHash(script)) return;
    await publish(system, tx, await storeModel(system, tx, id, divisionId, script, now), now);
  });
  return true;
}

async function lastHash(tx: Tx, scriptId: string): Promise<string | null> {
  const [last] = await tx
    .select({ hash: scriptVersion.hash })
    .from(scriptVersion)
    .where(eq(scriptVersion.scriptId, scriptId))
    .orderBy(desc(scriptVersion.number))
    .limit(1);
  return last?.hash ?? null;
}

async function storeModel(
  system: Actor,
  tx: Tx,
  id: string,
  divisionId: string,
  script: Script,
  now: Date,
): Promise<ScriptRow> {
  const draft = script as unknown as Record<string, unknown>;
  const changed = { title: script.meta.title, draft, updatedBy: '', updatedAt: now };
  const [known] = await tx.select().from(drillScript).where(eq(drillScript.id, id));
  if (known) {
    const row = { ...known, ...changed, revision: known.revision + 1 };
    await tx
      .update(drillScript)
      .set({ ...changed, revision: row.revision })
      .where(eq(drillScript.id, id));
    await tell(system, tx, row, 'script_saved', { revision: row.revision }, now);
    return row;
  }
  const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
  if (!place) throw new Error(`no division ${divisionId} for the model script ${id}`);
  const row = { id, divisionId, path: place.path, revision: 1, isModel: true, archivedAt: null, ...changed };
  await tx.insert(drillScript).values(row);
  await tell(system, tx, row, 'script_created', {}, now);
  return row;
}
