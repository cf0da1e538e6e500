import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { read } from '#lib/server/db/open.ts';
import { drill } from '#lib/server/db/schema/drills.ts';
import { storeBytes } from '#lib/server/storage.ts';
import { unzip } from '#lib/server/sheets/zip.ts';
import { act, after, director, drillWorld, type DrillWorld } from '../../../../tests/worlds/drills.ts';
import { reportDocx, reportPdf } from './evaluation-papers.server.ts';
import {
  attachScan,
  mayReadEvaluationFiles,
  readReport,
  reportAbout,
  signReport,
  writeReport,
} from './reports.server.ts';

const DAY_AFTER = new Date(after(0).getTime() + 86_400_000);
const TEXTS = { analysis: '报告及时。', advice: '加强力量调度。', conclusion: '达到目的。' };

async function published(): Promise<DrillWorld> {
  const world = await drillWorld();
  await act(world, 'director', { kind: 'start' }, after(0));
  await act(
    world,
    'duty',
    { kind: 'acknowledge', inject: 'i-rain', channel: 'phone', answeredBy: '小李' },
    after(4),
  );
  await act(world, 'director', { kind: 'end' }, after(30));
  await act(world, 'director', { kind: 'open_evaluation' }, after(31));
  await act(world, 'director', { kind: 'publish_evaluation' }, after(32));
  return world;
}

const signedAt = async ({ drillId }: DrillWorld) =>
  (await read((db) => db.select().from(drill).where(eq(drill.id, drillId))))[0]!.reportSignedAt;

describe('the report', () => {
  it('is a draft from the log before publication, read by no player', async () => {
    const world = await drillWorld();
    await act(world, 'director', { kind: 'start' }, after(0));
    expect(await readReport(director, world.drillId)).toMatchObject({ isFrozen: false, mayWrite: false });
    await expect(readReport(world.actors.duty!, world.drillId)).rejects.toMatchObject({ status: 404 });
    await expect(writeReport(director, world.drillId, TEXTS, after(1))).rejects.toMatchObject({
      code: 'report_not_frozen',
    });
  });

  it('says who answered after how many minutes, and is read by everybody who had a seat', async () => {
    const world = await published();
    const { facts } = await readReport(world.actors.duty!, world.drillId);
    expect(facts.answered).toEqual([
      { inject: 'A-01 强降雨', role: '镇值班员', person: '小李', afterMs: 120_000 },
    ]);
    expect((await readReport(world.actors.duty!, world.drillId)).mayWrite).toBe(false);
    await expect(writeReport(world.actors.duty!, world.drillId, TEXTS, after(40))).rejects.toMatchObject({
      status: 403,
    });
  });

  it('counts from the day it is signed, and then stands', async () => {
    const world = await published();
    await writeReport(director, world.drillId, TEXTS, after(40));
    expect((await readReport(director, world.drillId)).texts).toEqual(TEXTS);
    const sign = (signedOn: string) =>
      signReport(director, world.drillId, { signedBy: '王局长', signedOn }, DAY_AFTER);
    await expect(sign('2026-03-04')).rejects.toMatchObject({ code: 'signed_ahead' });
    await expect(sign('2026-03-01')).rejects.toMatchObject({ code: 'signed_before' });
    expect(await signedAt(world)).toBeNull();
    await sign('2026-03-03');
    expect(await signedAt(world)).toEqual(DAY_AFTER);
    await expect(sign('2026-03-03')).rejects.toMatchObject({ code: 'report_signed' });
    await expect(writeReport(director, world.drillId, TEXTS, DAY_AFTER)).rejects.toMatchObject({
      code: 'report_signed',
    });
  });

  it('keeps the scanned page for whoever reads the report', async () => {
    const world = await published();
    const origin = (about: string) => ({
      ...{ about, path: '/41/4114/411426/', byAccount: 'a', name: '签发页.pdf', now: DAY_AFTER },
    });
    const bytes = new TextEncoder().encode('%PDF-1.7 page');
    const scan = await storeBytes(bytes, origin(reportAbout(world.runId)));
    await expect(attachScan(director, world.drillId, scan, DAY_AFTER)).rejects.toMatchObject({
      code: 'report_unsigned',
    });
    await signReport(director, world.drillId, { signedBy: '王局长', signedOn: '2026-03-03' }, DAY_AFTER);
    const foreign = await storeBytes(bytes, origin('report:another'));
    await expect(attachScan(director, world.drillId, foreign, DAY_AFTER)).rejects.toMatchObject({
      status: 404,
    });
    await attachScan(director, world.drillId, scan, DAY_AFTER);
    expect((await readReport(director, world.drillId)).scan).toEqual({ id: scan.id, name: '签发页.pdf' });
    expect(await mayReadEvaluationFiles(world.actors.duty!, scan.about)).toBe(true);
    expect(await mayReadEvaluationFiles({ ...director, grants: [] }, scan.about)).toBe(false);
  });

  it('is a PDF and a Word file, every page of it marked', async () => {
    const world = await published();
    const pdf = await reportPdf(director, world.drillId);
    expect(pdf.name).toBe('【演练】沱河涨水推演评估报告.pdf');
    expect(new TextDecoder().decode(pdf.bytes.slice(0, 5))).toBe('%PDF-');
    const { bytes } = await reportDocx(director, world.drillId, DAY_AFTER);
    const { entries: parts } = unzip(Buffer.from(bytes), 10_000_000);
    const heads = [...parts].filter(([name]) => /word\/header\d+\.xml/.test(name));
    expect(heads).toHaveLength(2);
    for (const [, part] of heads) expect(part.toString()).toContain('【演练】沱河涨水推演');
    const body = parts.get('word/document.xml')!.toString();
    for (const words of ['AQ/T 9009', '评估结论', '小李', '末条校验值']) expect(body).toContain(words);
  });
});
