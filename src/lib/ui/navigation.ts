import type { Component } from 'svelte';

/** An icon of @lucide/svelte, or any part that draws one. */
export type Icon = Component<{ size?: number | string }>;

export type NavItem = {
  href: string;
  label: string;
  icon?: Icon;
  current?: boolean;
  /** How many things wait there; nothing is shown for 0. */
  waiting?: number;
  /** Stands in the bottom bar of a phone before others do. */
  main?: boolean;
};

export type NavGroup = { title?: string; items: NavItem[] };

const BAR_PLACES = 4;

/**
 * The items of a phone's bottom bar, four at most: those marked main, then the others as far as there is
 * room, in the order of the menu. Who has three pages in all finds them there and needs no drawer.
 */
export function barItems(groups: NavGroup[]): NavItem[] {
  const all = groups.flatMap((group) => group.items);
  const chosen = [...all.filter((item) => item.main), ...all.filter((item) => !item.main)].slice(
    0,
    BAR_PLACES,
  );
  return all.filter((item) => chosen.includes(item));
}
