import { COMPARISON_WORDS, CONTINGENCY_WORDS, HAPPENED_WORDS } from './part-words.ts';
import type { PartField, Variant } from './part-field.ts';

/** The builder of conditions and of what brings an inject out: drop-down lists over the tree, no text code. */

const NEW_REF = { of: '', is: 'released' };
const newRef = (): Record<string, unknown> => ({ ref: { ...NEW_REF } });

export const CONDITIONS: readonly Variant[] = [
  {
    key: 'ref',
    label: '某件事发生了',
    make: newRef,
    fields: [{ key: 'ref', kind: 'ref', label: '什么事' }],
  },
  {
    key: 'elapsed',
    label: '某件事过了多久',
    make: () => ({ elapsed: 'PT5M', since: { ...NEW_REF } }),
    fields: [
      { key: 'since', kind: 'ref', label: '从什么事算起' },
      { key: 'elapsed', kind: 'duration', label: '满多久' },
    ],
  },
  {
    key: 'decision',
    label: '决策选了某一项',
    make: () => ({ decision: '', is: '' }),
    fields: [
      { key: 'decision', kind: 'pick', from: 'decisions', label: '哪个决策' },
      { key: 'is', kind: 'pick', from: 'options', label: '选了' },
    ],
  },
  {
    key: 'var',
    label: '数据达到某个值',
    make: () => ({ var: '', cmp: '>=', value: 0 }),
    fields: [
      { key: 'var', kind: 'pick', from: 'variables', label: '哪项数据' },
      { key: 'cmp', kind: 'choice', label: '怎样比', options: COMPARISON_WORDS },
      { key: 'value', kind: 'value', label: '比多少' },
    ],
  },
  {
    key: 'count',
    label: '几件事里发生了几件',
    make: () => ({ count: [], is: 'met', atLeast: 1 }),
    fields: [
      { key: 'count', kind: 'picks', from: 'events', label: '哪几件' },
      { key: 'is', kind: 'choice', label: '怎样了', options: HAPPENED_WORDS },
      { key: 'atLeast', kind: 'number', label: '至少几件' },
    ],
  },
  {
    key: 'all',
    label: '同时满足几条',
    make: () => ({ all: [newRef()] }),
    fields: [
      { key: 'all', kind: 'variants', one: '条件', label: '每条都要满足', variants: () => CONDITIONS },
    ],
  },
  {
    key: 'any',
    label: '满足其中一条',
    make: () => ({ any: [newRef()] }),
    fields: [
      { key: 'any', kind: 'variants', one: '条件', label: '满足一条即可', variants: () => CONDITIONS },
    ],
  },
  {
    key: 'not',
    label: '没有（反过来）',
    make: () => ({ not: newRef() }),
    fields: [{ key: 'not', kind: 'variant', label: '下面这条不成立', variants: () => CONDITIONS }],
  },
];

const DELAY: PartField = { key: 'delay', kind: 'duration', label: '之后再过多久', optional: true };

export const TRIGGERS: readonly Variant[] = [
  {
    key: 'at',
    label: '到点就发',
    make: () => ({ at: 'PT0M' }),
    fields: [{ key: 'at', kind: 'duration', label: '演练开始后多久' }],
  },
  {
    key: 'after',
    label: '某件事之后',
    make: () => ({ after: { ...NEW_REF } }),
    fields: [{ key: 'after', kind: 'ref', label: '什么事' }, DELAY],
  },
  {
    key: 'when',
    label: '满足条件时',
    make: () => ({ when: newRef() }),
    fields: [{ key: 'when', kind: 'variant', label: '条件', variants: () => CONDITIONS }, DELAY],
  },
  {
    key: 'manual',
    label: '导调手动',
    make: () => ({ manual: true }),
    fields: [{ key: 'suggestAt', kind: 'duration', label: '建议在开始后多久', optional: true }],
  },
  {
    key: 'contingency',
    label: '该做的没做时',
    make: () => ({ contingency: { expectation: '', on: 'missed' } }),
    fields: [
      {
        key: 'contingency',
        kind: 'group',
        label: '补救情景',
        make: () => ({ expectation: '', on: 'missed' }),
        fields: () => [
          { key: 'expectation', kind: 'pick', from: 'expectations', label: '哪个预期动作' },
          { key: 'on', kind: 'choice', label: '什么时候', options: CONTINGENCY_WORDS },
        ],
      },
    ],
  },
];

export const TARGETS: readonly Variant[] = [
  {
    key: 'role',
    label: '一个角色',
    make: () => ({ role: '' }),
    fields: [{ key: 'role', kind: 'pick', from: 'players', label: '角色' }],
  },
  {
    key: 'org',
    label: '一个单位',
    make: () => ({ org: '' }),
    fields: [{ key: 'org', kind: 'pick', from: 'orgs', label: '单位' }],
  },
  { key: 'all', label: '全体参演', make: () => ({ all: true }), fields: [] },
];
