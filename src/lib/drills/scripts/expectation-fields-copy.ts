import type { PartField, PartList, Variant } from './part-field.ts';
import { EVIDENCE_LOGIC_WORDS, MODE_WORDS, NEVER_OPENED_WORDS } from './part-words.ts';

/** How an expected action is filled in. */

const group = (
  key: string,
  label: string,
  fields: readonly PartField[],
  make: () => Record<string, unknown>,
): PartField => ({ key, kind: 'group', label, fields: () => fields, make });

export const MATCHERS: readonly Variant[] = [
  {
    key: 'document',
    label: '提交一份文书',
    make: () => ({ document: '' }),
    fields: [
      { key: 'document', kind: 'pick', from: 'documents', label: '文书' },
      { key: 'complete', kind: 'flag', label: '必填项要齐全', optional: true },
    ],
  },
  {
    key: 'message',
    label: '发一条消息',
    make: () => ({ message: { to: '' } }),
    fields: [
      group(
        'message',
        '消息',
        [
          { key: 'to', kind: 'pick', from: 'roles', label: '发给谁' },
          { key: 'mentions', kind: 'lines', label: '要提到的词', help: '一行一个', optional: true },
        ],
        () => ({ to: '' }),
      ),
    ],
  },
  {
    key: 'call',
    label: '打一个电话',
    make: () => ({ call: { to: '' } }),
    fields: [
      group('call', '电话', [{ key: 'to', kind: 'pick', from: 'roles', label: '打给谁' }], () => ({
        to: '',
      })),
    ],
  },
  {
    key: 'acked',
    label: '确认收到',
    make: () => ({ acked: '' }),
    fields: [{ key: 'acked', kind: 'pick', from: 'injects', label: '哪条情景' }],
  },
  {
    key: 'decision',
    label: '作出决定',
    make: () => ({ decision: '' }),
    fields: [
      { key: 'decision', kind: 'pick', from: 'decisions', label: '哪个决策' },
      {
        key: 'options',
        kind: 'picks',
        from: 'options',
        label: '选了哪些算完成（不勾表示都算）',
        optional: true,
      },
    ],
  },
  {
    key: 'dispatch',
    label: '派出力量',
    make: () => ({ dispatch: {} }),
    fields: [
      group(
        'dispatch',
        '派什么',
        [
          { key: 'resource', kind: 'pick', from: 'resources', label: '哪支力量', optional: true },
          { key: 'kind', kind: 'text', label: '或哪一类力量', optional: true },
          { key: 'to', kind: 'pick', from: 'map.features', label: '派到哪里', optional: true },
          { key: 'quantity', kind: 'number', label: '至少多少', optional: true },
        ],
        () => ({}),
      ),
    ],
  },
  {
    key: 'mark',
    label: '在地图上标注',
    make: () => ({ mark: { kind: '' } }),
    fields: [
      group('mark', '标注', [{ key: 'kind', kind: 'text', label: '标注的名称' }], () => ({ kind: '' })),
    ],
  },
  { key: 'present', label: '到位报到', make: () => ({ present: true }), fields: [] },
  { key: 'confirmed', label: '评估员确认', make: () => ({ confirmed: true }), fields: [] },
];

export const LATE_RULES: readonly Variant[] = [
  {
    key: 'zero',
    label: '逾期不得分',
    is: ({ rule }) => rule === 'zero',
    make: () => ({ rule: 'zero' }),
    fields: [],
  },
  {
    key: 'linear',
    label: '逐渐减分',
    is: ({ rule }) => rule === 'linear',
    make: () => ({ rule: 'linear', zeroAfter: 'PT10M' }),
    fields: [{ key: 'zeroAfter', kind: 'duration', label: '逾期多久减到零' }],
  },
  {
    key: 'steps',
    label: '分档',
    is: ({ rule }) => rule === 'steps',
    make: () => ({ rule: 'steps', steps: [{ within: 'PT5M', factor: 0.5 }] }),
    fields: [
      {
        key: 'steps',
        kind: 'list',
        one: '一档',
        label: '档次',
        make: () => ({ within: 'PT5M', factor: 0.5 }),
        fields: () => [
          { key: 'within', kind: 'duration', label: '逾期多久以内' },
          { key: 'factor', kind: 'share', label: '得分的百分之几' },
        ],
      },
    ],
  },
];

const FIELDS: readonly PartField[] = [
  { key: 'title', kind: 'text', label: '动作', help: '谁该做什么，一句话' },
  group(
    'by',
    '谁来做',
    [
      { key: 'roles', kind: 'picks', from: 'players', label: '角色' },
      { key: 'need', kind: 'need', label: '几个人做了算完成' },
    ],
    () => ({ roles: [], need: 'any' }),
  ),
  { key: 'opensOn', kind: 'ref', label: '从什么时候开始计时' },
  { key: 'limit', kind: 'duration', label: '时限', help: '时限以预案和本地规定为准' },
  { key: 'grace', kind: 'duration', label: '宽限', optional: true },
  { key: 'earlyAllowed', kind: 'flag', label: '提前做了也算按时', optional: true },
  { key: 'mode', kind: 'choice', label: '怎样判', options: MODE_WORDS },
  {
    key: 'evidence',
    kind: 'variants',
    one: '依据',
    label: '完成的依据',
    variants: () => MATCHERS,
  },
  {
    key: 'evidenceLogic',
    kind: 'choice',
    label: '有几条依据时',
    options: EVIDENCE_LOGIC_WORDS,
    optional: true,
  },
  { key: 'points', kind: 'number', label: '分值' },
  { key: 'late', kind: 'variant', label: '逾期怎样扣分', variants: () => LATE_RULES },
  {
    key: 'wrong',
    kind: 'list',
    one: '错误做法',
    label: '做错扣分',
    optional: true,
    make: () => ({ when: { mark: { kind: '' } }, text: '', penalty: 1 }),
    fields: () => [
      { key: 'text', kind: 'text', label: '错在哪里' },
      { key: 'penalty', kind: 'number', label: '扣几分' },
      { key: 'when', kind: 'variant', label: '出现什么就算', variants: () => MATCHERS },
    ],
  },
  {
    key: 'ifNeverOpened',
    kind: 'choice',
    label: '一直没有开始计时',
    options: NEVER_OPENED_WORDS,
    optional: true,
  },
  { key: 'critical', kind: 'flag', label: '关键动作', optional: true },
  { key: 'veto', kind: 'flag', label: '没做到就一票否决', optional: true },
  { key: 'objective', kind: 'pick', from: 'objectives', label: '检验哪个目标', optional: true },
  { key: 'clause', kind: 'pick', from: 'clauses', label: '依据预案哪一条', optional: true },
  { key: 'guide', kind: 'long', label: '评估要点', optional: true },
];

export const EXPECTATION_LIST: PartList = {
  path: 'expectations',
  title: '预期动作',
  unit: '项',
  one: '预期动作',
  prefix: 'e',
  fields: FIELDS,
  make: () => ({
    title: '',
    by: { roles: [], need: 'any' },
    opensOn: { of: '', is: 'released' },
    limit: 'PT10M',
    mode: 'observed',
    points: 5,
    late: { rule: 'zero' },
    evidence: [{ confirmed: true }],
  }),
};
