import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import type { Db, Tx } from '#lib/server/db/open.ts';
import { drillSeat, type drill } from '#lib/server/db/schema/drills.ts';
import { drillReport } from '#lib/server/db/schema/findings.ts';
import type { Entry } from '../runs/run-log.ts';
import type { RunState } from '../runs/run-state.ts';
import type { RunRow } from '../runs/run-store.server.ts';
import type { Script } from '../scripts/script.ts';
import type { Grades } from './evidence.ts';
import { draftTexts } from './report-copy.ts';
import { factsOf, type ReportFacts } from './report.ts';

/** Everything a report is made from. */
export type Reported = {
  row: Pick<typeof drill.$inferSelect, 'title' | 'form' | 'content' | 'place'>;
  run: Pick<RunRow, 'id' | 'seq' | 'hash' | 'scriptHash'>;
  script: Script;
  state: RunState;
  entries: readonly Entry[];
  grades: Grades;
  heldOn: string;
};

/** The facts of a run as they stand now. */
export async function reportFacts(_actor: Actor, db: Db, reported: Reported): Promise<ReportFacts> {
  const { row, run, script, state, entries, grades, heldOn } = reported;
  const seats = await db.select().from(drillSeat).where(eq(drillSeat.runId, run.id));
  const { title, form, content, place } = row;
  return {
    ...{ title, form, content, place, heldOn },
    ...{ scriptHash: run.scriptHash, logSeq: run.seq, logHash: run.hash },
    ...factsOf({ script, state, entries, grades, seats }),
  };
}

/** Freezes the facts of a report at publication; what people wrote before stays. */
export async function freezeReport(actor: Actor, tx: Tx, reported: Reported, now: Date): Promise<void> {
  const facts = await reportFacts(actor, tx, reported);
  const frozen = { facts: facts as unknown as Record<string, unknown> };
  await tx
    .insert(drillReport)
    .values({
      runId: reported.run.id,
      ...frozen,
      ...draftTexts(facts),
      updatedBy: actor.name,
      updatedAt: now,
      signedBy: null,
      signedOn: null,
      scanId: null,
    })
    .onConflictDoUpdate({ target: drillReport.runId, set: frozen });
}
