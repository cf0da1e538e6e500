import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/server/id.ts';
import { actorOf, HUITING, LUSHI, NOW, XIAYI } from '#tests/worlds/people.ts';
import { registerFollowers } from './followers.ts';
import { openUpload, storeBytes, storeSealed } from './storage.ts';
import { findReadableUpload, mayReadUploads } from './upload-readers.ts';

const bytes = new TextEncoder().encode('%PDF-1.7 一份签到表');
const origin = (about: string) => ({ name: '签到表.pdf', about, path: XIAYI, byAccount: 'a', now: NOW });
const hidden = { code: 'upload_not_found', status: 404 };
const bureau = actorOf('bureau', XIAYI);

beforeAll(() => {
  registerFollowers();
  mayReadUploads(
    'thing:',
    async (actor, about) => about === 'thing:1' && actor.grants.some(({ path }) => path === XIAYI),
  );
});

describe('findReadableUpload', () => {
  it('gives a file to those who may read what it is about', async () => {
    const stored = await storeBytes(bytes, origin('thing:1'));
    expect(await findReadableUpload(bureau, stored.id)).toMatchObject({
      type: 'application/pdf',
      name: '签到表.pdf',
    });
    await expect(findReadableUpload(actorOf('bureau', LUSHI), stored.id)).rejects.toMatchObject(hidden);
    await expect(findReadableUpload(actorOf('township_officer', HUITING), stored.id)).rejects.toMatchObject(
      hidden,
    );
    const other = await storeBytes(bytes, origin('thing:2'));
    await expect(findReadableUpload(bureau, other.id)).rejects.toMatchObject(hidden);
  });

  it('gives nothing that nobody speaks for, nothing sealed, and no import', async () => {
    for (const about of ['nobody:1', 'thing', '', 'import:1']) {
      const stored = await storeBytes(bytes, origin(about));
      await expect(findReadableUpload(bureau, stored.id)).rejects.toMatchObject(hidden);
    }
    const sealed = await storeSealed(bytes, origin('thing:1'));
    await expect(findReadableUpload(bureau, sealed.id)).rejects.toMatchObject(hidden);
    await expect(findReadableUpload(bureau, newId())).rejects.toMatchObject(hidden);
  });

  it('leaves the bytes to be read in parts', async () => {
    const stored = await storeBytes(bytes, origin('thing:1'));
    const chunks: Buffer[] = [];
    for await (const chunk of openUpload(stored, { start: 0, end: 3 })) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe('%PDF');
  });
});
