import { describe, expect, it } from 'vitest';
import { exerciseMs } from './clock.ts';
import { behind, heldBack } from './holding.ts';
import type { Entry, EntryBody } from './run-log.ts';

const entry = (seq: number, wallMs: number, body: EntryBody = { kind: 'time' }): Entry => ({
  seq,
  atMs: 0,
  wallMs,
  seat: null,
  role: null,
  command: null,
  cause: null,
  body,
});

describe('what observers see later', () => {
  const log = [entry(1, 1_000), entry(2, 2_000), entry(3, 3_000)];

  it('is seen when it is as old as the delay, not a moment earlier', () => {
    expect(heldBack(log, 500, 2_499)).toEqual({ seen: 1, nextAtMs: 2_500 });
    expect(heldBack(log, 500, 2_500)).toEqual({ seen: 2, nextAtMs: 3_500 });
    expect(heldBack(log, 500, 3_500)).toEqual({ seen: 3, nextAtMs: null });
  });

  it('is everything without a delay', () => {
    expect(heldBack(log, 0, 0)).toEqual({ seen: 3, nextAtMs: null });
  });

  it('is everything at once when a real emergency is reported or the run is broken off', () => {
    const real = [...log, entry(4, 4_000, { kind: 'real_event', text: '有人落水' })];
    expect(heldBack(real, 60_000, 4_000).seen).toBe(4);
    const broken = [...log, entry(4, 4_000, { kind: 'aborted', why: 'stop_word', text: '' })];
    expect(heldBack(broken, 60_000, 4_000).seen).toBe(4);
  });

  it('has a clock that is behind by the same time', () => {
    const clock = { running: true, exMs: 0, wallMs: 10_000, rate: 2 };
    const later = behind(entry(1, 10_000, { kind: 'started', clock }), 30_000);
    const shown = 'clock' in later.body ? later.body.clock : clock;
    expect(exerciseMs(shown, 50_000)).toBe(exerciseMs(clock, 20_000));
    expect(behind(entry(1, 10_000), 30_000)).toEqual(entry(1, 10_000));
  });
});
