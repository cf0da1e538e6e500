import { inArray } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { read } from '#lib/server/db/open.ts';
import { trainingClass } from '#lib/server/db/schema/classes.ts';
import { exam } from '#lib/server/db/schema/exams.ts';
import { person } from '#lib/server/db/schema/people.ts';

/** The parts of a detail that hold the id of something with a name, and whose name that is. */
const PEOPLE = ['personId', 'personIds'];
const CLASSES = ['classId'];
const EXAMS = ['examId'];

/**
 * The names of the people, classes and exams that events on a page are about: 签到 without a name tells
 * an officer nothing. Only for events the actor was given by `listEvents`, which names nobody beyond the
 * actor's places.
 */
export async function namesIn(
  _actor: Actor,
  events: readonly { detail: Record<string, unknown> }[],
): Promise<Map<string, string>> {
  const idsOf = (keys: readonly string[]) => [
    ...new Set(events.flatMap(({ detail }) => keys.flatMap((key) => textsOf(detail[key])))),
  ];
  return await read(async (db) => {
    const people = await db
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(inArray(person.id, ['', ...idsOf(PEOPLE)]));
    const classes = await db
      .select({ id: trainingClass.id, name: trainingClass.title })
      .from(trainingClass)
      .where(inArray(trainingClass.id, ['', ...idsOf(CLASSES)]));
    const exams = await db
      .select({ id: exam.id, name: exam.title })
      .from(exam)
      .where(inArray(exam.id, ['', ...idsOf(EXAMS)]));
    return new Map([...people, ...classes, ...exams].map(({ id, name }) => [id, name]));
  });
}

/** How many ids of one list are looked up: as many as a page shows. */
const LIST_MAX = 5;

function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value.slice(0, LIST_MAX) : [value];
  return values.filter((one) => typeof one === 'string');
}
