/** The query string of `url` with some keys changed (null removes one), always starting with `?`. */
export function withQuery(url: URL, changes: Record<string, string | null>): string {
  const query = new URLSearchParams(url.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) query.delete(key);
    else query.set(key, value);
  }
  return `?${query}`;
}

export type Sort = { by: string; descending: boolean };

/** `?sort=name` is ascending, `?sort=-name` descending. */
export function readSort(url: URL, known: readonly string[]): Sort | null {
  const text = url.searchParams.get('sort') ?? '';
  const by = text.replace(/^-/, '');
  return known.includes(by) ? { by, descending: text.startsWith('-') } : null;
}

/** Where a click on a column's head leads: ascending first, then descending, then the list's own order. */
export function sortLink(url: URL, current: Sort | null, by: string): string {
  const next = current?.by !== by ? by : current.descending ? null : `-${by}`;
  return withQuery(url, { sort: next, page: null });
}
