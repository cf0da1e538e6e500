import { describe, expect, it } from 'vitest';
import { readByteRange } from './byte-range.ts';

describe('readByteRange', () => {
  it.each([
    ['bytes=0-99', { start: 0, end: 99 }],
    ['bytes=0-', { start: 0, end: 999 }],
    ['bytes=900-5000', { start: 900, end: 999 }],
    ['bytes=-100', { start: 900, end: 999 }],
    ['bytes=-5000', { start: 0, end: 999 }],
    ['bytes=999-999', { start: 999, end: 999 }],
  ])('%s of 1000 bytes', (header, range) => {
    expect(readByteRange(header, 1000)).toEqual(range);
  });

  it.each([null, '', 'bytes=-', 'bytes=0-1,5-6', 'items=0-1', 'bytes=9-2', 'bytes=a-b'])(
    'sends all for %s',
    (header) => {
      expect(readByteRange(header, 1000)).toBeNull();
    },
  );

  it.each(['bytes=1000-', 'bytes=1000-2000', 'bytes=-0'])('cannot satisfy %s', (header) => {
    expect(readByteRange(header, 1000)).toBe('unsatisfiable');
  });
});
