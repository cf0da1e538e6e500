import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import type { RequestEvent } from './$types';
import { refuse } from '#lib/courses/copy.ts';
import { learningPing, type LearningPing } from '#lib/courses/forms.ts';
import {
  confirmPresence,
  keepPosition,
  openLesson,
  pingLesson,
  reachEnd,
} from '#lib/courses/learning.server.ts';
import { endpoint } from '#lib/server/form.ts';

/** What the reader and the player tell while somebody learns; the server's clock decides what it counts. */
export const POST = endpoint(async (event: RequestEvent) => {
  const { locals, params, request } = event;
  if (locals.actor.accountId === null) throw refuse('login_needed');
  const sent = v.safeParse(learningPing, await request.json().catch(() => null));
  if (!sent.success) throw refuse('ping_unreadable');
  return json(await answer(event, params.lesson, sent.output));
});

async function answer({ locals: { actor, now } }: RequestEvent, lessonId: string, ping: LearningPing) {
  if (ping.act === 'open') return await openLesson(actor, lessonId, now);
  if (ping.act === 'ping') return await pingLesson(actor, lessonId, ping, now);
  if (ping.act === 'confirm') return await confirmPresence(actor, lessonId, ping, now);
  if (ping.act === 'end') return await reachEnd(actor, lessonId, now);
  return await keepPosition(actor, lessonId, ping.position, now);
}
