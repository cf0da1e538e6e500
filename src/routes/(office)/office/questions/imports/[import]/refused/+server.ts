import type { RequestEvent } from './$types';
import { writeRefusedQuestions } from '#lib/exams/question-import.server.ts';
import { download } from '#lib/server/download.ts';
import { endpoint } from '#lib/server/form.ts';

export const GET = endpoint(async ({ locals, params }: RequestEvent) => {
  const { name, bytes } = await writeRefusedQuestions(locals.actor, params.import);
  return download(bytes, name);
});
