import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { mayKeepDrills } from '../policy.ts';
import { loadRun } from '../runs/run-store.server.ts';
import type { Run } from '../runs/run.ts';
import { lintScript } from '../scripts/lint.ts';
import { findScript, scriptHash } from '../scripts/scripts.server.ts';
import type { Script } from '../scripts/script.ts';
import { readScriptFile } from '../scripts/script-file.ts';
import { refuseSealed } from './copy.ts';
import { changeHeld, heldBy, mustBeAhead, mustDirect, type Held } from './finding-sealed.server.ts';
import type { SealedInput, WindowInput } from './forms.ts';
import { releaseStage } from './release-stage.ts';
import type { SealedDrill } from './sealed-drill.ts';
import { tellSealed } from './sealed-stream.server.ts';
import { sealedView, type SealedView } from './sealed-view.ts';
import { addSealed, SEALED } from './slots.server.ts';

/**
 * Seals a new double-blind drill; whoever does it is its director and bound by the undertaking. The script
 * is one of the library or a file that never enters it. Nothing is written outside the slots. Answers its
 * id. Refused: 403, 404, 400 script_unreadable, 409 script_has_faults, sealed_full, sealed_too_large.
 */
export async function createSealed(actor: Actor, input: SealedInput, now: Date): Promise<string> {
  const id = randomUUID();
  const draft = await draftOf(actor, input);
  await write(SEALED, async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, input.divisionId));
    if (!place) throw refuseSealed('not_found');
    if (actor.accountId === null || !mayKeepDrills(actor, place)) throw refuseSealed('forbidden');
    const script = sealable(draft, input.notice);
    const drill = newSealed(actor, id, input, { script, path: place.path }, now);
    await addSealed(tx, tellSealed(actor, drill, 'created', { title: input.title }, now));
  });
  return id;
}

async function draftOf(actor: Actor, { file, scriptId }: SealedInput): Promise<Record<string, unknown>> {
  if (file) return readScriptFile(await file.text());
  return (await read((db) => findScript(actor, db, scriptId))).draft;
}

/** The script as a blind one: its players know nothing of it. */
function sealable(draft: Record<string, unknown>, notice: SealedInput['notice']): Script {
  const { script, findings } = lintScript({ ...draft, blind: { notice, script: 'none' } });
  const faults = findings.filter(({ severity }) => severity === 'error');
  if (!script || faults.length > 0) throw refuseSealed('script_has_faults', { count: faults.length });
  return script;
}

function newSealed(
  actor: Actor,
  id: string,
  input: SealedInput,
  { script, path }: { script: Script; path: string },
  now: Date,
): SealedDrill {
  const { title, divisionId, startsItself, scoresLive, needsStart, reason } = input;
  const at = now.getTime();
  return {
    ...{ id, runId: randomUUID(), state: 'preparing', title, divisionId, path },
    ...{ script, scriptHash: scriptHash(script), startsItself, scoresLive, ...planned(input) },
    ...{ observerDelaySeconds: 0, drawn: null, seats: [], approval: null, access: [], events: [] },
    holders: [
      {
        ...{ accountId: actor.accountId!, name: actor.name, part: 'director', reason },
        ...{ addedBy: actor.name, addedAt: at, signedAt: at, signedOn: 'screen' },
        ...{ needsStart, needsScenario: true },
      },
    ],
    ...{ createdBy: actor.name, createdAt: at },
  };
}

function planned(input: WindowInput): Pick<SealedDrill, 'window' | 'candidates' | 'nearMinutes'> {
  const { fromOn, untilOn, weekdays, exceptOn, from, until, quiet, units, places, nearMinutes } = input;
  return {
    window: { fromOn, untilOn, weekdays, exceptOn, hours: { from, until }, quiet },
    candidates: { units, places },
    nearMinutes,
  };
}

/** Changes the window and what is drawn from, until it is approved. Refused: 404, 403, 409. */
export async function setWindow(actor: Actor, drillId: string, input: WindowInput, now: Date): Promise<void> {
  await changeHeld(actor, drillId, (held) => {
    mustDirect(held);
    mustBeAhead(held);
    if (held.drill.state !== 'preparing') throw refuseSealed('sealed_not_preparing');
    return tellSealed(actor, { ...held.drill, ...planned(input) }, 'window_set', {}, now);
  });
}

/** What the actor's key opens, as much of each as is released to him. Nothing, for who holds no key. */
export async function listSealed(actor: Actor, now: Date): Promise<SealedView[]> {
  return await read(async (db) => {
    const views = [];
    for (const held of await heldBy(actor, db)) {
      const run =
        held.drill.state === 'running' ? ((await loadRun(db, held.drill.runId))?.run ?? null) : null;
      views.push(viewOf(held, run, now));
    }
    return views;
  });
}

/**
 * A sealed drill, as much as is released to the actor; that it was opened goes into the access record first.
 * `from` says from where, in the words of the network. Refused: 404 without a key.
 */
export async function readSealed(
  actor: Actor,
  drillId: string,
  what: 'part' | 'undertaking',
  from: string,
  now: Date,
): Promise<SealedView> {
  let view: SealedView | null = null;
  await changeHeld(actor, drillId, async (held, tx) => {
    const isWhole = what === 'part' && held.holder.part === 'director';
    const access = { name: actor.name, what: isWhole ? 'whole' : what, at: now.getTime(), from };
    const drill = { ...held.drill, access: [...held.drill.access, access] };
    const run = drill.state === 'running' ? ((await loadRun(tx, drill.runId))?.run ?? null) : null;
    view = viewOf({ ...held, drill }, run, now);
    return drill;
  });
  return view!;
}

function viewOf({ drill, holder }: Held, run: Run | null, now: Date): SealedView {
  return sealedView(drill, holder, releaseStage(drill, run, now.getTime()), run?.snapshot.stage ?? null);
}
