import { expect, it } from 'vitest';
import { queryText, readCoverageQuery, readNamesQuery } from './query.ts';

it('reads an address and writes it back', () => {
  const text = '?kind=met&grouping=enterprise&year=2025&category=special_operator&own=1&q=%E5%BC%A0';
  const query = readNamesQuery(new URLSearchParams(text), 2026);
  expect(query).toEqual({
    kind: 'met',
    grouping: 'enterprise',
    year: 2025,
    category: 'special_operator',
    own: true,
    q: '张',
  });
  expect(queryText(query, 2026)).toBe(text);
});

it('takes the usual where the address makes no sense', () => {
  expect(readCoverageQuery(new URLSearchParams('?year=3000&grouping=x'), 2026)).toEqual({
    year: 2026,
    grouping: 'cadre',
  });
  expect(readNamesQuery(new URLSearchParams('?kind=everybody'), 2026)).toMatchObject({
    kind: 'missing',
    category: null,
    own: false,
    q: '',
  });
  expect(queryText({ grouping: 'cadre', year: 2026 }, 2026)).toBe('');
});
