import { describe, expect, it } from 'vitest';
import type { Feature } from '../scripts/script.ts';
import {
  fitted,
  labelsOf,
  midwayOf,
  namedOf,
  nearestOf,
  positionAt,
  scaleBar,
  textWidth,
  zoomed,
} from './map-sheet.ts';

const place = (id: string, x: number, y: number, kind: Feature['kind'] = 'place'): Feature => ({
  id,
  name: '东湾村部',
  kind,
  points: [[x, y]],
});

describe('what is under way', () => {
  const voyage = {
    id: 'v',
    name: '',
    from: [0, 0],
    to: [100, 200],
    departsMs: 1000,
    arrivesMs: 2000,
  } as const;

  it('waits at its start, moves with exercise time, and stays where it arrived', () => {
    expect(positionAt(voyage, 500)).toEqual([0, 0]);
    expect(positionAt(voyage, 1250)).toEqual([25, 50]);
    expect(positionAt(voyage, 2000)).toEqual([100, 200]);
    expect(positionAt(voyage, 9000)).toEqual([100, 200]);
  });

  it('that is there at once has no way to divide by', () => {
    expect(positionAt({ ...voyage, departsMs: 1000, arrivesMs: 1000 }, 1000)).toEqual([100, 200]);
  });
});

describe('names on the sheet', () => {
  it('of two neighbours stand apart', () => {
    const [a, b] = labelsOf(namedOf([place('a', 500, 500), place('b', 500, 512)]), 20);
    const width = textWidth('东湾村部', 20);
    const leftOf = ({ x, anchor }: { x: number; anchor: string }) =>
      anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
    const apart = Math.abs(leftOf(a!) - leftOf(b!)) >= width || Math.abs(a!.y - b!.y) >= 20;
    expect(apart).toBe(true);
  });

  it('go round what is taken already', () => {
    const [free] = labelsOf(namedOf([place('a', 500, 500)]), 20);
    const [moved] = labelsOf(namedOf([place('a', 500, 500)]), 20, [free!.box]);
    expect(moved!.box.x + moved!.box.w <= free!.box.x || moved!.box.y + moved!.box.h <= free!.box.y).toBe(
      true,
    );
  });

  it('are left out where they would hide another or be cut off, and come back when one is nearer', () => {
    const crowd = namedOf(Array.from({ length: 40 }, (_, at) => place(`p${at}`, 500 + at, 500)));
    const far = labelsOf(crowd, 30).length;
    expect(far).toBeLessThan(40);
    expect(labelsOf(crowd, 3).length).toBeGreaterThan(far);
    expect(labelsOf(crowd, 30, [], { x: 0, y: 0, w: 100, h: 100 })).toEqual([]);
  });

  it('all have a place, the command post first', () => {
    const labels = labelsOf(namedOf([place('road', 1, 1, 'road'), place('post', 2, 2, 'command')]), 20);
    expect(labels.map(({ id }) => id)).toEqual(['post', 'road']);
  });

  it('of a road stand at the middle of its length, not of its corners', () => {
    expect(
      midwayOf([
        [0, 0],
        [10, 0],
        [20, 0],
        [100, 0],
      ]),
    ).toEqual([50, 0]);
  });
});

describe('the view', () => {
  const whole = fitted(
    [
      [100, 100],
      [900, 500],
    ],
    2,
  );

  it('holds everything in the shape of the window', () => {
    expect(whole.w / whole.h).toBeCloseTo(2);
    expect(whole.x).toBeLessThanOrEqual(100);
    expect(whole.y + whole.h).toBeGreaterThanOrEqual(500);
  });

  it('comes nearer around the finger and never leaves the sheet', () => {
    const near = zoomed(whole, [300, 300], 0.5, whole);
    expect((300 - near.x) / near.w).toBeCloseTo((300 - whole.x) / whole.w);
    expect(zoomed(near, [300, 300], 100, whole)).toEqual(whole);
    expect(zoomed(whole, [300, 300], 0.0001, whole).w).toBeCloseTo(whole.w / 8);
  });

  it('has a bar of a round length within a quarter of it', () => {
    const { km, units } = scaleBar(14, { x: 0, y: 0, w: 1000, h: 500 });
    expect(km).toBe(2);
    expect(units).toBeCloseTo(142.86, 1);
  });
});

it('a mark is told by the nearest place, not by a river', () => {
  expect(nearestOf([place('river', 10, 10, 'river'), place('far', 90, 90)], [11, 11])?.id).toBe('far');
  expect(nearestOf([], [1, 1])).toBeNull();
});
