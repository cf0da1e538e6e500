import { expect, it } from 'vitest';
import { NO_FIGURES } from './figure.ts';
import { inPlaceOrder, togoOf } from './place-order.ts';

const rows = [
  { name: '甲', figures: { headcount: 10, covered: 10, ruled: 10, exempt: 0, met: 9 } },
  { name: '乙', figures: NO_FIGURES },
  { name: '丙', figures: { headcount: 20, covered: 5, ruled: 20, exempt: 2, met: 6 } },
];
const names = (sort: Parameters<typeof inPlaceOrder>[1]) =>
  inPlaceOrder(rows, sort)
    .map((row) => row.name)
    .join('');

it('puts the slowest place first and empty ones last, unless a column is asked for', () => {
  expect(names(null)).toBe('丙甲乙');
  expect(names({ by: 'headcount', descending: true })).toBe('丙甲乙');
  expect(names({ by: 'missing', descending: false })).toBe('乙甲丙');
  expect(names({ by: 'compliance', descending: true })).toBe('甲丙乙');
});

it('counts what is still to be done by the rate that leads', () => {
  expect(rows.map((row) => togoOf(row.figures))).toEqual([1, 0, 12]);
  expect(togoOf({ ...NO_FIGURES, headcount: 5, covered: 2 })).toBe(3);
});
