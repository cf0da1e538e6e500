import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reasonsNotToAdopt } from './adoption.ts';
import { windowName } from './copy.ts';
import { doneOf, dutiesOf, missingOf, type Duty, type HeldDrill, type PlannedLine } from './duty.ts';
import { figuresOf, isOfKind } from './figure.ts';
import { reasonsNotToCheck, reasonsNotToReport, reportableHalfYears } from './half-year.ts';
import { paperFaults, reasonsNotToDecide } from './paper-drill.ts';
import { fits, rulesFor, windowsOf, type QuotaRule } from './rule.ts';
import { phoneSentences, unitsAsText } from './sentence-copy.ts';
import { classesOfDivision, classesOfOrganization, type Unit } from './unit.ts';

const XIAYI = '/41/4114/411426/';
const LUSHI = '/41/4112/411224/';
const TODAY = '2026-11-22';

const rule = (more: Partial<QuotaRule> = {}): QuotaRule => ({
  ...{ id: 'tabletop', packId: 'lushi', title: '', unitClass: 'township', form: 'tabletop', content: 'any' },
  ...{ planKinds: [], count: 2, period: 'year', path: XIAYI, fromOn: '2022-04-01', untilOn: null },
  ...more,
});
const huiting: Unit = { id: 'huiting', name: '会亭镇', path: `${XIAYI}411426101/`, classes: ['township'] };
const drill = (more: Partial<HeldDrill> = {}): HeldDrill => ({
  ...{
    path: XIAYI,
    id: 'd1',
    title: '',
    heldOn: '2026-03-05',
    form: 'tabletop',
    content: 'single',
    planKinds: ['township'],
  },
  ...{ isPaper: false, openFindings: 0, unitIds: ['huiting'] },
  ...more,
});
const owed = (held: HeldDrill[], rules = [rule()], today = TODAY, planned: PlannedLine[] = []) =>
  dutiesOf({ units: [huiting], rules, held, planned }, 2026, today);

describe('which rules hold', () => {
  it('of another county only where they were adopted', () => {
    const elsewhere: Unit = { ...huiting, path: `${LUSHI}411224100/` };
    expect(rulesFor(huiting, [rule()], TODAY)).toHaveLength(1);
    expect(rulesFor(elsewhere, [rule()], TODAY)).toEqual([]);
  });

  it('from their first to their last day, judged on the last day of the span', () => {
    const ended = rule({ untilOn: '2026-12-30' });
    expect(rulesFor(huiting, [ended], '2026-12-30')).toHaveLength(1);
    expect(rulesFor(huiting, [ended], '2026-12-31')).toEqual([]);
    const begun = rule({ period: 'half_year', fromOn: '2026-07-01' });
    expect(owed([], [begun]).map(({ window }) => windowName(window))).toEqual(['2026年下半年']);
  });

  it('once, with the greater number, where county and city adopted the same', () => {
    const both = [rule({ path: '/41/4114/', count: 3 }), rule()];
    expect(rulesFor(huiting, both, TODAY).map(({ count }) => count)).toEqual([3]);
  });

  it('looks back two and three calendar years', () => {
    expect(windowsOf('two_years', 2026)).toEqual([{ fromOn: '2025-01-01', untilOn: '2026-12-31' }]);
    expect(windowName(windowsOf('three_years', 2026)[0]!)).toBe('2024—2026年');
  });
});

describe('which drills fit', () => {
  it('a sand table is a tabletop, a functional drill is hands-on, and neither is the other', () => {
    expect(fits(rule(), drill({ form: 'sandtable' }))).toBe(true);
    expect(fits(rule(), drill({ form: 'functional' }))).toBe(false);
    expect(fits(rule({ form: 'full_scale' }), drill({ form: 'functional' }))).toBe(true);
    expect(fits(rule({ form: 'full_scale' }), drill())).toBe(false);
  });

  it('content and kind of plan are asked where the rule asks', () => {
    expect(fits(rule({ content: 'comprehensive' }), drill())).toBe(false);
    expect(fits(rule({ planKinds: ['site'] }), drill())).toBe(false);
    expect(fits(rule({ planKinds: ['site', 'township'] }), drill())).toBe(true);
  });
});

