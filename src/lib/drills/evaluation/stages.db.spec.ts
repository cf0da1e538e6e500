import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { clauseTrial, drill } from '#lib/server/db/schema/drills.ts';
import { drillGrade, drillReport } from '#lib/server/db/schema/findings.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { act, after, drillWorld, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import type { Grades } from './evidence.ts';
import type { ReportFacts } from './report.ts';

const stateOf = async ({ drillId }: DrillWorld) =>
  (await read((db) => db.select().from(drill).where(eq(drill.id, drillId))))[0]!.state;

const told = async ({ drillId }: DrillWorld) =>
  (
    await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `drill:${drillId}`)),
    )
  ).map(({ kind }) => kind);

/** A run in which the report came in time and the boat never did, ended at 25 minutes. */
async function played(): Promise<DrillWorld> {
  const world = await drillWorld();
  await act(world, 'director', { kind: 'start' }, after(0));
  const fields = { time: '05:35', place: '会亭镇' };
  await act(world, 'duty', { kind: 'submit', document: 'first', fields }, after(5));
  await act(world, 'director', { kind: 'end' }, after(40));
  return world;
}

describe('the state of a drill', () => {
  it('follows its run', async () => {
    const world = await drillWorld();
    expect(await stateOf(world)).toBe('planned');
    await act(world, 'director', { kind: 'start' }, after(0));
    expect(await stateOf(world)).toBe('running');
    await act(world, 'director', { kind: 'end' }, after(1));
    await act(world, 'director', { kind: 'open_hot_wash' }, after(2));
    await act(world, 'director', { kind: 'open_evaluation' }, after(3));
    expect(await stateOf(world)).toBe('evaluating');
    await act(world, 'director', { kind: 'publish_evaluation' }, after(4));
    expect(await stateOf(world)).toBe('published');
    await act(world, 'director', { kind: 'archive' }, after(5));
    expect(await stateOf(world)).toBe('archived');
    expect(await told(world)).toEqual(
      expect.arrayContaining([
        'drill_started',
        'drill_ended',
        'drill_evaluation_published',
        'drill_archived',
      ]),
    );
  });

  it('is to be held again after the stop word', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    await act(world, 'director', { kind: 'abort', why: 'stop_word', text: '' }, after(1));
    expect(await stateOf(world)).toBe('planned');
  });

  it('refuses what comes too early, and whoever does not direct', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    const refused = (kind: 'open_evaluation' | 'publish_evaluation' | 'archive', code: string) =>
      expect(act(world, 'director', { kind }, after(1))).rejects.toMatchObject({ code });
    await refused('open_evaluation', 'not_to_evaluate');
    await refused('publish_evaluation', 'not_evaluating');
    await refused('archive', 'not_published');
    await expect(act(world, 'watch', { kind: 'open_evaluation' }, after(1))).rejects.toMatchObject({
      code: 'not_your_task',
    });
    expect(await stateOf(world)).toBe('running');
  });
});

describe('publication', () => {
  it('freezes grade, report and verdicts with the place in the log they rest on', async () => {
    const world = await played();
    await act(world, 'director', { kind: 'open_evaluation' }, after(41));
    const answer = (item: string, text: string) => ({
      kind: 'answer' as const,
      ...{ sheet: 'tabletop', item, answer: text, reason: '看得清楚', observedMs: 0 },
    });
    await act(world, 'watch', answer('q2', 'partly'), after(42));
    await act(world, 'watch', answer('q3', 'not_applicable'), after(42));
    const { seq } = await act(world, 'director', { kind: 'publish_evaluation' }, after(43));
    const [grade] = await read((db) => db.select().from(drillGrade).where(eq(drillGrade.runId, world.runId)));
    expect(grade).toMatchObject({ version: 1, logSeq: seq - 1, publishedBy: '总导调' });
    const { unit } = grade!.result as unknown as Grades;
    // 40·1 + 60·(½·0 + ½·0.6): the boat was never sent.
    expect(unit).toMatchObject({ total: 58, grade: '差', coverage: 1, vetoes: [] });
    const trials = await read((db) =>
      db.select().from(clauseTrial).where(eq(clauseTrial.drillId, world.drillId)),
    );
    expect(trials).toMatchObject([
      { planKey: 'plan-township-flood', clauseNo: '4.1', met: true, heldOn: '2026-03-02' },
    ]);
    const [report] = await read((db) =>
      db.select().from(drillReport).where(eq(drillReport.runId, world.runId)),
    );
    const facts = report!.facts as unknown as ReportFacts;
    expect(facts).toMatchObject({ title: '沱河涨水推演', logSeq: seq - 1, logHash: grade!.logHash });
    expect(facts.timings.find(({ id }) => id === 'e-boat')).toMatchObject({ state: 'missed' });
    expect(report!.analysis).toContain('“调出冲锋舟”');
  });

  it('takes no answer that the scale of the item does not know', async () => {
    const world = await played();
    const answer = {
      kind: 'answer',
      sheet: 'tabletop',
      item: 'q3',
      answer: 'fit',
      reason: '',
      observedMs: 0,
    } as const;
    await expect(act(world, 'watch', answer, after(41))).rejects.toMatchObject({ code: 'answer_unknown' });
  });
});
