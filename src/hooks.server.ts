import { randomUUID } from 'node:crypto';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { askForCalendar } from '#lib/coverage/calendar.server.ts';
import { actorOf } from '#lib/people/accounts.server.ts';
import { SYSTEM, VISITOR } from '#lib/kernel/actor.ts';
import { holdsDemo } from '#lib/people/demo.server.ts';
import { needsSetup, setupCode } from '#lib/people/setup.server.ts';
import { closeDatabase, migrateDatabase } from '#lib/server/db/open.ts';
import { askForSealedTurn } from '#lib/drills/sealed/commitments.server.ts';
import { startRunLoop } from '#lib/drills/runs/run-loop.server.ts';
import { closeEventStreams } from '#lib/server/event-stream.ts';
import { startJobLoop } from '#lib/server/jobs/jobs.ts';
import { demandSoundInstallation } from '#lib/server/installation.ts';
import { announceProgram } from '#lib/server/program.ts';
import { settings } from '#lib/server/settings.ts';
import { blankCookie, cookieFor, findSession, SESSION_COOKIE } from '#lib/server/auth/sessions.ts';
import { registerFollowers } from '#lib/server/followers.ts';
import { FAULT, PAGE_NOT_FOUND } from '#lib/server/http-copy.ts';
import { faultFields, log } from '#lib/server/log.ts';

/** Starts what runs beside the requests, once, before the first of them. */
export const init: ServerInit = async () => {
  registerFollowers();
  await migrateDatabase();
  await demandSoundInstallation(settings());
  const demo = await holdsDemo(SYSTEM);
  if (await needsSetup(SYSTEM)) log('warn', 'setup', { open: '/setup', code: setupCode(SYSTEM) });
  await askForCalendar(SYSTEM, new Date());
  await askForSealedTurn(SYSTEM, new Date());
  const stopJobs = startJobLoop();
  const stopRuns = startRunLoop();
  announceProgram({
    demo,
    closeStreams: async () => closeEventStreams(),
    stop: async () => {
      await stopJobs();
      await stopRuns();
      await closeDatabase();
    },
  });
};

/** Answers slower than this are worth a line of warning. */
const SLOW_MS = 1_000;

export const handle: Handle = async ({ event, resolve }) => {
  const started = performance.now();
  event.locals.now = new Date();
  event.locals.requestId = randomUUID().slice(0, 13);
  await authenticate(event);
  const type = event.cookies.get('type') === 'large' ? 'large' : 'normal';
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%lianbing.type%', type),
  });
  secure(response, event.url);
  const ms = Math.round(performance.now() - started);
  const fields = {
    request: event.locals.requestId,
    method: event.request.method,
    route: event.route.id,
    status: response.status,
    ms,
  };
  if (response.status >= 500 || ms > SLOW_MS) log('warn', 'request', fields);
  else if (event.request.method !== 'GET' && !isBeat(event.route.id)) log('info', 'request', fields);
  return response;
};

/** Saved answers and learning pings come by the thousand and leave events of their own. */
function isBeat(route: string | null): boolean {
  return /^\/api\/(attempts|learning-pings)/.test(route ?? '');
}

async function authenticate(event: Parameters<Handle>[0]['event']): Promise<void> {
  event.locals.actor = VISITOR;
  event.locals.session = null;
  event.locals.mustChangePassword = false;
  const cookie = event.cookies.get(SESSION_COOKIE);
  if (!cookie) return;
  const session = await findSession(cookie, event.locals.now);
  const known = session ? await actorOf(session.accountId) : null;
  if (!session || !known) {
    const { name, value, attributes } = blankCookie();
    event.cookies.set(name, value, { path: '/', ...attributes });
    return;
  }
  event.locals.session = session;
  event.locals.actor = known.actor;
  event.locals.mustChangePassword = known.mustChangePassword;
  if (session.fresh) {
    const { name, value, attributes } = cookieFor(cookie);
    event.cookies.set(name, value, { path: '/', ...attributes });
  }
}

function secure(response: Response, url: URL): void {
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-frame-options', 'SAMEORIGIN');
  if (url.protocol === 'https:') response.headers.set('strict-transport-security', 'max-age=31536000');
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
}

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  const requestId = event.locals.requestId ?? 'none';
  if (status === 404) return { message: PAGE_NOT_FOUND, code: 'page_not_found', requestId };
  log('error', 'fault', {
    request: requestId,
    route: event.route.id,
    status,
    message,
    ...faultFields(error),
  });
  return { message: FAULT, code: 'fault', requestId };
};
