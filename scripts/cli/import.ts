import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import {
  commitRosterImport,
  listImportPlaces,
  previewRoster,
  readRosterImport,
  startRosterImport,
  type ImportOutcome,
} from '#lib/people/roster-import.server.ts';
import { runDueJobs } from '#lib/server/jobs/jobs.ts';
import { needed, UsageError, type Arguments } from './arguments.ts';

/** Paths are the operator's, not npm's: `npm run` changes the folder and keeps the old one in INIT_CWD. */
export function operatorPath(file: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

async function countyFor(actor: Actor, args: Arguments): Promise<string> {
  if (typeof args.options.division === 'string') return args.options.division;
  const places = await listImportPlaces(actor);
  if (places.length === 1) return places[0]!.id;
  const codes = places.map(({ id, name }) => `${id} ${name}`).join('\n  ');
  throw new UsageError(`请用 --division 指明哪个县 / say which county:\n  ${codes}`);
}

/** Waits until an import leaves a state; a server beside us may be doing the job. */
async function finish(actor: Actor, id: string, state: 'reading' | 'committing') {
  for (;;) {
    await runDueJobs(new Date(), 1_000_000);
    const found = await readRosterImport(actor, id);
    if (found.job?.failure) throw new Error(found.job.failure);
    if (found.import.state !== state) return found;
    await sleep(100);
  }
}

/** `import roster FILE`: prints what was taken and what was refused. */
export async function importRoster(args: Arguments, print: (outcome: ImportOutcome) => void): Promise<void> {
  const file = args.words[2];
  if (!file) throw new UsageError('缺少文件名 / missing FILE');
  const actor = await actorByLoginName(SYSTEM, needed(args, 'as'));
  const bytes = new Uint8Array(await readFile(operatorPath(file)));
  const input = { divisionId: await countyFor(actor, args), bytes, fileName: basename(file) };
  const planned = await previewRoster(actor, input, new Date());
  if (!args.options['dry-run']) {
    const id = await startRosterImport(actor, input, new Date());
    await finish(actor, id, 'reading');
    await commitRosterImport(actor, id, [], new Date());
    await finish(actor, id, 'committing');
  }
  print(planned);
}
