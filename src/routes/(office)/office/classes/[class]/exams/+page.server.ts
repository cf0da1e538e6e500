import type { PageServerLoadEvent } from './$types';
import { readClass } from '#lib/classes/classes.server.ts';
import { listExams } from '#lib/exams/exams.server.ts';
import { mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const of = await readClass(event.locals.actor, event.params.class);
  const exams = await listExams(event.locals.actor, { classId: event.params.class }, 1);
  return {
    class: of,
    exams: exams.rows.map(({ id, title, opensAt, counts }) => ({ id, title, opensAt, counts })),
  };
});
