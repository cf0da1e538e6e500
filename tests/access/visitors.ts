import { DEMO_PASSWORD } from '#lib/people/demo-copy.ts';
import { WHO, type Who } from './read-table.ts';

/** Asks as somebody and answers what came back, in three characters. */
export type Ask = (who: Who, method: string, address: string, form: string) => Promise<string>;

/** Everybody of the table, logged in at a server; a visitor has no session. */
export async function everybodyAt(url: string): Promise<Ask> {
  const cookies = new Map<Who, string>();
  for (const who of WHO) if (who !== 'visitor') cookies.set(who, await logIn(url, who));
  return async (who, method, address, form) => {
    const response = await fetch(url + address, {
      method,
      redirect: 'manual',
      headers: {
        cookie: cookies.get(who) ?? '',
        origin: url,
        accept: 'text/html',
        ...(form.startsWith('{') ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'GET' ? {} : { body: form.startsWith('{') ? form : new URLSearchParams(form) }),
    });
    // A stream of events has no end: its status is the answer.
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body!.cancel();
    else await response.arrayBuffer();
    return wordOf(response);
  };
}

/** The status; `log` for being sent to log in. */
function wordOf(response: Response): string {
  const sentTo = response.headers.get('location') ?? '';
  return response.status === 303 && /^\/login\b/.test(sentTo) ? 'log' : String(response.status);
}

async function logIn(url: string, who: Who): Promise<string> {
  const response = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, accept: 'text/html' },
    body: new URLSearchParams({ identifier: who, password: DEMO_PASSWORD }),
  });
  const cookie = response.headers.getSetCookie().map((set) => set.split(';')[0]!);
  if (response.status !== 303 || cookie.length === 0)
    throw new Error(`${who} could not log in: ${response.status}`);
  return cookie.join('; ');
}
