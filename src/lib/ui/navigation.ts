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
  /** Stands in the bottom bar of a phone; without any, the first four do. */
  main?: boolean;
};

export type NavGroup = { title?: string; items: NavItem[] };

const BAR_PLACES = 4;

/** The items of a phone's bottom bar: those marked main, else the first; four at most. */
export function barItems(groups: NavGroup[]): NavItem[] {
  const all = groups.flatMap((group) => group.items);
  const main = all.filter((item) => item.main);
  return (main.length > 0 ? main : all).slice(0, BAR_PLACES);
}
