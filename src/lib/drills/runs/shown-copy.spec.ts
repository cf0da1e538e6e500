import { describe, expect, it } from 'vitest';
import { exampleScript } from '#tests/drills/example-script.ts';
import { namingOf } from './fact-copy.ts';
import { shownSentence } from './shown-copy.ts';
import type { ShownBody } from './visible.ts';

const name = namingOf(exampleScript());
const says = (body: ShownBody, atMs = 0) => shownSentence({ body, atMs }, name);

describe('what an entry says', () => {
  it('names people and things as the script does', () => {
    expect(says({ kind: 'called', to: 'head', answeredBy: '张书记', note: '已复述' })).toBe(
      '通知村主任，张书记接（已复述）',
    );
    expect(
      says({ kind: 'dispatched', resource: 'boat', quantity: 2, to: 'li', departsMs: 0, arrivesMs: 1 }),
    ).toBe('派出镇冲锋舟 2，前往李集村');
    expect(says({ kind: 'document', document: 'first', fields: {}, fieldShare: 0.5 })).toBe(
      '提交《首报》，必填项没有填全',
    );
  });

  it('says who did not decide that the default was taken', () => {
    const taken = { kind: 'decided', inject: 'i-ask', option: 'wait', label: '继续观察', why: '' } as const;
    expect(says({ ...taken, byDefault: true })).toMatch(/^到时未决定，按默认：继续观察/u);
    expect(says({ ...taken, byDefault: false })).toMatch(/^决定：继续观察/u);
  });

  it('gives a limit as a span, not as a moment of another clock', () => {
    const fact = { type: 'expectation_opened', expectation: 'e-report', dueMs: 12 * 60_000 } as const;
    const entry = { kind: 'entry', body: { kind: 'fact', fact }, seq: 1, cause: null, seat: null } as const;
    expect(says(entry, 2 * 60_000)).toBe('开始计时，限 10 分钟：电话报告并提交首报');
  });
});
