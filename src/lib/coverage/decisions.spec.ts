import { describe, expect, it } from 'vitest';
import { reasonsNotToAdopt, reasonsNotToWithdraw } from './adoption.ts';
import { reasonsNotToAsk, reasonsNotToDecide } from './exemption.ts';
import {
  pastedRows,
  planState,
  readIndicatorRows,
  reasonsNotToClose,
  reasonsNotToEnterPlan,
} from './indicator.ts';

const county = { level: 'county', path: '/41/4114/411426/' };
const act = { documentNumber: '夏应急〔2026〕8号', fromOn: '2026-03-01' };

describe('adopting a pack', () => {
  it('asks for a government with a bureau, a document number of its own and a day', () => {
    const pack = { untilOn: null, adoptions: [] };
    expect(reasonsNotToAdopt(pack, county, act)).toEqual([]);
    expect(
      reasonsNotToAdopt(
        pack,
        { level: 'township', path: '/41/4114/411426/411426101/' },
        { documentNumber: ' ', fromOn: '2026-02-30' },
      ),
    ).toEqual(['adoption_level', 'document_number_missing', 'day_bad']);
  });

  it('refuses a pack that holds here already, by this place or one above, or that is over', () => {
    const city = { path: '/41/4114/', fromOn: '2026-01-01', untilOn: null };
    expect(reasonsNotToAdopt({ untilOn: null, adoptions: [city] }, county, act)).toEqual(['pack_adopted']);
    expect(
      reasonsNotToAdopt({ untilOn: null, adoptions: [{ ...city, untilOn: '2026-02-28' }] }, county, act),
    ).toEqual([]);
    expect(
      reasonsNotToAdopt({ untilOn: null, adoptions: [{ ...city, path: '/41/4112/' }] }, county, act),
    ).toEqual([]);
    expect(reasonsNotToAdopt({ untilOn: '2025-12-31', adoptions: [] }, county, act)).toEqual(['pack_over']);
  });

  it('is ended once, with a reason, not before it began', () => {
    const adoption = { path: county.path, fromOn: '2026-03-01', untilOn: null };
    expect(reasonsNotToWithdraw(adoption, { untilOn: '2026-06-30', reason: '另行规定' })).toEqual([]);
    expect(reasonsNotToWithdraw(adoption, { untilOn: '2026-02-28', reason: '' })).toEqual([
      'reason_missing',
      'day_before_adoption',
    ]);
    expect(
      reasonsNotToWithdraw(
        { ...adoption, untilOn: '2026-04-01' },
        { untilOn: '2026-06-30', reason: '另行规定' },
      ),
    ).toEqual(['adoption_ended']);
  });
});

describe('an exemption', () => {
  it('is for soft rules that the person falls under, one at a time, with a reason', () => {
    expect(
      reasonsNotToAsk({ strength: 'soft' }, { fallsUnder: true, previous: 'refused' }, '产假半年'),
    ).toEqual([]);
    expect(reasonsNotToAsk({ strength: 'hard' }, { fallsUnder: false, previous: 'asked' }, '病')).toEqual([
      'rule_hard',
      'rule_not_for_person',
      'exemption_exists',
      'reason_missing',
    ]);
  });

  it('is never decided by who asked, nor twice', () => {
    expect(reasonsNotToDecide({ state: 'asked', askedBy: 'a' }, { accountId: 'b' })).toEqual([]);
    expect(reasonsNotToDecide({ state: 'approved', askedBy: 'a' }, { accountId: 'a' })).toEqual([
      'exemption_decided',
      'approver_same',
    ]);
  });
});

describe('an indicator plan', () => {
  const plan = { title: '“十五五”应急规划', fromYear: 2026, untilYear: 2030, source: '县政府文件' };
  const one = {
    ordinal: 1,
    name: '覆盖率',
    unit: '',
    nature: 'expected' as const,
    baseValue: '',
    targetValue: '100%',
    finalValue: '',
  };

  it('has a title, a source, a period of its own and indicators', () => {
    expect(reasonsNotToEnterPlan(plan, [one], [{ fromYear: 2021, untilYear: 2025 }])).toEqual([]);
    expect(reasonsNotToEnterPlan({ title: '', fromYear: 2030, untilYear: 2026, source: '' }, [], [])).toEqual(
      ['plan_title_missing', 'source_missing', 'plan_period_bad', 'indicators_missing'],
    );
    expect(reasonsNotToEnterPlan(plan, [one], [{ fromYear: 2021, untilYear: 2026 }])).toEqual([
      'plan_overlaps',
    ]);
  });

  it('is closed when its period is over and every final value is there', () => {
    const open = { untilYear: 2025, closedAt: null };
    expect(planState(open, 2025)).toBe('running');
    expect(planState(open, 2026)).toBe('ended');
    expect(reasonsNotToClose(open, [{ finalValue: '100%' }], 2026)).toEqual([]);
    expect(reasonsNotToClose(open, [{ finalValue: '' }], 2025)).toEqual([
      'plan_running',
      'final_values_missing',
    ]);
    expect(reasonsNotToClose({ ...open, closedAt: new Date(0) }, [], 2026)).toEqual(['plan_closed']);
  });

  it('is read from rows pasted out of a sheet, with other words and orders of columns', () => {
    const text =
      '表1 指标表\n属性\t 规划指标内容 \t指标值\n约束性\t执法人员占比\t≥75%\n\n预期性\t覆盖率\t100%\n';
    expect(readIndicatorRows(pastedRows(text))).toMatchObject({
      headingFound: true,
      refused: [],
      indicators: [
        { ordinal: 1, name: '执法人员占比', nature: 'binding', targetValue: '≥75%' },
        { ordinal: 2, name: '覆盖率', nature: 'expected', targetValue: '100%' },
      ],
    });
  });

  it('leaves out titles inside the table and notes under it, and reads headings with a year', () => {
    const text = [
      '\t指标名称\t单位\t2030年目标值（％）',
      '一、基础能力\t\t\t',
      '\t覆盖率\t\t100%',
      '注：指标为累计数。',
    ].join('\n');
    const { indicators, refused } = readIndicatorRows(pastedRows(text));
    expect(indicators).toMatchObject([{ ordinal: 1, name: '覆盖率', targetValue: '100%' }]);
    expect(refused).toEqual([]);
  });

  it('names the rows that cannot be read', () => {
    const text = '指标名称\t目标值\t属性\n\t100%\t预期性\n覆盖率\t\t预期性\n达标率\t90%\t随意';
    expect(readIndicatorRows(pastedRows(text)).refused).toEqual([
      { row: 2, code: 'indicator_name_missing', name: '', targetValue: '100%' },
      { row: 3, code: 'indicator_target_missing', name: '覆盖率', targetValue: '' },
      { row: 4, code: 'nature_unknown', name: '达标率', targetValue: '90%' },
    ]);
    expect(readIndicatorRows(pastedRows('张三\t1')).headingFound).toBe(false);
  });
});
