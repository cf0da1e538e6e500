import fc from 'fast-check';
import { expect, it } from 'vitest';
import { statisticsOf } from './statistics.ts';

it('counts persons by outcome and scores by fifths', () => {
  const rows = [
    { outcome: 'passed', score: 100 },
    { outcome: 'failed', score: 59 },
    { outcome: 'failed', score: 0 },
    { outcome: 'absent', score: null },
    { outcome: 'under_way', score: null },
  ];
  const statistics = statisticsOf(rows, { totalScore: 100 });
  expect(statistics).toMatchObject({ candidates: 5, sat: 4, passed: 1, failed: 2, absent: 1, underWay: 1 });
  expect(statistics).toMatchObject({ averageTenths: 530, highest: 100, lowest: 0 });
  expect(statistics.bands.map((band) => [band.from, band.to, band.people])).toEqual([
    [0, 19, 1],
    [20, 39, 0],
    [40, 59, 1],
    [60, 79, 0],
    [80, 100, 1],
  ]);
});

it('has no average of nothing', () => {
  expect(statisticsOf([], { totalScore: 100 })).toMatchObject({
    averageTenths: null,
    highest: null,
    lowest: null,
  });
});

it('puts every score in exactly one band', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.array(fc.nat(400)), (totalScore, scores) => {
      const rows = scores.map((score) => ({ outcome: 'failed', score: Math.min(score, totalScore) }));
      const people = statisticsOf(rows, { totalScore }).bands.reduce((sum, band) => sum + band.people, 0);
      expect(people).toBe(rows.length);
    }),
  );
});
