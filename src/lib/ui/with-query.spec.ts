import { expect, test } from 'vitest';
import { readSort, sortLink, withQuery } from './with-query.ts';

const url = new URL('http://localhost/people?unit=3&page=4&q=%E5%BC%A0');

test('changes and removes keys and keeps the others', () => {
  expect(withQuery(url, { page: '5' })).toBe('?unit=3&page=5&q=%E5%BC%A0');
  expect(withQuery(url, { page: null, q: null })).toBe('?unit=3');
});

test('a column goes ascending, descending, back, and to the first page each time', () => {
  const first = sortLink(url, null, 'name');
  expect(first).toBe('?unit=3&q=%E5%BC%A0&sort=name');
  const second = sortLink(new URL(first, url), { by: 'name', descending: false }, 'name');
  expect(second).toBe('?unit=3&q=%E5%BC%A0&sort=-name');
  expect(sortLink(new URL(second, url), { by: 'name', descending: true }, 'name')).toBe(
    '?unit=3&q=%E5%BC%A0',
  );
});

test('reads only columns it knows', () => {
  expect(readSort(new URL('http://x/?sort=-name'), ['name'])).toEqual({ by: 'name', descending: true });
  expect(readSort(new URL('http://x/?sort=secret'), ['name'])).toBeNull();
  expect(readSort(new URL('http://x/'), ['name'])).toBeNull();
});
