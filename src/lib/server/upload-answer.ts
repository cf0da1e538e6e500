import { Readable } from 'node:stream';
import { readByteRange, type ByteRange } from './byte-range.ts';
import { mayShowInline } from './file-type.ts';
import { openUpload, type Upload } from './storage.ts';

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

/**
 * Sends a file as a request asks for it: whole, in part (`Range`, so that a video can be sought), not at
 * all when the browser has it (`If-None-Match`), or only what it would be (`HEAD`). Only images, video,
 * sound and PDF are shown in place; everything else is saved.
 */
export function answerUpload(request: Request, stored: Upload): Response {
  const headers = headersOf(stored);
  const asked = request.headers;
  if (asked.get('if-none-match') === headers.etag) return new Response(null, { status: 304, headers });
  const condition = asked.get('if-range');
  const changed = condition !== null && condition !== headers.etag;
  const range = changed ? null : readByteRange(asked.get('range'), stored.bytes);
  if (range === 'unsatisfiable') {
    const none = { ...headers, 'content-range': `bytes */${stored.bytes}` };
    return new Response(null, { status: 416, headers: none });
  }
  const length = range ? range.end - range.start + 1 : stored.bytes;
  const sized = { ...headers, 'content-length': String(length) };
  const body = request.method === 'HEAD' ? null : bodyOf(stored, range ?? undefined);
  if (!range) return new Response(body, { headers: sized });
  const part = `bytes ${range.start}-${range.end}/${stored.bytes}`;
  return new Response(body, { status: 206, headers: { ...sized, 'content-range': part } });
}
