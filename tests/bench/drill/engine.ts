import { append, catchUp, emptyRun, foldAll, type Run } from '#lib/drills/runs/run.ts';
import type { Entry, EntryBody } from '#lib/drills/runs/run-log.ts';
import type { Script } from '#lib/drills/scripts/script.ts';
import { answerPlan } from '../harness/child.ts';
import { bigScript } from '#tests/drills/big-scripts.ts';

/** What the rules cost, without a database: processor time, which is steady on a shared machine. */

const COMMANDS = 2_000;
const LOG = 5_000;

/** Messages a second apart, each a whole command: what time brought up, then the deed. */
function play(script: Script, commands: number): Entry[] {
  let run: Run = emptyRun(script);
  const log: Entry[] = [];
  const take = (written: { run: Run; entries: Entry[] }) => {
    run = written.run;
    log.push(...written.entries);
  };
  const say = (body: EntryBody, role: string, now: number) => {
    take(catchUp(script, run, now));
    take(append(script, run, body, { seat: 's', role, command: null }, { atMs: now, wallMs: now }));
  };
  say({ kind: 'started', clock: { running: true, exMs: 0, wallMs: 0, rate: 1 } }, 'director', 0);
  for (let index = 1; index <= commands; index += 1)
    say({ kind: 'message', to: ['head'], text: '收到', channel: 'system' }, 'leader', index * 1_000);
  return log;
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

await answerPlan(async () => {
  const big = bigScript(450);
  play(big, 200);
  const command = cpuMs(() => play(big, COMMANDS)) / COMMANDS;
  const script = bigScript(150);
  const log = play(script, LOG).slice(0, LOG);
  return { command900Ms: command, replay5000Ms: cpuMs(() => foldAll(script, log)), entries: log.length };
});
