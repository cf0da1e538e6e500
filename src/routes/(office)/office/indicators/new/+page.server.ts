import { redirect } from '@sveltejs/kit';
import type { PageServerLoadEvent, RequestEvent } from './$types';
import { planForm } from '#lib/coverage/forms.ts';
import { pastedRows, type PlanInput } from '#lib/coverage/indicator.ts';
import { enterPlan, findPlanPlace, indicatorsFrom, previewPlan } from '#lib/coverage/indicators.server.ts';
import type { Actor } from '#lib/kernel/actor.ts';
import { yearOf } from '#lib/kernel/day.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';

export const load = page(async (event: PageServerLoadEvent) => {
  mustLogIn(event);
  return { place: await findPlanPlace(event.locals.actor), year: yearOf(event.locals.now) };
});

/** What the form shows after a look at its table: what was typed, and the file's table as text. */
async function looked(
  actor: Actor,
  { rows, file, ...plan }: PlanInput & { rows: string; file?: File | undefined },
) {
  const sent = file && { bytes: new Uint8Array(await file.arrayBuffer()), fileName: file.name };
  const preview = await previewPlan(actor, { ...plan, rows, ...(sent ? { file: sent } : {}) });
  const { title, source } = plan;
  const [fromYear, untilYear] = [String(plan.fromYear), String(plan.untilYear)];
  const values: Record<string, string> = { title, source, fromYear, untilYear, rows: preview.rows };
  return { refusal: null, errors: {}, values, preview };
}

export const actions = {
  check: action(planForm, async ({ locals }: RequestEvent, input) => await looked(locals.actor, input)),
  enter: action(planForm, async ({ locals }: RequestEvent, input) => {
    const { actor, now } = locals;
    // A file that nobody has looked at yet is shown first.
    if (input.file) return await looked(actor, input);
    const { rows, file: _, ...plan } = input;
    const place = await findPlanPlace(actor);
    const indicators = indicatorsFrom(actor, pastedRows(rows));
    const { planId } = await enterPlan(actor, place.id, { ...plan, indicators }, now);
    redirect(303, `/office/indicators/${planId}`);
  }),
};
