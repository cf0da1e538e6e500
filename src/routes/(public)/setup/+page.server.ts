import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { listChildren } from '#lib/people/divisions.server.ts';
import { setupForm } from '#lib/people/forms.ts';
import { needsSetup, setUp } from '#lib/people/setup.server.ts';
import { action, page } from '#lib/server/form.ts';

/** The province whose divisions are loaded: Henan. */
const PROVINCE = '41';

export const load = page(async (event: PageServerLoadEvent) => {
  if (!(await needsSetup(SYSTEM))) redirect(303, '/login');
  const cities = await listChildren(SYSTEM, PROVINCE);
  const city = cities.find((one) => one.id === event.url.searchParams.get('city')) ?? null;
  const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
  return {
    cities: cities.map(named),
    city: city && named(city),
    counties: city ? (await listChildren(SYSTEM, city.id)).map(named) : [],
  };
});

export const actions = {
  default: action(setupForm, async ({ locals }: RequestEvent, form) => {
    const { code, divisionId } = form;
    const administrator = { loginName: form.administratorLogin, password: form.administratorPassword };
    const bureau = { loginName: form.bureauLogin, name: form.bureauName, password: form.bureauPassword };
    await setUp(SYSTEM, { code, divisionId, administrator, bureau }, locals.now);
    redirect(303, '/login');
  }),
};
