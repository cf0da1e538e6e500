import type { RequestEvent } from './$types';
import { endpoint } from '#lib/server/form.ts';
import { answerUpload } from '#lib/server/upload-answer.ts';
import { findReadableUpload } from '#lib/server/upload-readers.ts';

export const GET = endpoint(async ({ locals, params, request }: RequestEvent) => {
  return answerUpload(request, await findReadableUpload(locals.actor, params.upload));
});

export const HEAD = GET;
