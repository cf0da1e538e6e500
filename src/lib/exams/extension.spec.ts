import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAtOf } from './attempt.ts';
import { planExtension } from './extension.ts';

const MINUTE = 60_000;
const at = (minutes: number) => new Date(minutes * MINUTE);

describe('planExtension', () => {
  it('moves deadlines up to the closing of the exam, and no further', () => {
    const under = [
      { id: 'early', dueAt: at(60) },
      { id: 'late', dueAt: at(85) },
      { id: 'last', dueAt: at(90) },
    ];
    expect(planExtension(under, { closesAt: at(90) }, 20)).toEqual({
      moved: [
        { id: 'early', from: at(60), to: at(80) },
        { id: 'late', from: at(85), to: at(90) },
      ],
      short: 1,
    });
  });

  it('gives what the minutes would have given from the start', () => {
    const minutes = fc.integer({ min: 1, max: 240 });
    fc.assert(
      fc.property(minutes, minutes, minutes, fc.nat(200), (own, added, more, started) => {
        const exam = { closesAt: at(500), minutes: own };
        const dueAt = dueAtOf(exam, at(started), added);
        const [moved] = planExtension([{ id: 'a', dueAt }], exam, more).moved;
        expect(moved?.to ?? dueAt).toEqual(dueAtOf(exam, at(started), added + more));
      }),
    );
  });
});