describe('what is owed', () => {
  it('counts on the day a drill was held, both ends of the span included', () => {
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
    const held = days.map((heldOn, at) => drill({ id: `d${at}`, heldOn }));
    expect(owed(held)[0]).toMatchObject({ here: 2, paper: 0, state: 'met' });
  });

  it('is late after the last day, and near it sixty days before', () => {
    const state = (today: string) => owed([], [rule()], today)[0]!.state;
    expect(state('2026-10-31')).toBe('going');
    expect(state('2026-11-01')).toBe('due_soon');
    expect(state('2026-12-31')).toBe('due_soon');
    expect(state('2027-01-01')).toBe('overdue');
    expect(owed([drill(), drill({ id: 'd2' })], [rule()], '2027-01-01')[0]!.state).toBe('met');
  });

  it('does not owe a half-year that has not begun', () => {
    const halves = (today: string) => owed([], [rule({ period: 'half_year' })], today).length;
    expect([halves('2026-06-30'), halves('2026-07-01')]).toEqual([1, 2]);
  });

  it('shows what is still planned, not what a past month had planned', () => {
    const line = (month: number): PlannedLine => ({
      ...{ id: String(month), unitId: 'huiting', year: 2026, month, form: 'tabletop', content: 'single' },
      planKind: 'township',
    });
    expect(owed([], [rule()], TODAY, [line(10), line(11), line(12)])[0]!.planned).toBe(2);
  });

  it('paper fills only what was not done here', () => {
    const held = [drill(), drill({ id: 'p1', isPaper: true }), drill({ id: 'p2', isPaper: true })];
    expect(figuresOf(owed(held))).toMatchObject({ required: 2, done: 2, paper: 1, met: 1 });
  });

  it('a drill with open findings counts, and its findings once though two rules take it', () => {
    const rules = [rule(), rule({ id: 'any', form: 'any', count: 1 })];
    const figures = figuresOf(owed([drill({ openFindings: 3 })], rules));
    expect(figures).toMatchObject({ required: 3, done: 2, openFindings: 3, units: 1, met: 0 });
  });
});

const CLASSES = ['township', 'village', 'enterprise'] as const;
const unitOf = (at: number): Unit => ({
  ...{ id: `u${at}`, name: `单位${at}`, path: `${XIAYI}t${at % 3}/${at}/` },
  classes: [CLASSES[at % CLASSES.length]!],
});
const anyRule = fc.record({
  id: fc.constantFrom('r1', 'r2', 'r3'),
  unitClass: fc.constantFrom(...CLASSES),
  form: fc.constantFrom('any', 'tabletop', 'full_scale'),
  content: fc.constantFrom('any', 'single', 'comprehensive'),
  planKinds: fc.constantFrom([], ['site'], ['township', 'special']),
  count: fc.integer({ min: 1, max: 4 }),
  period: fc.constantFrom('half_year', 'year', 'two_years', 'three_years'),
});
const anyDrill = fc.record({
  heldOn: fc.constantFrom(
    '2023-12-31',
    '2024-05-01',
    '2025-08-08',
    '2026-01-01',
    '2026-06-30',
    '2026-07-01',
    '2026-12-31',
  ),
  form: fc.constantFrom('tabletop', 'sandtable', 'functional', 'full_scale'),
  content: fc.constantFrom('single', 'comprehensive'),
  planKinds: fc.constantFrom(['site'], ['township'], ['special'], []),
  isPaper: fc.boolean(),
  openFindings: fc.integer({ min: 0, max: 3 }),
  unitIds: fc.uniqueArray(fc.constantFrom('u0', 'u1', 'u2', 'u3', 'u4', 'u5'), { minLength: 1 }),
});

/** Counted the long way: drill by drill, with no shared step of the program. */
function recount(units: Unit[], rules: QuotaRule[], held: HeldDrill[], today: string) {
  let [required, done, metUnits] = [0, 0, 0];
  const involved = new Set<HeldDrill>();
  const owing = new Set<string>();
  for (const unit of units) {
    let isMet = true;
    for (const one of rules.filter(({ unitClass }) => unit.classes.includes(unitClass)))
      for (const [from, until] of spans(one.period)) {
        if (from > today) continue;
        owing.add(unit.id);
        required += one.count;
        let count = 0;
        for (const each of held) {
          if (!each.unitIds.includes(unit.id) || each.heldOn < from || each.heldOn > until) continue;
          const isTable = each.form === 'tabletop' || each.form === 'sandtable';
          if (one.form === 'tabletop' && !isTable) continue;
          if (one.form === 'full_scale' && isTable) continue;
          if (one.content !== 'any' && one.content !== each.content) continue;
          if (one.planKinds.length > 0 && !each.planKinds.some((kind) => one.planKinds.includes(kind)))
            continue;
          count += 1;
          involved.add(each);
        }
        done += count > one.count ? one.count : count;
        if (count < one.count) isMet = false;
      }
    if (owing.has(unit.id) && isMet) metUnits += 1;
  }
  const openFindings = [...involved].reduce((total, each) => total + each.openFindings, 0);
  return { units: owing.size, met: metUnits, required, done, openFindings };
}

