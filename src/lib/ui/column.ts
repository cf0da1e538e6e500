import type { Snippet } from 'svelte';

/** A column of a table: what stands in its head and in its cells. */
export type Column<Row> = {
  key: string;
  title: string;
  /** What stands in the cell: text or a figure (null shows —) … */
  text?: (row: Row) => string | number | null | undefined;
  /** … or a snippet, where it is more than text. */
  cell?: Snippet<[Row]>;
  /** Figures stand at the end, so that their digits line up. */
  align?: 'start' | 'center' | 'end';
  /** The word in `?sort=`; without it the column cannot be sorted by. */
  sort?: string;
  /** How the figure is counted. */
  definition?: string;
  /** May run over several lines, at least this wide: for names of units and titles. */
  wide?: boolean;
  /** Left out of the stacked view of a phone. */
  deskOnly?: boolean;
  /** Holds buttons: without its title on a phone, where a card may have none, and left out on paper. */
  action?: boolean;
};
