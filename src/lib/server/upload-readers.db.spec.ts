import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/server/id.ts';
import { actorOf, HUITING, LUSHI, NOW, XIAYI } from '#tests/worlds/people.ts';
import { registerFollowers } from './followers.ts';
import { storeBytes, storeSealed } from './storage.ts';
import { answerUpload } from './upload-answer.ts';
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
});

describe('answerUpload', () => {
  const request = (headers: Record<string, string> = {}, method = 'GET') =>
    new Request('http://localhost/api/uploads/1', { method, headers });

  it('sends all of it, inline only what a browser may show', async () => {
    const pdf = await storeBytes(bytes, origin('thing:1'));
    const whole = answerUpload(request(), pdf);
    expect(whole.status).toBe(200);
    expect(whole.headers.get('content-disposition')).toBe(
      `inline; filename*=UTF-8''${encodeURIComponent('签到表.pdf')}`,
    );
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
    const page = new TextEncoder().encode('<script>alert(1)</script>');
    const named = await storeBytes(page, { ...origin('thing:1'), name: '图.png' });
    const saved = answerUpload(request(), named);
    expect(saved.headers.get('content-type')).toBe('application/octet-stream');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment;/);
    await saved.body?.cancel();
  });

  it('sends a part, nothing behind the end, and nothing twice', async () => {
    const stored = await storeBytes(bytes, origin('thing:1'));
    const part = answerUpload(request({ range: 'bytes=1-3' }), stored);
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      `bytes 1-3/${bytes.length}`,
      '3',
    ]);
    expect(await part.text()).toBe('PDF');
    const beyond = answerUpload(request({ range: 'bytes=9999-' }), stored);
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    expect(answerUpload(request({ 'if-none-match': `"${stored.sha256}"` }), stored).status).toBe(304);
    const changed = answerUpload(request({ range: 'bytes=1-3', 'if-range': '"another"' }), stored);
    expect([changed.status, (await changed.arrayBuffer()).byteLength]).toEqual([200, bytes.length]);
  });

  it('answers HEAD with the size and no body', async () => {
    const stored = await storeBytes(bytes, origin('thing:1'));
    const head = answerUpload(request({}, 'HEAD'), stored);
    expect([head.status, head.headers.get('content-length'), head.body]).toEqual([
      200,
      String(bytes.length),
      null,
    ]);
  });
});