function spans(period: string): [string, string][] {
  if (period === 'half_year')
    return [
      ['2026-01-01', '2026-06-30'],
      ['2026-07-01', '2026-12-31'],
    ];
  if (period === 'year') return [['2026-01-01', '2026-12-31']];
  return [[period === 'two_years' ? '2025-01-01' : '2024-01-01', '2026-12-31']];
}

describe('figures', () => {
  it('equal a recount, drill by drill', () => {
    const law = fc.property(
      fc.uniqueArray(anyRule, { selector: ({ id }) => id, maxLength: 3 }),
      fc.array(anyDrill, { maxLength: 12 }),
      fc.constantFrom('2026-03-01', '2026-07-01', '2027-02-01'),
      (someRules, someDrills, today) => {
        const units = [0, 1, 2, 3, 4, 5].map(unitOf);
        const rules = someRules.map((one) => rule(one as Partial<QuotaRule>));
        const held = someDrills.map((one, at) => drill({ ...(one as Partial<HeldDrill>), id: `d${at}` }));
        const duties = dutiesOf({ units, rules, held, planned: [] }, 2026, today);
        expect(figuresOf(duties)).toMatchObject(recount(units, rules, held, today));
        const parts = units.map((unit) => figuresOf(duties.filter((duty) => duty.unit === unit)));
        for (const key of ['units', 'met', 'required', 'done', 'paper', 'overdue'] as const)
          expect(parts.reduce((total, part) => total + part[key], 0)).toBe(figuresOf(duties)[key]);
        expect(figuresOf(duties).paper).toBeLessThanOrEqual(figuresOf(duties).done);
      },
    );
    fc.assert(law, { numRuns: 400 });
  });

  it('every unit that owes something is either met or missing', () => {
    const duties = owed([drill()]);
    expect([isOfKind(duties, 'met'), isOfKind(duties, 'missing')]).toEqual([false, true]);
    expect(isOfKind([], 'all')).toBe(false);
  });
});

describe('what a unit is', () => {
  it('a risky enterprise leaves the rules for enterprises in general', () => {
    const plain = { kind: 'enterprise', highRisk: false } as const;
    expect(classesOfOrganization(plain, [])).toEqual(['enterprise']);
    expect(classesOfOrganization(plain, ['enterprise_risky'])).toEqual(['enterprise_risky']);
    expect(classesOfOrganization({ ...plain, highRisk: true }, [])).toEqual(['enterprise_risky']);
    expect(classesOfOrganization({ kind: 'government', highRisk: true }, ['plan_owner'])).toEqual([
      'department',
      'plan_owner',
    ]);
    expect(classesOfDivision('city', [])).toEqual([]);
    expect(classesOfDivision('township', ['plan_owner'])).toEqual(['township', 'plan_owner']);
  });
});

describe('adopting', () => {
  const act = { documentNumber: '夏应急〔2026〕8号', fromOn: '2026-01-01', counts: {} };
  it('asks for the numbers that the pack leaves open', () => {
    const pack = { untilOn: null, adoptions: [], open: ['yearly'] };
    const place = { level: 'county', path: XIAYI };
    expect(reasonsNotToAdopt(pack, place, act)).toEqual(['count_missing']);
    expect(reasonsNotToAdopt(pack, place, { ...act, counts: { yearly: 13 } })).toEqual(['count_missing']);
    expect(reasonsNotToAdopt(pack, place, { ...act, counts: { yearly: 1 } })).toEqual([]);
    expect(reasonsNotToAdopt(pack, { ...place, level: 'township' }, act)).toEqual([
      'adoption_level',
      'count_missing',
    ]);
  });
});

