/** One step on the way to a page; the last is the page itself and needs no address. */
export type Crumb = { label: string; href?: string };
