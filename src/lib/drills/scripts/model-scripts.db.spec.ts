import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { scriptVersion } from '#lib/server/db/schema/drills.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { actorOf, NOW, XIAYI } from '#tests/worlds/people.ts';
import { deliverModelScript, modelScriptId } from './model-scripts.server.ts';
import { readScript } from './scripts.server.ts';

const EXAMPLE = exampleScript();
const id = modelScriptId(EXAMPLE.meta.id);
const versions = () => read((db) => db.select().from(scriptVersion).where(eq(scriptVersion.scriptId, id)));

it('publishes a model script once, and again only when its text changed', async () => {
  expect(await deliverModelScript(SYSTEM, '41', EXAMPLE, NOW)).toBe(true);
  expect(await deliverModelScript(SYSTEM, '41', EXAMPLE, NOW)).toBe(true);
  expect(await versions()).toMatchObject([{ number: 1 }]);

  const changed = { ...EXAMPLE, meta: { ...EXAMPLE.meta, title: '改过的标题' } };
  await deliverModelScript(SYSTEM, '41', changed, NOW);
  expect((await versions()).map(({ number }) => number).sort()).toEqual([1, 2]);
  const page = await readScript(actorOf('drill_director', XIAYI), id);
  expect(page).toMatchObject({ mayKeep: false, row: { title: '改过的标题', isModel: true } });
});

it('does not take a model script with faults', async () => {
  const faulty = { ...EXAMPLE, meta: { ...EXAMPLE.meta, id: 'faulty' }, phases: [] };
  expect(await deliverModelScript(SYSTEM, '41', faulty, NOW)).toBe(false);
  await expect(readScript(actorOf('bureau', XIAYI), modelScriptId('faulty'))).rejects.toMatchObject({
    code: 'not_found',
  });
});
