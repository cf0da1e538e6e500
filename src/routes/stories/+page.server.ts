import { error } from '@sveltejs/kit';

/** The stories are for those who build: a running installation answers 404 unless it is told otherwise. */
export function load() {
  if (process.env.LIANBING_STORIES !== '1' && !import.meta.env.DEV) error(404);
}
