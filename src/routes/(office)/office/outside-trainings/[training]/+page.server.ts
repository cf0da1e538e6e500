import type { PageServerLoadEvent, RequestEvent } from './$types';
import { decideForm, fileForm, outsidePersonForm, personForm } from '#lib/classes/forms.ts';
import * as outside from '#lib/classes/outside-trainings.server.ts';
import { readSheet } from '#lib/classes/outside-sheets.server.ts';
import { listOverlaps } from '#lib/courses/elsewhere-previews.server.ts';
import { listPeople } from '#lib/people/people.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { storeFile } from '#lib/server/storage.ts';

const SCAN_BYTES_MAX = 30 * 1_048_576;

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  const { actor } = event.locals;
  const find = event.url.searchParams.get('find')?.trim() ?? '';
  const found = find === '' ? [] : (await listPeople(actor, { words: find }, 1)).rows.slice(0, 20);
  return {
    ...(await outside.readOutsideTraining(actor, event.params.training)),
    overlaps: await listOverlaps(actor, event.params.training),
    find,
    found: found.map(({ id, name, idMasked, posts }) => ({
      ...{ id, name, idMasked },
      unit: posts[0]?.unit || posts[0]?.place || '',
    })),
    own: actor.accountId,
  };
});

export const actions = {
  add: action(outsidePersonForm, async ({ locals, params }: RequestEvent, { person, days }) => {
    const attendees = [{ personId: person, halfDays: days }];
    await outside.addOutsidePeople(locals.actor, params.training, attendees, locals.now);
    return { done: 'people' as const };
  }),
  remove: action(personForm, async ({ locals, params }: RequestEvent, { person }) => {
    await outside.removeOutsidePerson(locals.actor, params.training, person, locals.now);
    return { done: 'people' as const };
  }),
  sheet: action(fileForm, async ({ locals: { actor, now }, params }: RequestEvent, { file }) => {
    const sheet = await readSheet(actor, {
      bytes: new Uint8Array(await file.arrayBuffer()),
      name: file.name,
    });
    const rows = await outside.addOutsideSheet(actor, params.training, sheet, now);
    return {
      rows: rows.map(({ row, name, personId, faults }) => ({ row, name, taken: personId !== null, faults })),
    };
  }),
  scan: action(fileForm, async ({ locals: { actor, now }, params }: RequestEvent, { file }) => {
    const { row } = await outside.readOutsideTraining(actor, params.training);
    const origin = { about: `outside:${row.id}`, path: row.path, byAccount: actor.accountId ?? '', now };
    const stored = await storeFile(file, SCAN_BYTES_MAX, origin);
    await outside.attachOutsideSheet(actor, row.id, stored.id, now);
    return { done: 'sheet' as const };
  }),
  decide: action(decideForm, async ({ locals, params }: RequestEvent, decision) => {
    await outside.decideOutsideTraining(locals.actor, params.training, decision, locals.now);
    return { done: 'decided' as const };
  }),
};
