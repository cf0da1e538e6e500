import { describe, expect, it } from 'vitest';
import { VISITOR, type Actor } from '#lib/kernel/actor.ts';
import { act, after, director, drillWorld, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import { actorWith, COUNTY } from '../../../../tests/worlds/exams.ts';
import { exportEvaluation } from './evaluation-papers.server.ts';
import { leadEvaluation, readEvaluation } from './evaluations.server.ts';

/** Two evaluators who differ on q3, at the stage of evaluation. */
async function judged(): Promise<DrillWorld> {
  const world = await drillWorld((script) =>
    script.roles.push({ id: 'watch2', name: '评估员乙', group: 'evaluator', evaluates: ['head'] }),
  );
  await act(world, 'director', { kind: 'start' }, after(0));
  const fields = { time: '05:35', place: '会亭镇' };
  await act(world, 'duty', { kind: 'submit', document: 'first', fields }, after(5));
  await act(world, 'director', { kind: 'end' }, after(30));
  await act(world, 'director', { kind: 'open_evaluation' }, after(31));
  const answer = (role: string, item: string, text: string) =>
    act(
      world,
      role,
      { kind: 'answer', sheet: 'tabletop', item, answer: text, reason: '记录不清', observedMs: 0 },
      after(32),
    );
  await answer('watch', 'q2', 'fit');
  await answer('watch', 'q3', 'yes');
  await answer('watch2', 'q3', 'no');
  await act(world, 'watch', { kind: 'lock', sheet: 'tabletop' }, after(33));
  return world;
}

const item = async (actor: Actor, world: DrillWorld, id: string) =>
  (await readEvaluation(actor, world.drillId)).sheets
    .flatMap(({ categories }) => categories.flatMap(({ items }) => items))
    .find((each) => each.id === id)!;

describe('the evaluation page', () => {
  it('shows who answered what, the trail into the log, and what stands against publishing', async () => {
    const world = await judged();
    const page = await readEvaluation(director, world.drillId);
    expect(page.warnings).toEqual(['dispersed', 'unlocked']);
    expect(page.evaluators).toMatchObject([
      { name: '评估员', answered: 2, of: 3, unlocked: [] },
      { name: '评估员乙', answered: 1, unlocked: ['桌面演练评估表'] },
    ]);
    const q1 = await item(director, world, 'q1');
    const [seq] = q1.actions[0]!.trail;
    expect(q1).toMatchObject({ psmu: 'P', grade: { objective: 1, observed: null } });
    expect(page.trail[seq!]).toMatchObject({ atMs: 300_000, text: expect.stringContaining('首报') });
    const q3 = await item(director, world, 'q3');
    expect(q3.grade!.flags).toContain('dispersed');
    expect(q3.answers.map(({ name }) => name)).toEqual(['评估员', '评估员乙']);
  });

  it('is settled by whoever keeps drills, also without a seat; then nothing is dispersed any more', async () => {
    const world = await judged();
    const settle = {
      kind: 'moderate',
      sheet: 'tabletop',
      item: 'q3',
      answer: 'yes',
      reason: '复看录像',
    } as const;
    await leadEvaluation(director, world.drillId, settle, after(34));
    expect((await item(director, world, 'q3')).grade!.flags).toEqual(['moderated']);
    await leadEvaluation(director, world.drillId, { kind: 'publish_evaluation' }, after(35));
    const page = await readEvaluation(world.actors.director!, world.drillId);
    expect(page.published).toMatchObject({ version: 1, by: '总导调' });
    await expect(leadEvaluation(director, world.drillId, settle, after(36))).rejects.toMatchObject({
      code: 'sheets_closed',
    });
  });

  it('is there for nobody who plays, judges or only looks on, nor for another county', async () => {
    const world = await judged();
    const elsewhere = actorWith('bureau', '/41/4112/411224/');
    const strangers = [world.actors.duty!, world.actors.watch!, world.actors.guest!, elsewhere, VISITOR];
    for (const actor of strangers)
      await expect(readEvaluation(actor, world.drillId)).rejects.toMatchObject({ status: 404 });
    // Who keeps drills and plays in this one is a player here until it is published.
    const both = { ...world.actors.duty!, grants: actorWith('bureau', COUNTY.path).grants };
    await expect(readEvaluation(both, world.drillId)).rejects.toMatchObject({ status: 404 });
    await leadEvaluation(director, world.drillId, { kind: 'publish_evaluation' }, after(35));
    expect((await readEvaluation(both, world.drillId)).mayLead).toBe(false);
    await expect(leadEvaluation(both, world.drillId, { kind: 'archive' }, after(36))).rejects.toMatchObject({
      status: 403,
    });
  });

  it('leaves as a workbook', async () => {
    const { bytes, name } = await exportEvaluation(director, (await judged()).drillId);
    expect(name).toBe('【演练】沱河涨水推演评估项目 PSMU 汇总.xlsx');
    expect(new TextDecoder().decode(bytes.slice(0, 2))).toBe('PK');
  });
});
