/**
 * The page numbers to show around the current one: first, last, the neighbours, and null where some are
 * left out. A gap of a single page is shown as that page.
 */
export function pageWindow(page: number, pages: number): (number | null)[] {
  const near = new Set(
    [1, pages, page - 1, page, page + 1].filter((number) => number >= 1 && number <= pages),
  );
  const shown = [...near].sort((a, b) => a - b);
  return shown.flatMap((number, at) => {
    const gap = number - (shown[at - 1] ?? 0) - 1;
    if (gap === 0) return [number];
    return gap === 1 ? [number - 1, number] : [null, number];
  });
}
