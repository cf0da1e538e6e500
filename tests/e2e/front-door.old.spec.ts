import { DEMO_PASSWORD } from './harness/test.ts';
import { expect, test } from './harness/old-test.ts';

test('the oldest browser is the one we promise', async ({ oldBrowser }) => {
  expect(oldBrowser.version()).toMatch(/^102\./);
});

test('in the oldest browser a trainee finds the door and comes in', async ({ old }) => {
  await old.goto('/');
  await old.see('公开课程');
  await old.login('village', DEMO_PASSWORD);
  await old.see('我的学习');
  const wide = await old.read(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBeLessThanOrEqual(0);
});

test('in the oldest browser pages have their colours and their script', async ({ old }) => {
  await old.goto('/login');
  const colour = await old.read(() => {
    const button = document.querySelector('main form button');
    return button ? getComputedStyle(button).backgroundColor : 'no button';
  });
  expect(colour).toMatch(/^rgb\(/);
  expect(colour).not.toBe('rgba(0, 0, 0, 0)');
  await old.press('huiting');
  expect(await old.read(() => document.querySelector<HTMLInputElement>('[name=identifier]')?.value)).toBe(
    'huiting',
  );
});
