import { describe, expect, it } from 'vitest';
import { modelScriptFiles } from '#seeds/reference/scripts.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { readDuration, durationTyped } from './duration-words.ts';
import { durationMs, durationOf, isDuration } from './duration.ts';
import type { Script } from './script.ts';
import { triggerNamesOf } from './msel.ts';
import { readTriggerCell, triggerCell } from './trigger-words.ts';

/** PT90S and PT1M30S are the same. */
const normal = (trigger: unknown): unknown =>
  JSON.parse(
    JSON.stringify(trigger, (_, value: unknown) =>
      typeof value === 'string' && isDuration(value) ? durationOf(durationMs(value)) : value,
    ),
  );

const names = triggerNamesOf(exampleScript());
const readCell = (cell: string, present?: Parameters<typeof readTriggerCell>[2]) =>
  readTriggerCell(cell, names, present);

describe('a trigger in a cell', () => {
  it('is read in the forms the sheet explains', () => {
    expect(readCell('T+15')).toEqual({ at: 'PT15M' });
    expect(readCell(' t＋7：30 ')).toEqual({ at: 'PT7M30S' });
    expect(readCell('T+1小时5分')).toEqual({ at: 'PT1H5M' });
    expect(readCell('A-01发出后5')).toEqual({ after: { of: 'i-rain', is: 'released' }, delay: 'PT5M' });
    expect(readCell('a-01 收到后')).toEqual({ after: { of: 'i-rain', is: 'acked' } });
    expect(readCell('响应进入后2')).toEqual({ after: { of: 'respond', is: 'entered' }, delay: 'PT2M' });
    expect(readCell('e-report未完成后3')).toEqual({ after: { of: 'e-report', is: 'missed' }, delay: 'PT3M' });
    expect(readCell('未完成:e-report')).toEqual({ contingency: { expectation: 'e-report', on: 'missed' } });
    expect(readCell('过半未做：e-report')).toEqual({
      contingency: { expectation: 'e-report', on: 'half_limit' },
    });
    expect(readCell('手动')).toEqual({ manual: true });
    expect(readCell('手动 建议T+40')).toEqual({ manual: true, suggestAt: 'PT40M' });
  });

  it('keeps a condition the script has, and makes no new one', () => {
    const when = { when: { var: 'level', cmp: '>=' as const, value: 33 } };
    expect(readCell('条件：随便写什么', when)).toBe(when);
    expect(readCell('条件：水位', { at: 'PT1M' })).toBe('trigger_condition_new');
    expect(readCell('条件：水位')).toBe('trigger_condition_new');
  });

  it('is refused when it names nothing or is no trigger', () => {
    expect(readCell('Z-99发出后5')).toBe('trigger_part_unknown');
    expect(readCell('未完成:A-01')).toBe('trigger_part_unknown');
    expect(readCell('明天')).toBe('trigger_unreadable');
    expect(readCell('T+很久')).toBe('trigger_unreadable');
    expect(readCell('')).toBe('trigger_unreadable');
    expect(readCell('手动 随便')).toBe('trigger_unreadable');
  });

  it.each(modelScriptFiles())('written and read again is the same throughout $file', ({ draft }) => {
    const script = draft as Script;
    const named = triggerNamesOf(script);
    for (const { trigger } of script.injects)
      expect(normal(readTriggerCell(triggerCell(trigger, named, '……'), named, trigger))).toEqual(
        normal(trigger),
      );
  });
});

describe('a duration in a box', () => {
  it.each([
    ['15', 'PT15M'],
    ['7:30', 'PT7M30S'],
    ['1:05:00', 'PT1H5M'],
    ['90秒', 'PT1M30S'],
    ['1小时20分', 'PT1H20M'],
    ['0.5', 'PT30S'],
    ['PT5M', 'PT5M'],
  ])('%s is %s', (typed, duration) => {
    expect(readDuration(typed)).toBe(duration);
    expect(readDuration(durationTyped(duration))).toBe(duration);
  });

  it.each(['', '很快', '-5', '1:2', '1小时x'])('“%s” is none', (typed) => {
    expect(readDuration(typed)).toBeNull();
  });
});
