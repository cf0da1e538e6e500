import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inPlaceOrder } from './roster-order.ts';

const rowOf = (row: number, idHash: string | null, village: string | null = null, parentId = 'a') => ({
  row,
  decision: idHash === null ? { message: '' } : { idHash, place: { parentId, village, divisionId: null } },
});
const numbers = (rows: { row: number }[]) => rows.map(({ row }) => row);

describe('rows are committed', () => {
  it('place by place, in file order within a place', () => {
    const rows = [rowOf(2, 'p', '乙村'), rowOf(3, 'q', '甲村'), rowOf(4, 'r', '乙村'), rowOf(5, 's', '甲村')];
    expect(numbers(inPlaceOrder(rows))).toEqual([2, 4, 3, 5]);
  });

  it('with all rows of a person where the first belongs, in file order', () => {
    const rows = [rowOf(2, 'p', null, 'b'), rowOf(3, 'q', null, 'a'), rowOf(4, 'p', null, 'a')];
    expect(numbers(inPlaceOrder(rows))).toEqual([3, 2, 4]);
  });

  it('and refused ones stand last', () => {
    expect(numbers(inPlaceOrder([rowOf(2, null), rowOf(3, 'q'), rowOf(4, null)]))).toEqual([3, 2, 4]);
  });

  it('none lost, none twice, each person’s in file order', () => {
    const some = fc.array(
      fc.tuple(fc.constantFrom('p', 'q', 'r', null), fc.constantFrom('甲村', '乙村', null)),
    );
    fc.assert(
      fc.property(some, (made) => {
        const rows = made.map(([idHash, village], index) => rowOf(index + 2, idHash, village));
        const ordered = inPlaceOrder(rows);
        expect(numbers(ordered).sort((a, b) => a - b)).toEqual(numbers(rows));
        for (const [, ofPerson] of Map.groupBy(ordered, ({ decision }) => decision.idHash)) {
          expect(numbers(ofPerson)).toEqual(numbers(ofPerson).toSorted((a, b) => a - b));
          if (ofPerson[0]!.decision.idHash === undefined) continue;
          const places = ofPerson.map((row) => ordered.indexOf(row));
          expect(places.at(-1)! - places[0]!).toBe(places.length - 1);
        }
      }),
    );
  });
});