describe('paper drills', () => {
  const facts = {
    state: 'entered',
    enteredBy: 'a',
    enteredByPerson: 'p',
    hasSheet: true,
    hasReport: true,
  } as const;
  const yes = { verdict: 'confirmed', reason: '' } as const;
  it('are confirmed by another account and another person', () => {
    expect(reasonsNotToDecide(facts, { accountId: 'b', personId: null }, yes)).toEqual([]);
    expect(reasonsNotToDecide(facts, { accountId: 'a', personId: null }, yes)).toEqual(['paper_own']);
    expect(reasonsNotToDecide(facts, { accountId: 'b', personId: 'p' }, yes)).toEqual(['paper_own']);
    const nobody = { ...facts, enteredByPerson: null };
    expect(reasonsNotToDecide(nobody, { accountId: 'b', personId: null }, yes)).toEqual([]);
  });

  it('need both scans to be confirmed and a reason to be refused', () => {
    const bare = { ...facts, hasSheet: false, hasReport: false };
    const other = { accountId: 'b', personId: null };
    expect(reasonsNotToDecide(bare, other, yes)).toEqual(['paper_sheet_missing', 'paper_report_missing']);
    expect(reasonsNotToDecide(bare, other, { verdict: 'refused', reason: '人数不' })).toEqual([
      'reason_missing',
    ]);
    expect(reasonsNotToDecide(bare, other, { verdict: 'refused', reason: '人数不符' })).toEqual([]);
  });

  it('are over, with at least one person', () => {
    expect(paperFaults({ heldOn: TODAY, people: 1, units: 60 }, TODAY)).toEqual([]);
    expect(paperFaults({ heldOn: '2026-11-23', people: 0, units: 61 }, TODAY)).toEqual([
      'paper_day_ahead',
      'paper_people_none',
      'paper_units_many',
    ]);
  });
});

describe('half-year reports', () => {
  it('go back three half-years', () => {
    expect(reportableHalfYears('2026-03-01')).toEqual([
      { year: 2026, half: 1 },
      { year: 2025, half: 2 },
      { year: 2025, half: 1 },
      { year: 2024, half: 2 },
    ]);
    expect(reasonsNotToReport({ year: 2026, half: 2 }, null, '2026-06-30')).toEqual(['half_year_bad']);
    expect(reasonsNotToReport({ year: 2026, half: 1 }, { checkResult: 'in_order' }, '2026-06-30')).toEqual([
      'report_checked',
    ]);
    expect(reasonsNotToReport({ year: 2026, half: 1 }, { checkResult: 'faulty' }, '2026-06-30')).toEqual([]);
  });

  it('are checked by somebody else, with a note where something is wrong', () => {
    const check = { result: 'faulty', note: '', checkedOn: '2026-11-23' } as const;
    expect(reasonsNotToCheck({ submittedBy: 'a' }, check, { accountId: 'a' }, TODAY)).toEqual([
      'check_own',
      'check_note_missing',
      'check_day_bad',
    ]);
    const fine = { ...check, result: 'in_order', checkedOn: TODAY } as const;
    expect(reasonsNotToCheck({ submittedBy: 'a' }, fine, { accountId: 'b' }, TODAY)).toEqual([]);
  });
});

describe('what is said', () => {
  const at = new Date('2026-11-22T02:00:00Z');
  it('two sentences with paper apart and findings beside', () => {
    const figures = figuresOf(
      owed(
        [drill({ isPaper: true, openFindings: 0 }), drill({ id: 'x', openFindings: 2 })],
        [rule({ count: 3 })],
      ),
    );
    const said = phoneSentences({
      place: '夏邑县',
      year: 2026,
      figures,
      children: [{ name: '会亭镇', figures }],
      at,
    });
    expect(said).toEqual([
      '截至11月22日10:00，夏邑县2026年应办演练 3 场，已完成 2 场（其中线下 1 场），完成率 66.6%；应办单位 1 家，全部完成的 0 家，还有 2 个问题没有整改完。',
      '还差 1 场，快到期 1 家；最慢的是会亭镇（还差 1 场）。',
    ]);
  });

  it('names the missing in messages that are short enough, none lost', () => {
    const duty = owed([])[0] as Duty;
    const rows = Array.from({ length: 200 }, (_, index) => ({
      unit: { name: `第${index}村` },
      within: '会亭镇',
      duties: [duty],
    }));
    const parts = unitsAsText({ place: '夏邑县', year: 2026, kind: 'missing', at }, rows);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.every((part) => part.length <= 1_800)).toBe(true);
    expect(parts.join('\n').match(/第\d+村/g)).toHaveLength(200);
    expect(parts[0]).toContain('会亭镇第0村：桌面推演差2场（2026年）');
    expect([doneOf(duty), missingOf(duty)]).toEqual([0, 2]);
  });
});
