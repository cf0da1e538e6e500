import { readShell } from '#lib/people/shell.server.ts';

/** What the frame of the pages of one.s own account shows. Each page guards itself; this guards nothing. */
export async function load({ locals }) {
  return { shell: await readShell(locals.actor) };
}
