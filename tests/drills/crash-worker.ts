import { appendFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { Deed } from '#lib/drills/runs/run-command.ts';
import { abandonedRuns, commandRun, dueRuns, signRuns, tickRun } from '#lib/drills/runs/runs.server.ts';
import { Refused } from '#lib/kernel/refused.ts';

/**
 * A server's part in a run, to be killed: takes up what the last one left, then lets time work and does one
 * deed after the other, as fast as it can. What it is about to ask and what was answered stands in a file.
 */
const [runId, actorsJson, journal, round] = process.argv.slice(2) as [string, string, string, string];
const actors = JSON.parse(actorsJson) as Record<'director' | 'duty', Actor>;

const DEEDS: (() => Deed)[] = [
  () => ({ kind: 'pause' }),
  () => ({ kind: 'resume' }),
  () => ({ kind: 'resume' }),
  () => ({ kind: 'set_rate', rate: pick([1, 10, 60]) }),
  () => ({ kind: 'jump', toMs: jumped(), choices: {} }),
  () => ({ kind: 'message', to: ['head'], text: '收到', channel: 'system' }),
  () => ({ kind: 'submit', document: 'first', fields: { time: '1', place: '2' } }),
  () => ({
    kind: 'acknowledge',
    inject: pick(['i-rain', 'i-rise', 'i-10', 'i-11']),
    channel: 'system',
    answeredBy: '',
  }),
];
const OF_DIRECTOR = ['pause', 'resume', 'set_rate', 'jump'];

function pick<Value>(values: readonly Value[]): Value {
  return values[Math.floor(Math.random() * values.length)]!;
}

let horizonMs = Number(round) * 120_000;
function jumped(): number {
  return (horizonMs += 60_000);
}

async function deeds(): Promise<void> {
  for (let index = 0; ; index += 1) {
    const id = `deed-${round.padStart(4, '0')}-${String(index).padStart(8, '0')}`;
    const deed = pick(DEEDS)();
    const role = OF_DIRECTOR.includes(deed.kind) ? 'director' : 'duty';
    appendFileSync(journal, `asked ${id}\n`);
    try {
      await commandRun(actors[role], runId, { id, role, deed }, new Date());
      appendFileSync(journal, `done ${id}\n`);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      appendFileSync(journal, `refused ${id}\n`);
    }
    await wait(1);
  }
}

async function time(): Promise<void> {
  for (;;) {
    const now = new Date();
    for (const due of await dueRuns(SYSTEM, now)) await tickRun(SYSTEM, due, now);
    await signRuns(SYSTEM, now);
    await wait(20);
  }
}

for (const left of await abandonedRuns(SYSTEM, new Date(), 0)) await tickRun(SYSTEM, left, new Date(), true);
process.stdout.write('ready\n');
await Promise.all([deeds(), time()]);
