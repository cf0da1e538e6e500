import type { Page } from '@playwright/test';

const PATIENCE_MS = 15_000;

/**
 * A page of the oldest engine. Playwright's own ways to click and type ask the engine for things it does
 * not have yet (`checkVisibility`), so this one acts from inside the page, as scripts of its time did.
 */
export class OldPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async goto(path: string): Promise<void> {
    await this.page.goto(path);
  }

  /** Types into the field of this name. */
  async fill(name: string, value: string): Promise<void> {
    await this.page.evaluate(
      ([name, value]) => {
        const field = document.querySelector<HTMLInputElement>(`[name="${name}"]`);
        if (!field) throw new Error(`no field ${name}`);
        field.value = value!;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        field.dispatchEvent(new Event('change', { bubbles: true }));
      },
      [name, value],
    );
  }

  /** Presses the button, link, choice or summary that can be seen and says this; waits for it to be there. */
  async press(text: string): Promise<void> {
    const found = await this.page.waitForFunction(
      (text) => {
        const sought = 'button, a, summary, label, [role="radio"], [role="checkbox"], [role="button"]';
        const seen = Array.from(document.querySelectorAll<HTMLElement>(sought)).filter(
          (element) => element.getClientRects().length > 0 && !element.matches(':disabled'),
        );
        const says = (element: HTMLElement) =>
          (element.innerText || element.getAttribute('aria-label') || '').trim();
        return (
          seen.filter((element) => says(element) === text)[0] ??
          seen.filter((element) => says(element).includes(text))[0]
        );
      },
      text,
      { timeout: PATIENCE_MS },
    );
    // Apart from the search, which is done again whenever the page goes elsewhere.
    await found.evaluate((element) => element!.click());
  }

  /** Waits until the page shows this text. */
  async see(text: string): Promise<void> {
    await this.page.waitForFunction((text) => document.body.innerText.includes(text), text, {
      timeout: PATIENCE_MS,
    });
  }

  async waitForPath(path: RegExp): Promise<void> {
    await this.page.waitForURL((url) => path.test(url.pathname), { timeout: PATIENCE_MS });
  }

  /** Runs something in the page. */
  read<Result>(ask: () => Result): Promise<Result> {
    return this.page.evaluate(ask) as Promise<Result>;
  }

  async login(loginName: string, password: string): Promise<void> {
    await this.goto('/login');
    await this.fill('identifier', loginName);
    await this.fill('password', password);
    await this.press('登录');
    await this.waitForPath(/^\/(?!login)/);
  }
}
