import { Readable } from 'node:stream';
import type { RequestEvent } from './$types';
import { readByteRange, type ByteRange } from '#lib/server/byte-range.ts';
import { endpoint } from '#lib/server/form.ts';
import { mayShowInline } from '#lib/server/file-type.ts';
import { openUpload, type Upload } from '#lib/server/storage.ts';
import { findReadableUpload } from '#lib/server/upload-readers.ts';

function headersOf(stored: Upload): Record<string, string> {
  const manner = mayShowInline(stored.type) ? 'inline' : 'attachment';
  return {
    'content-type': stored.type,
    'content-disposition': `${manner}; filename*=UTF-8''${encodeURIComponent(stored.name)}`,
    'accept-ranges': 'bytes',
    // Who may read may change at any time: the browser asks again, and sends the hash it has.
    'cache-control': 'private, no-cache',
    etag: `"${stored.sha256}"`,
    'x-content-type-options': 'nosniff',
  };
}

function bodyOf(stored: Upload, range?: ByteRange): BodyInit {
  return Readable.toWeb(openUpload(stored, range)) as unknown as BodyInit;
}

function answer(event: RequestEvent, stored: Upload, withBody: boolean): Response {
  const headers = headersOf(stored);
  const asked = event.request.headers;
  if (asked.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  const condition = asked.get('if-range');
  const range =
    condition && condition !== headers.etag ? null : readByteRange(asked.get('range'), stored.bytes);
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${stored.bytes}` },
    });
  const length = range ? range.end - range.start + 1 : stored.bytes;
  const sized = { ...headers, 'content-length': String(length) };
  const body = withBody ? bodyOf(stored, range ?? undefined) : null;
  if (!range) return new Response(body, { headers: sized });
  const part = `bytes ${range.start}-${range.end}/${stored.bytes}`;
  return new Response(body, { status: 206, headers: { ...sized, 'content-range': part } });
}

export const GET = endpoint(async (event: RequestEvent) => {
  const stored = await findReadableUpload(event.locals.actor, event.params.upload);
  return answer(event, stored, true);
});

export const HEAD = endpoint(async (event: RequestEvent) => {
  const stored = await findReadableUpload(event.locals.actor, event.params.upload);
  return answer(event, stored, false);
});
