import { describe, expect, it } from 'vitest';
import { CASTS, dryRun } from '../runs/dry-run.ts';
import { blankScript } from './blank-script-copy.ts';
import { lintScript } from './lint.ts';
import { DRILL_FORMS, EVENT_TYPES } from './script.ts';

const blank = (eventType: (typeof EVENT_TYPES)[number], form: (typeof DRILL_FORMS)[number]) =>
  blankScript({ title: '新脚本', region: '夏邑县', eventType, form, scenarioStart: '2026-07-20T08:30' });

describe('a blank script', () => {
  it.each(EVENT_TYPES)('has no faults for %s', (eventType) => {
    expect(lintScript(blank(eventType, 'tabletop')).findings).toEqual([]);
  });

  it.each(DRILL_FORMS)('comes to its end whoever plays a %s', (form) => {
    const script = blank('flood', form);
    expect(CASTS.filter((cast) => !dryRun(script, cast).isFinished)).toEqual([]);
  });
});
