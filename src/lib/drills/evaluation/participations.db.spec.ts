import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { newId } from '#lib/server/id.ts';
import { write } from '#lib/server/db/open.ts';
import { drillSeat } from '#lib/server/db/schema/drills.ts';
import { person } from '#lib/server/db/schema/people.ts';
import { act, after, director, drillWorld } from '../../../../tests/worlds/drills.ts';
import { actorWith, COUNTY, TOWNSHIP_PATH } from '../../../../tests/worlds/exams.ts';
import { listParticipations } from './participations.server.ts';

async function somebody(mergedInto: string | null = null): Promise<string> {
  const id = newId();
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{ id, name: '李四', pinyin: 'lisi', sex: '男' as const, birthOn: '1980-01-01', phone: '' },
      ...{ idCipher: null, idHash: null, idMasked: '', path: TOWNSHIP_PATH, mergedInto, createdAt: after(0) },
    });
  });
  return id;
}

it('enters the personal file at publication, also of records merged into it, and is for those who see people', async () => {
  const id = await somebody();
  const old = await somebody(id);
  const world = await drillWorld();
  await write(`drill:${world.drillId}`, async (tx) => {
    await tx
      .update(drillSeat)
      .set({ personId: old })
      .where(eq(drillSeat.accountId, world.actors.duty!.accountId!));
  });
  await act(world, 'director', { kind: 'start' }, after(0));
  await act(world, 'director', { kind: 'end' }, after(10));
  await act(world, 'director', { kind: 'open_evaluation' }, after(11));
  const bureau = actorWith('bureau', COUNTY.path);
  expect(await listParticipations(bureau, id)).toEqual([]);
  await act(world, 'director', { kind: 'publish_evaluation' }, after(12));
  const line = {
    drillId: world.drillId,
    title: '沱河涨水推演',
    form: 'tabletop',
    role: '镇值班员',
    heldOn: '2026-03-02',
  };
  expect(await listParticipations(bureau, id)).toEqual([line]);
  expect(await listParticipations({ ...director, personId: id, grants: [] }, id)).toEqual([line]);
  expect(await listParticipations(actorWith('bureau', '/41/4112/'), id)).toEqual([]);
});
