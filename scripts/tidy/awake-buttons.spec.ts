import { expect, it } from 'vitest';
import { awakeButtons } from './awake-buttons.ts';
import { lookAt } from './look-at.ts';

it('finds a button that a page still loading would leave without an answer', () => {
  expect(
    lookAt(awakeButtons, { 'src/A.svelte': '<p></p>\n<button type="button" onclick={turn}>大字</button>' }),
  ).toEqual(['src/A.svelte:2 <button type="button"> without disabled={!script.awake}']);
});

it('passes one that waits, and one that sends a form', () => {
  const waits = '<button type="button" disabled={!script.awake} onclick={turn}>大字</button>';
  expect(lookAt(awakeButtons, { 'src/A.svelte': waits })).toEqual([]);
  expect(lookAt(awakeButtons, { 'src/A.svelte': '<button type="submit">退出</button>' })).toEqual([]);
});
