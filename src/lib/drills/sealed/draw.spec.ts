import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, instantOn, weekdayOf } from '#lib/kernel/day.ts';
import { draw, isIn, startMoments, type Window } from './draw.ts';

const WINDOW: Window = {
  fromOn: '2026-06-01',
  untilOn: '2026-06-14',
  weekdays: [1, 2, 3, 4, 5],
  exceptOn: ['2026-06-08', '2026-06-09'],
  hours: { from: '06:00', until: '22:00' },
  quiet: [
    { from: '12:00', until: '14:00' },
    { from: '21:30', until: '06:30' },
  ],
};
const CANDIDATES = { units: ['会亭镇', '马头镇', '车站镇'], places: ['李集村', '闸口'] };
const FIRST = instantOn('2026-06-01', '06:30').getTime();

const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const span = fc.record({ from: time, until: time });
const anyWindow: fc.Arbitrary<Window> = fc.record({
  fromOn: fc.constant('2026-06-01'),
  untilOn: fc.constantFrom('2026-06-01', '2026-06-07', '2026-07-20'),
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
  exceptOn: fc.subarray(['2026-06-01', '2026-06-03']),
  hours: span,
  quiet: fc.array(span, { maxLength: 2 }),
});

const minuteIn = (ms: number) => ((ms + 8 * 3_600_000) / 60_000) % 1_440;

describe('the draw', () => {
  it('is the same for the same seed, and falls into the window and out of the quiet hours', () => {
    fc.assert(
      fc.property(digest, anyWindow, (bytes, window) => {
        const drawn = draw(bytes, window, CANDIDATES, 0);
        expect(draw(bytes, window, CANDIDATES, 0)).toEqual(drawn);
        if (!drawn) {
          expect(startMoments(window, 0)).toEqual([]);
          return;
        }
        const day = dayOf(new Date(drawn.startMs));
        expect(day >= window.fromOn && day <= window.untilOn).toBe(true);
        expect(window.weekdays).toContain(weekdayOf(day));
        expect(window.exceptOn).not.toContain(day);
        const minute = minuteIn(drawn.startMs);
        expect(isIn(minute, window.hours)).toBe(true);
        expect(window.quiet.some((quiet) => isIn(minute, quiet))).toBe(false);
        expect(CANDIDATES.units).toContain(drawn.unit);
        expect(CANDIDATES.places).toContain(drawn.place);
      }),
    );
  });

  it('never falls before the moment it is drawn for', () => {
    fc.assert(
      fc.property(digest, fc.integer({ min: 0, max: 14 * 1_440 }), (bytes, minutes) => {
        const notBefore = FIRST + minutes * 60_000;
        const drawn = draw(bytes, WINDOW, CANDIDATES, notBefore);
        if (drawn) expect(drawn.startMs).toBeGreaterThanOrEqual(notBefore);
        else expect(notBefore).toBeGreaterThan(instantOn('2026-06-12', '21:29').getTime());
      }),
    );
  });

  it('reaches the first and the last minute', () => {
    const low = new Uint8Array(32);
    const high = new Uint8Array(32).fill(255);
    expect(draw(low, WINDOW, CANDIDATES, 0)).toEqual({ startMs: FIRST, unit: '会亭镇', place: '李集村' });
    expect(draw(high, WINDOW, CANDIDATES, 0)).toEqual({
      startMs: instantOn('2026-06-12', '21:29').getTime(),
      unit: '车站镇',
      place: '闸口',
    });
  });

  it('is even: over many seeds each unit comes up about as often', () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 300; seed++) {
      const bytes = new Uint8Array(32);
      new DataView(bytes.buffer).setUint32(4, Math.floor((seed / 300) * 2 ** 32));
      const unit = draw(bytes, { ...WINDOW, untilOn: WINDOW.fromOn }, CANDIDATES, 0)!.unit!;
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThanOrEqual(2);
  });

  it('draws no unit and no place where there are none to draw from, and nothing from an empty window', () => {
    const none = { units: [], places: [] };
    expect(draw(new Uint8Array(32), WINDOW, none, 0)).toEqual({ startMs: FIRST, unit: null, place: null });
    expect(draw(new Uint8Array(32), { ...WINDOW, weekdays: [] }, CANDIDATES, 0)).toBeNull();
  });
});
