import { expect, it } from 'vitest';
import { draftFrom, draftOf } from './exam-draft.ts';
import { settingsFaults } from './exam.ts';
import { instantOn } from '#lib/kernel/day.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const three = {
  title: '三项岗位模拟考试（100题）',
  minutes: 120,
  passScore: 80,
  parts: [{ topic: null, type: 'single' as const, difficulty: null, count: 100, scoreEach: 1 }],
};
const read = (text: string) => instantOn(text.slice(0, 10), text.slice(11));

it('proposes the last day of the class, or tomorrow when that is over', () => {
  const chosen = { id: 'c', title: '培训班', endsOn: '2026-11-30' };
  expect(draftFrom(three, chosen, NOW)).toMatchObject({
    opensAt: '2026-11-30T14:30',
    entryUntil: '2026-11-30T15:00',
    closesAt: '2026-11-30T17:00',
    minutes: 120,
    passScore: 80,
  });
  expect(draftFrom(three, { ...chosen, endsOn: '2026-11-22' }, NOW).opensAt).toBe('2026-11-23T14:30');
});

it('a proposal can be kept as it stands, with or without a template', () => {
  for (const template of [three, null]) {
    const draft = draftFrom(template, null, NOW);
    const times = {
      opensAt: read(draft.opensAt),
      entryUntil: read(draft.entryUntil),
      closesAt: read(draft.closesAt),
    };
    expect(settingsFaults({ ...draft, ...times })).toEqual([]);
    expect(draftOf({ ...draft, ...times, classId: null })).toEqual(draft);
  }
});
