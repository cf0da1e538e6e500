import type { Page } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import { DESKTOP, PHONE, WCAG } from '../harness/test.ts';

/** What a page says when something has gone wrong beneath it. */
const LEAKS = /\b(undefined|null|NaN|Infinity|Invalid Date|Internal Error|Not Found)\b|\[object /;
const ROUTES_MAX = 150;
/** What answers with a file instead of a page. */
const FILES =
  /\/(pdf|docx|file|paper|workbook|letter|sheet|blank-sheet|export|refused|template)$|\/pack\/[^/]+$|^\/api\//;

/** `/office/classes/01a2…/sessions/01a2…` and its like are one route. */
export function routeOf(path: string): string {
  return path
    .replace(/\?.*$/, '')
    .split('/')
    .map((part) => (/\d{2}|%[0-9A-F]{2}|^(c|model)-/.test(part) ? '*' : part))
    .join('/');
}

export type Visited = { routes: string[]; faults: string[] };

/**
 * Visits every page that links lead to from a first one, one of each route, as an office screen and as a
 * phone, and says what is wrong with them. `checked` remembers the routes that were looked at for
 * accessibility already, whoever came by.
 */
export async function visitAll(page: Page, first: string, checked: Set<string>): Promise<Visited> {
  const found = new Map([[routeOf(first), first]]);
  const faults: string[] = [];
  for (const [route, address] of found) {
    if (found.size > ROUTES_MAX) throw new Error(`more than ${ROUTES_MAX} routes from ${first}`);
    const say = (fault: string) => void faults.push(`${address}: ${fault}`);
    if (FILES.test(address.replace(/\?.*$/, ''))) {
      const answer = await page.request.get(address);
      if (!answer.ok()) say(`answered ${answer.status()}`);
      continue;
    }
    await page.setViewportSize(DESKTOP);
    const answer = await page.goto(address);
    if (!answer?.ok()) say(`answered ${answer?.status()}`);
    for (const link of await linksOf(page)) if (!found.has(routeOf(link))) found.set(routeOf(link), link);
    await lookAt(page, say);
    await page.setViewportSize(PHONE);
    await expectNarrow(page, say);
    if (!checked.has(route)) await lookAtAccess(page, say);
    checked.add(route);
  }
  return { routes: [...found.keys()], faults };
}

/** Addresses on this server that can be followed. */
async function linksOf(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLAnchorElement>('a[href]'))
      .filter((link) => link.origin === location.origin)
      .map((link) => link.pathname + link.search),
  );
}

async function lookAt(page: Page, say: (fault: string) => void): Promise<void> {
  // Two frames: by then what the page's script does at its start has been done.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const { headings, title, text, wide } = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    title: document.title,
    text: document.body.innerText,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  if (headings !== 1) say(`${headings} headings of the first order`);
  if (!/^.+ · 练兵$|^练兵 · /u.test(title)) say(`title “${title}”`);
  const leak = LEAKS.exec(text);
  if (leak) say(`says “${text.slice(Math.max(0, leak.index - 20), leak.index + 40)}”`);
  if (wide > 0) say(`${wide} pixels too wide on a desk`);
}

async function expectNarrow(page: Page, say: (fault: string) => void): Promise<void> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) say(`${wide} pixels too wide on a phone`);
}

async function lookAtAccess(page: Page, say: (fault: string) => void): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  for (const { id, nodes } of violations)
    say(
      `axe ${id}: ${nodes
        .slice(0, 3)
        .map((node) => node.target.join(' '))
        .join(' | ')}`,
    );
}
