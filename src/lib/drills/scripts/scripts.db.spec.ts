import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import type { Workbook } from '#lib/kernel/sheet.ts';
import { readWorkbook } from '#lib/server/sheets/read-workbook.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { actorOf, CITY, divisionOf, HUITING, LUSHI, NOW, XIAYI } from '#tests/worlds/people.ts';
import { withPart, type Draft } from './draft.ts';
import { deliverModelScript, modelScriptId } from './model-scripts.server.ts';
import { exportMsel } from './msel-export.server.ts';
import { previewMsel } from './msel-import.server.ts';
import {
  archiveScript,
  copyScript,
  createScript,
  listDrillPlaces,
  listScripts,
  publishScript,
  readDraft,
  readScript,
  readScriptText,
  saveScript,
} from './scripts.server.ts';

const director = { ...actorOf('drill_director', XIAYI), name: '李导调' };
const bureau = { ...actorOf('bureau', XIAYI), name: '王主管' };
const elsewhere = actorOf('drill_director', LUSHI);
const trainee = actorOf('trainee', XIAYI);
const MODEL = modelScriptId('example');
const example = () => exampleScript() as unknown as Draft;
const make = () => createScript(director, divisionOf(XIAYI), example(), NOW);

beforeAll(async () => {
  await deliverModelScript(SYSTEM, '41', exampleScript(), NOW);
});

describe('the library', () => {
  it('shows a place its own scripts and the models', async () => {
    const id = await make();
    const mine = await listScripts(bureau);
    expect(mine.find((script) => script.id === id)).toMatchObject({
      eventType: 'flood',
      form: 'tabletop',
      planned: 'PT60M',
      injects: 5,
      versions: 0,
      blind: false,
    });
    expect(mine.some((script) => script.id === MODEL)).toBe(true);
    expect((await listScripts(elsewhere)).map((script) => script.id)).toContain(MODEL);
    expect((await listScripts(elsewhere)).map((script) => script.id)).not.toContain(id);
    await expect(listScripts(trainee)).rejects.toMatchObject({ status: 403 });
    expect(await listDrillPlaces(director)).toEqual([{ id: '411426', name: '夏邑县' }]);
  });

  it('is closed to strangers, whatever they ask', async () => {
    const id = await make();
    const input = { revision: 1, draft: example() };
    for (const actor of [elsewhere, trainee])
      for (const ask of [
        () => readScript(actor, id),
        () => readDraft(actor, id),
        () => readScriptText(actor, id, null),
        () => exportMsel(actor, id, NOW),
        () => saveScript(actor, id, input, NOW),
        () => publishScript(actor, id, NOW),
        () => archiveScript(actor, id, NOW),
        () => copyScript(actor, id, divisionOf(LUSHI), NOW),
      ])
        await expect(ask()).rejects.toMatchObject({ status: 404 });
  });

  it('lets nobody change a model, and everybody copy it to their own place only', async () => {
    await expect(saveScript(director, MODEL, { revision: 1, draft: example() }, NOW)).rejects.toMatchObject({
      status: 403,
    });
    await expect(archiveScript(bureau, MODEL, NOW)).rejects.toMatchObject({ status: 403 });
    await expect(copyScript(director, MODEL, divisionOf(CITY), NOW)).rejects.toMatchObject({ status: 403 });
    const copy = await copyScript(director, MODEL, divisionOf(HUITING), NOW);
    expect(await readDraft(director, copy)).toMatchObject({ mayKeep: true, isModel: false, revision: 1 });
  });
});

describe('an author', () => {
  it('saves from what was read, and is told who saved meanwhile', async () => {
    const id = await make();
    expect(await saveScript(bureau, id, { revision: 1, draft: example() }, NOW)).toBe(2);
    await expect(saveScript(director, id, { revision: 1, draft: example() }, NOW)).rejects.toMatchObject({
      code: 'script_changed',
      message: expect.stringContaining('王主管') as string,
    });
    expect(await readDraft(director, id)).toMatchObject({ revision: 2, updatedBy: '王主管' });
  });

  it('may save a faulty draft, but publish none', async () => {
    const id = await make();
    const faulty = withPart(example(), 'injects', { id: 'i-new', code: 'A-99' });
    await saveScript(director, id, { revision: 1, draft: faulty }, NOW);
    expect((await readScript(director, id)).findings.length).toBeGreaterThan(0);
    await expect(publishScript(director, id, NOW)).rejects.toMatchObject({ code: 'script_has_faults' });
  });

  it('publishes no script that comes to a standstill', async () => {
    const id = await make();
    const script = exampleScript();
    // The only way on is that somebody reports: with nobody there the run stands still.
    delete script.phases[0]!.maxDuration;
    delete script.phases[0]!.onTimeout;
    await saveScript(director, id, { revision: 1, draft: script as unknown as Draft }, NOW);
    await expect(publishScript(director, id, NOW)).rejects.toMatchObject({
      code: 'script_stuck',
      message: expect.stringContaining('没有人响应') as string,
    });
  });

  it('publishes a version that stays as it was', async () => {
    const id = await make();
    expect(await publishScript(director, id, NOW)).toMatchObject({ number: 1 });
    expect(await publishScript(director, id, NOW)).toMatchObject({ number: 1 });
    expect((await readScript(director, id)).isPublished).toBe(true);
    const changed = example();
    (changed.meta as { title: string }).title = '改过';
    await saveScript(director, id, { revision: 1, draft: changed }, NOW);
    expect((await readScript(director, id)).isPublished).toBe(false);
    expect((await readScriptText(director, id, 1)).body).toMatchObject({
      meta: { title: exampleScript().meta.title },
    });
    expect((await readScriptText(director, id, null)).body).toMatchObject({ meta: { title: '改过' } });
    await expect(readScriptText(director, id, 7)).rejects.toMatchObject({ status: 404 });
  });

  it('takes a script off the list', async () => {
    const id = await make();
    await archiveScript(director, id, NOW);
    await expect(readScript(director, id)).rejects.toMatchObject({ status: 404 });
    expect((await listScripts(director)).some((script) => script.id === id)).toBe(false);
  });
});

describe('the workbook', () => {
  it('goes out and comes back without a change', async () => {
    const id = await make();
    const { bytes, name } = await exportMsel(director, id, NOW);
    expect(name).toMatch(/^【演练】.*\.xlsx$/);
    const sheets: Workbook = readWorkbook(bytes, name);
    expect(sheets.sheets.map((sheet) => sheet.name)).toEqual(['情景', '预期动作', '角色', '说明']);
    const preview = await previewMsel(director, id, { bytes, fileName: name });
    expect(preview).toMatchObject({ changes: [], refused: [], revision: 1, same: 16 });
    expect(preview.draft).toEqual(example());
  });

  it('is not taken for a model, and not when it is something else', async () => {
    const id = await make();
    const { bytes, name } = await exportMsel(director, id, NOW);
    await expect(previewMsel(director, MODEL, { bytes, fileName: name })).rejects.toMatchObject({
      status: 403,
    });
    const other = new TextEncoder().encode('姓名,单位\n张三,会亭镇\n');
    await expect(previewMsel(director, id, { bytes: other, fileName: '花名册.csv' })).rejects.toMatchObject({
      code: 'msel_without_sheets',
    });
  });
});
