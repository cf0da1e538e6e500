import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { findExam } from '#lib/exams/exams.server.ts';
import { extendExam, listExtensions } from '#lib/exams/extensions.server.ts';
import { extensionForm } from '#lib/exams/forms.ts';
import { readBoard } from '#lib/exams/results.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { newId } from '#lib/server/id.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor, now } = event.locals;
  const { id, title, className, opensAt, entryUntil, closesAt, mayKeep } = await findExam(
    actor,
    event.params.exam,
  );
  const only = event.url.searchParams.get('only') ?? '';
  const exam = { id, title, className, opensAt, entryUntil, closesAt, mayKeep };
  const [rows, extensions] = await Promise.all([readBoard(actor, id, now), listExtensions(actor, id)]);
  return { exam, rows, extensions, extensionId: newId(), only, serverNow: now.getTime() };
});

export const actions = {
  extend: action(extensionForm, async ({ locals, params, url }: RequestEvent, asked) => {
    const { id, minutes, reason, who, person } = asked;
    const personIds = who === 'chosen' ? person : null;
    await extendExam(locals.actor, { id, examId: params.exam, minutes, reason, personIds }, locals.now);
    redirect(303, url.pathname);
  }),
};
