import { describe, expect, it } from 'vitest';
import { NO_FIGURES, type Figures } from './figure.ts';
import type { NameRow } from './name-row.ts';
import {
  amountText,
  missingAsText,
  myRuleSentence,
  PASTE_LENGTH_MAX,
  phoneSentences,
  reasonTexts,
} from './sentence-copy.ts';

const AT = new Date('2026-03-05T00:52:00Z');
const figures = (some: Partial<Figures>): Figures => ({ ...NO_FIGURES, ...some });

describe('phoneSentences', () => {
  const place = { place: '夏邑县', grouping: 'cadre' as const, names: [], at: AT };

  it('says how many were trained, who is missing, which townships are slowest, and as of when', () => {
    const [first, second] = phoneSentences({
      ...place,
      figures: figures({ headcount: 1203, covered: 1050, ruled: 900, exempt: 12, met: 610 }),
      children: [
        { name: '马头镇', figures: figures({ headcount: 60, covered: 60, ruled: 40, met: 18 }) },
        { name: '会亭镇', figures: figures({ headcount: 80, covered: 60, ruled: 50, met: 20 }) },
        { name: '济阳镇', figures: figures({ headcount: 50, covered: 50, ruled: 30, met: 30 }) },
      ],
    });
    expect(first).toBe(
      '截至3月5日08:52，夏邑县应急管理干部应训 1,203 人，已训 1,050 人，覆盖率 87.2%；按天数（学时）要求应达标 888 人（另有 12 人经批准免训），已达标 610 人，达标率 68.6%。',
    );
    expect(second).toBe(
      '还差 278 人，最慢的是会亭镇（达标率 40.0%，还差 30 人），其次是马头镇（达标率 45.0%，还差 22 人）。',
    );
  });

  it('names the missing when they are few, and says so when nobody is', () => {
    const few = figures({ headcount: 10, covered: 10, ruled: 10, met: 8 });
    const names = [
      { place: '刘庄村', name: '张三' },
      { place: '王楼村', name: '李四' },
    ];
    expect(phoneSentences({ ...place, figures: few, children: [], names })[1]).toBe(
      '还差 2 人：刘庄村张三，王楼村李四。',
    );
    expect(phoneSentences({ ...place, figures: { ...few, met: 10 }, children: [] })[1]).toBe(
      '目前没有未达标人员。',
    );
  });

  it('speaks of coverage only where no rule was adopted', () => {
    const [first, second] = phoneSentences({
      ...place,
      figures: figures({ headcount: 10, covered: 4 }),
      children: [],
    });
    expect(first).toBe('截至3月5日08:52，夏邑县应急管理干部应训 10 人，已训 4 人，覆盖率 40.0%。');
    expect(second).toContain('只统计覆盖率；还有 6 人没有参加任何培训');
    expect(phoneSentences({ ...place, figures: NO_FIGURES, children: [] })[0]).toContain(
      '还没有应急管理干部',
    );
  });
});

function name(index: number, township: string, village: string): NameRow {
  return {
    ...{
      personId: String(index),
      name: `张某${index}`,
      idMasked: '410000********0010',
      county: '夏邑县',
      township,
      village,
    },
    ...{ unit: '应急办', posts: ['村安全劝导站站长'], state: 'missing', covered: false },
    gaps: [{ missing: 250, metric: 'day_hundredths', title: '', ruleId: 'r', soft: true }],
  };
}

describe('missingAsText', () => {
  const head = { place: '夏邑县', kind: 'missing' as const, total: 300, at: AT };

  it('groups by township and village and carries no numbers of persons', () => {
    const rows = [name(1, '会亭镇', '刘庄村'), name(2, '会亭镇', '刘庄村'), name(3, '马头镇', '')];
    expect(missingAsText({ ...head, total: 3 }, rows)).toEqual([
      [
        '【夏邑县】截至3月5日08:52，以下人员本年度培训还没有达标（共 3 人）：',
        '会亭镇（2 人）',
        '刘庄村：张某1（差 2.5 天）、张某2（差 2.5 天）',
        '马头镇（1 人）',
        '本级：张某3（差 2.5 天）',
      ].join('\n'),
    ]);
  });

  it('parts a long list into messages that a chat group takes, losing nobody', () => {
    const rows = Array.from({ length: 300 }, (_, index) => name(index, `镇${index % 7}`, `村${index % 90}`));
    const parts = missingAsText(head, rows);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(PASTE_LENGTH_MAX);
    const text = parts.join('\n');
    for (const row of rows) expect(text.split(`${row.name}（`)).toHaveLength(2);
    expect(text).not.toContain('410000');
    expect(parts[1]).toMatch(/：\n镇\d（续）\n|：\n镇\d（\d+ 人）\n/);
    expect(parts[0]).toContain(`，1/${parts.length}）`);
  });
});

describe('what a trainee reads', () => {
  const rule = {
    metric: 'day_hundredths' as const,
    required: 500,
    done: 350,
    missing: 150,
    hoursPerDay: 8,
    exempt: false,
    met: false,
  };

  it('is one plain sentence', () => {
    expect(myRuleSentence(rule, '2026-12-31')).toBe(
      '本年度应完成 5 天（按本地口径 40 学时），已完成 3.5 天，还差 1.5 天，截止 12月31日。',
    );
    expect(myRuleSentence({ ...rule, done: 500, met: true }, '2026-12-31')).toContain('已达标');
    expect(myRuleSentence({ ...rule, metric: 'credit_hundredths', required: 1600 }, '2026-12-31')).toContain(
      '16 学时（按本地口径 2 天）',
    );
  });

  it('rounds so that done and missing add up to what is due', () => {
    for (let done = 0; done <= 500; done += 7)
      expect(Number(amountText(done)) + Number(amountText(500 - done, 'up'))).toBeCloseTo(5);
  });

  it('says what is missing under each rule, and whether anything was done at all', () => {
    expect(reasonTexts(name(1, '会亭镇', '刘庄村'))).toEqual(['还差 2.5 天', '未参加任何培训']);
    expect(reasonTexts({ gaps: [], covered: true, state: 'exempt' })).toEqual(['经批准免训']);
  });
});
