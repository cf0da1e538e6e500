import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { deliverModelScript } from '#lib/drills/scripts/model-scripts.server.ts';

const FOLDER = 'seeds/reference/scripts';

/** The model scripts as files: name and parsed text, in the order of their names. */
export function modelScriptFiles(): { file: string; draft: unknown }[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, draft: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as unknown }));
}

/** Every model script into the library of the division; those whose text did not change are left alone. */
export async function loadModelScripts(divisionId: string, now: Date): Promise<void> {
  for (const { draft } of modelScriptFiles()) await deliverModelScript(SYSTEM, divisionId, draft, now);
}
