import { error } from '@sveltejs/kit';
import { PAGE_NOT_FOUND } from '#lib/server/http-copy.ts';

/** The stories are for those who build: a running installation answers 404 unless it is told otherwise. */
export function load() {
  if (process.env.LIANBING_STORIES !== '1' && !import.meta.env.DEV)
    error(404, { message: PAGE_NOT_FOUND, code: 'page_not_found' });
}
