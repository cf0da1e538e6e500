/** One page of a list: the rows, how many there are in all, and which page this is (from 1). */
export type PageOf<Row> = { rows: Row[]; total: number; page: number; pageSize: number };

export const PAGE_SIZE = 50;

/** Reads `?page=` safely: anything that is not a positive whole number is the first page. */
export function pageNumber(text: string | null): number {
  const page = Number(text);
  return Number.isInteger(page) && page > 0 && page < 1_000_000 ? page : 1;
}
