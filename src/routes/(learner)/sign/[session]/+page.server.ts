import type { PageServerLoadEvent, RequestEvent } from './$types';
import { signForm } from '#lib/classes/forms.ts';
import { judgeScan, readSignPage, signIn } from '#lib/classes/sign-ins.server.ts';
import { action, mustLogIn, page } from '#lib/server/form.ts';
import { newId } from '#lib/server/id.ts';

const DEVICE = 'lianbing_device';
const PASS = 'lianbing_sign_pass';
const YEAR_SECONDS = 365 * 86_400;
const PASS_SECONDS = 600;

/** The random name of this browser: one device signs one person. */
function deviceOf({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>): string {
  const known = cookies.get(DEVICE);
  const device = known && known.length <= 60 ? known : newId();
  const secure = url.protocol === 'https:';
  cookies.set(DEVICE, device, { path: '/', maxAge: YEAR_SECONDS, httpOnly: true, sameSite: 'lax', secure });
  return device;
}

export const load = page(async (event: PageServerLoadEvent) => {
  const { locals, params, url, cookies } = event;
  const device = deviceOf(event);
  const code = url.searchParams.get('c') ?? '';
  const scan =
    code === '' ? null : await judgeScan(locals.actor, params.session, { code, device }, locals.now);
  // Kept on this device while somebody logs in: by then the code on the wall has changed.
  if (scan?.pass)
    cookies.set(PASS, scan.pass, {
      ...{ path: `/sign/${params.session}`, maxAge: PASS_SECONDS, httpOnly: true, sameSite: 'lax' },
      secure: url.protocol === 'https:',
    });
  mustLogIn(event);
  const sign = await readSignPage(locals.actor, params.session, device, locals.now);
  return {
    sign,
    scanned: scan?.pass != null || cookies.get(PASS) !== undefined,
    stale: scan !== null && scan.pass === null,
  };
});

export const actions = {
  sign: action(signForm, async (event: RequestEvent, { digits }) => {
    const { locals, params, cookies } = event;
    const pass = digits === '' ? cookies.get(PASS) : undefined;
    const { state } = await signIn(
      locals.actor,
      params.session,
      { device: deviceOf(event), digits, pass },
      locals.now,
    );
    return { signed: state };
  }),
};
