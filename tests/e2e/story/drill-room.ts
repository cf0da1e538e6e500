import type { Locator, Page } from '@playwright/test';
import { expect } from '../harness/test.ts';
import { confirm } from './drill-office.ts';

/** The screens of a running drill, as those who sit at them use them. */

/** Everything that the server has sent to a page since: documents, answers and the live stream. */
export type Mail = { everything(): Promise<string> };

export async function collectMail(page: Page): Promise<Mail> {
  const parts: Promise<string>[] = [];
  page.on('response', (response) => {
    const kind = response.headers()['content-type'] ?? '';
    // The stream never ends: it is read below, message by message.
    if (!/html|json/.test(kind)) return;
    // Gone is the body of a page that has been left, and of what the router fetches: a reload brings both.
    parts.push(response.text().catch(() => ''));
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.eventSourceMessageReceived', ({ data }) => parts.push(Promise.resolve(data)));
  return { everything: async () => (await Promise.all(parts)).join('\n') };
}

/** What the server would tell this person of the run from its beginning: page, face and log. */
export async function askedAnew(page: Page, run: string): Promise<string> {
  const texts: string[] = [];
  for (const path of [`/runs/${run}`, `/api/runs/${run}/face`, `/api/runs/${run}/entries?after=`]) {
    const answer = await page.request.get(path);
    expect(answer.status(), path).toBe(200);
    texts.push(await answer.text());
  }
  return texts.join('\n');
}

/** One of the words, standing for itself: `A-02`, but not the `A-02` in the name of a file. */
export function wordsIn(text: string, words: readonly string[]): string[] {
  return words.filter((word) =>
    /^[\w-]+$/.test(word) ? new RegExp(`(?<![\\w-])${word}(?![\\w-])`).test(text) : text.includes(word),
  );
}

/** Turns to one of the pages of a desk that is held in the hand. */
export async function turnTo(page: Page, tab: string): Promise<void> {
  await page
    .getByRole('navigation', { name: /^(席位功能|评估)$/ })
    .getByRole('button', { name: new RegExp(`^${tab}`) })
    .click();
}

/** Turns to one of the pages of the director's right column. */
export async function lookAt(page: Page, tab: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '右边一栏' })
    .getByRole('button', { name: new RegExp(`^${tab}`) })
    .click();
}

/** An inject or an action on a desk, by its title. */
export const card = (page: Page, title: string): Locator => page.getByRole('article', { name: title });

/** An inject that has not gone out, in the director's queue. */
export const queued = (page: Page, code: string): Locator =>
  page
    .getByRole('region', { name: /^待发情景/ })
    .getByRole('listitem')
    .filter({ hasText: code });

/** Lines of the director's log. */
export const logged = (page: Page, words: string): Locator =>
  page.getByRole('region', { name: '过程记录' }).getByRole('listitem').filter({ hasText: words });

const clock = (page: Page) => page.getByRole('region', { name: '时钟' });

/** Seconds of the scenario's day on the director's clock. */
export async function secondsOn(page: Page): Promise<number> {
  const [hours, minutes, seconds] = (await clock(page).getByRole('timer').innerText()).split(':').map(Number);
  return hours! * 3600 + minutes! * 60 + seconds!;
}

export async function setRate(page: Page, rate: number): Promise<void> {
  const key = clock(page).getByRole('button', { name: `${rate}×`, exact: true });
  await key.click();
  await expect(key).toHaveAttribute('aria-pressed', 'true');
}

export async function press(page: Page, verb: '暂停' | '继续'): Promise<void> {
  await clock(page).getByRole('button', { name: verb }).click();
}

/** Puts the clock forward, saying of every inject on the way what becomes of it: they are all of them. */
export async function jump(page: Page, minutes: number, choices: Record<string, string>): Promise<void> {
  await clock(page).getByRole('button', { name: '往前跳' }).click();
  const dialog = page.getByRole('dialog', { name: '时钟往前跳' });
  const length = dialog.getByLabel('跳过多少分钟');
  await expect(length).toHaveValue('10');
  await length.fill(String(minutes));
  // What is typed stays, though the clock runs on.
  const from = await secondsOn(page);
  await expect.poll(() => secondsOn(page)).toBeGreaterThan(from);
  await expect(length).toHaveValue(String(minutes));
  await expect(dialog.getByRole('combobox')).toHaveCount(Object.keys(choices).length);
  for (const [code, choice] of Object.entries(choices))
    await dialog.getByLabel(`${code} 怎么办`).selectOption({ label: choice });
  await dialog.getByRole('button', { name: '往前跳' }).click();
  await expect(dialog).toBeHidden();
}

/** Says that an inject has arrived. */
export async function acknowledge(page: Page, title: string): Promise<void> {
  await card(page, title).getByRole('button', { name: /^收到/ }).click();
  await expect(card(page, title)).toContainText('已确认收到');
}

export async function endDrill(page: Page): Promise<void> {
  await page.getByRole('button', { name: '结束演练' }).click();
  await confirm(page, '结束');
}

/**
 * A phone that loses the network: nothing gets out. Of what is sent once it is back, the first reaches the
 * server, but its answer gets lost on the way: the phone has to send it again.
 */
export async function cutOff(page: Page): Promise<{ comeBack(): Promise<void> }> {
  const gone = { network: true, answers: 1 };
  await page.route('**/commands', async (route) => {
    if (gone.network) return await route.abort('internetdisconnected');
    if (gone.answers === 0) return await route.continue();
    gone.answers -= 1;
    expect((await route.fetch()).status()).toBe(200);
    await route.abort('connectionreset');
  });
  await page.context().setOffline(true);
  return {
    async comeBack() {
      gone.network = false;
      await page.context().setOffline(false);
      await expect(page.getByText('项待发送')).toBeHidden({ timeout: 15_000 });
      expect(gone.answers, 'an answer was lost').toBe(0);
      await page.unroute('**/commands');
    },
  };
}
