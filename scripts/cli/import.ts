import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  commitQuestionImport,
  previewQuestions,
  readQuestionImport,
  startQuestionImport,
  type QuestionImportOutcome,
} from '#lib/exams/question-import.server.ts';
import { listBanks } from '#lib/exams/questions.server.ts';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { ImportState } from '#lib/kernel/sheet-import.ts';
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

type SheetInput = { divisionId: string; bytes: Uint8Array; fileName: string };
type Progress = { import: { state: ImportState }; job: { failure: string | null } | null };

/** What rosters and question files differ in, as far as the command line knows. */
type SheetCommands<Outcome> = {
  places: (actor: Actor) => Promise<{ id: string; name: string }[]>;
  preview: (actor: Actor, input: SheetInput, now: Date) => Promise<Outcome>;
  start: (actor: Actor, input: SheetInput, now: Date) => Promise<string>;
  commit: (actor: Actor, id: string, now: Date) => Promise<void>;
  progress: (actor: Actor, id: string) => Promise<Progress>;
};

/** The place the operator named, else the only one the account may import for. */
function placeOf(places: { id: string; name: string }[], args: Arguments): string {
  if (typeof args.options.division === 'string') return args.options.division;
  if (places.length === 1) return places[0]!.id;
  if (places.length === 0) throw new UsageError('这个账号不能导入 / this account may not import');
  const codes = places.map(({ id, name }) => `${id} ${name}`).join('\n  ');
  throw new UsageError(`请用 --division 指明哪个县 / say which county:\n  ${codes}`);
}

/** Waits until an import leaves a state; a server beside us may be doing the job. */
async function finish(progress: () => Promise<Progress>, state: ImportState): Promise<void> {
  for (;;) {
    await runDueJobs(new Date(), 1_000_000);
    const found = await progress();
    if (found.job?.failure) throw new Error(found.job.failure);
    if (found.import.state !== state) return;
    await sleep(100);
  }
}

async function importSheet<Outcome>(
  args: Arguments,
  commands: SheetCommands<Outcome>,
  print: (outcome: Outcome) => void,
): Promise<void> {
  const file = args.words[2];
  if (!file) throw new UsageError('缺少文件名 / missing FILE');
  const actor = await actorByLoginName(SYSTEM, needed(args, 'as'));
  const bytes = new Uint8Array(await readFile(operatorPath(file)));
  const divisionId = placeOf(await commands.places(actor), args);
  const input = { divisionId, bytes, fileName: basename(file) };
  const planned = await commands.preview(actor, input, new Date());
  if (!args.options['dry-run']) {
    const id = await commands.start(actor, input, new Date());
    await finish(() => commands.progress(actor, id), 'reading');
    await commands.commit(actor, id, new Date());
    await finish(() => commands.progress(actor, id), 'committing');
  }
  print(planned);
}

const ROSTER: SheetCommands<ImportOutcome> = {
  places: listImportPlaces,
  preview: previewRoster,
  start: startRosterImport,
  commit: commitRosterImport,
  progress: readRosterImport,
};

const QUESTIONS: SheetCommands<QuestionImportOutcome> = {
  places: async (actor) => (await listBanks(actor)).map(({ divisionId, name }) => ({ id: divisionId, name })),
  preview: previewQuestions,
  start: startQuestionImport,
  commit: commitQuestionImport,
  progress: readQuestionImport,
};

/** `import roster FILE`: prints what was taken and what was refused. */
export async function importRoster(args: Arguments, print: (outcome: ImportOutcome) => void): Promise<void> {
  await importSheet(args, ROSTER, print);
}

/** `import questions FILE`: prints what was taken and what was refused. */
export async function importQuestions(
  args: Arguments,
  print: (outcome: QuestionImportOutcome) => void,
): Promise<void> {
  await importSheet(args, QUESTIONS, print);
}
