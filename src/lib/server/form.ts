import { error, fail, json, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { Refused } from '#lib/kernel/refused.ts';
import { faultSentence, formSentence } from './form-copy.ts';

// Kept by the library for all schemas: what a form's own sentences leave out is not said in English.
v.setGlobalMessage(faultSentence);

/**
 * The one place where a refusal becomes what SvelteKit understands: an error page, a form failure or a
 * JSON error. Features throw {@link Refused} and know nothing of this.
 */

/** What a form shows after a refusal: a sentence above it, sentences at its fields, what was typed. */
export type FormFailure = {
  refusal: { code: string; sentence: string } | null;
  errors: Record<string, string>;
  values: Record<string, string>;
};

function asPageError(reason: unknown): never {
  if (reason instanceof Refused) error(reason.status, { message: reason.message, code: reason.code });
  throw reason;
}

/** Wraps a `load`: a refusal becomes the error page of its status. */
export function page<Event extends Pick<RequestEvent, 'locals'>, Data>(
  load: (event: Event) => Promise<Data>,
) {
  return async (event: Event): Promise<Data> => {
    try {
      return await load(event);
    } catch (reason) {
      asPageError(reason);
    }
  };
}

/** The address of the log-in page that comes back here afterwards. */
export function loginAddress(url: URL): string {
  return `/login?to=${encodeURIComponent(url.pathname + url.search)}`;
}

function textValues(form: FormData): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of form)
    if (typeof value === 'string' && !name.includes('assword') && name !== 'pin') values[name] = value;
  return values;
}

/** Form data as a plain object: names ending in `[]` are lists, empty files are left out. */
export function formObject(form: FormData): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === 'string' || value.size > 0);
    if (name.endsWith('[]')) object[name.slice(0, -2)] = values;
    else if (values.length > 0) object[name] = values.at(-1);
  }
  return object;
}

function fieldErrors(issues: readonly v.BaseIssue<unknown>[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const issue of issues) errors[String(issue.path?.[0]?.key ?? '')] ??= issue.message;
  return errors;
}

/** Sentences at the fields, and one above: a page that has no place at a field does not stay silent. */
function unfilled(errors: Record<string, string>): Partial<FormFailure> {
  return { refusal: { code: 'form_incomplete', sentence: formSentence(errors) }, errors };
}

/** Nobody is logged in on a page that is not for everybody: the session ended while the form was open. */
function isSessionLost({ locals, route }: RequestEvent): boolean {
  return locals.actor.accountId === null && !route.id?.startsWith('/(public)');
}

function failure(status: number, values: Record<string, string>, what: Partial<FormFailure>) {
  return fail(status, { refusal: null, errors: {}, ...what, values } satisfies FormFailure);
}

/**
 * Wraps a form action: reads the form with a valibot schema (a fault stands at its field), runs it, and
 * turns a refusal into a form failure with the sentence; what is not yours to see stays a 404 page.
 */
export function action<Event extends RequestEvent, Schema extends v.GenericSchema, Result>(
  schema: Schema,
  run: (event: Event, input: v.InferOutput<Schema>) => Promise<Result>,
) {
  return async (event: Event) => {
    const form = await event.request.formData();
    const values = textValues(form);
    const parsed = v.safeParse(schema, formObject(form));
    if (!parsed.success) return failure(400, values, unfilled(fieldErrors(parsed.issues)));
    try {
      return await run(event, parsed.output);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      if (isSessionLost(event)) redirect(303, loginAddress(event.url));
      if (reason.status === 404 || reason.status === 401) asPageError(reason);
      return failure(reason.status, values, { refusal: { code: reason.code, sentence: reason.message } });
    }
  };
}

/** Wraps a `+server.ts` handler: a refusal becomes `{ code, message, detail }` with its status. */
export function endpoint<Event extends RequestEvent>(run: (event: Event) => Promise<Response>) {
  return async (event: Event): Promise<Response> => {
    try {
      return await run(event);
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason;
      const { code, status, message, detail } = reason;
      return json({ code, message, detail }, { status });
    }
  };
}

/** Sends visitors to log in and come back; answers whether somebody is logged in otherwise. */
export function mustLogIn(event: Pick<RequestEvent, 'locals' | 'url'>): void {
  if (event.locals.actor.accountId === null) redirect(303, loginAddress(event.url));
  if (event.locals.mustChangePassword) redirect(303, '/account/password');
}
