import { describe, expect, it } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import {
  classFaults,
  halvesBetween,
  headcount,
  HALF_TIMES,
  sessionFaults,
  sessionTimes,
} from './training-class.ts';
import { classMachine, stateAfter } from './training-class.machine.ts';

describe('the life of a class', () => {
  it('reaches exactly the states its column allows', () => {
    const states = getShortestPaths(classMachine).map((path) => String(path.state.value));
    expect([...new Set(states)].sort()).toEqual(['cancelled', 'draft', 'finished', 'open']);
  });

  it('goes only the ways there are', () => {
    expect(stateAfter('draft', 'OPEN')).toBe('open');
    expect(stateAfter('open', 'FINISH')).toBe('finished');
    expect(stateAfter('finished', 'REOPEN')).toBe('open');
    expect(stateAfter('draft', 'FINISH')).toBeNull();
    expect(stateAfter('finished', 'CANCEL')).toBeNull();
    expect(stateAfter('cancelled', 'OPEN')).toBeNull();
  });
});

describe('half-days', () => {
  it('are two a day, weekends left out when asked', () => {
    // 2026-03-05 is a Thursday.
    expect(halvesBetween('2026-03-05', '2026-03-08', true)).toHaveLength(4);
    expect(halvesBetween('2026-03-05', '2026-03-08', false)).toHaveLength(8);
    expect(halvesBetween('2026-03-08', '2026-03-05', false)).toEqual([]);
  });

  it('may be signed from 40 minutes before until an hour after the start, Shanghai time', () => {
    const times = sessionTimes('2026-03-05', HALF_TIMES.am);
    expect(times.startsAt.toISOString()).toBe('2026-03-05T00:30:00.000Z');
    expect(times.signFrom.toISOString()).toBe('2026-03-04T23:50:00.000Z');
    expect(times.signUntil.toISOString()).toBe('2026-03-05T01:30:00.000Z');
  });

  it('lie within the class and run forwards', () => {
    const days = { startsOn: '2026-03-05', endsOn: '2026-03-06' };
    const times = sessionTimes('2026-03-07', HALF_TIMES.pm);
    expect(sessionFaults({ ...times, heldOn: '2026-03-06' }, days)).toEqual([]);
    const wrong = { ...times, endsAt: times.startsAt, signUntil: times.signFrom, heldOn: '2026-03-07' };
    expect(sessionFaults(wrong, days)).toEqual([
      'session_outside_class',
      'session_times_backwards',
      'session_window_backwards',
    ]);
  });

  it('belong to a class of at most 60 days', () => {
    expect(classFaults({ startsOn: '2026-03-05', endsOn: '2026-03-04' })).toEqual(['class_days_backwards']);
    expect(classFaults({ startsOn: '2026-01-01', endsOn: '2026-03-02' })).toEqual(['class_days_many']);
    expect(classFaults({ startsOn: '2026-01-01', endsOn: '2026-03-01' })).toEqual([]);
  });
});

describe('the count on the wall', () => {
  it('adds late to present, and never counts a revoked one', () => {
    expect(headcount(5, ['present', 'late', 'leave', 'revoked'], false)).toEqual({
      due: 5,
      present: 2,
      late: 1,
      leave: 1,
      missing: 2,
      over: false,
    });
  });
});
