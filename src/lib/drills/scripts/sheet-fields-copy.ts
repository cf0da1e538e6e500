import type { PartField, PartList, PartObject } from './part-field.ts';
import { METHOD_WORDS } from '../runs/answer-words.ts';
import { JUDGES_WORDS, SCALE_WORDS, SHEET_KIND_WORDS } from './part-words.ts';

/** How score sheets and grades are filled in. */

const ITEM_FIELDS: readonly PartField[] = [
  { key: 'code', kind: 'text', label: '编号', help: '如 1.7' },
  { key: 'indicator', kind: 'long', rows: 2, label: '指标' },
  { key: 'weight', kind: 'number', label: '权重' },
  { key: 'scale', kind: 'choice', label: '打分方式', options: SCALE_WORDS },
  { key: 'method', kind: 'choice', label: '评估方法', options: METHOD_WORDS },
  { key: 'expectations', kind: 'picks', from: 'expectations', label: '系统按这些预期动作判', optional: true },
  { key: 'objectiveShare', kind: 'share', label: '系统判的占百分之几', optional: true },
  { key: 'veto', kind: 'flag', label: '一票否决', optional: true },
  { key: 'judges', kind: 'choice', label: '评的是谁', options: JUDGES_WORDS, optional: true },
  { key: 'clause', kind: 'pick', from: 'clauses', label: '预案条款', optional: true },
];

export const SHEET_LIST: PartList = {
  path: 'evaluation.sheets',
  title: '评估表',
  unit: '张',
  one: '评估表',
  prefix: 'sheet',
  fields: [
    { key: 'title', kind: 'text', label: '名称' },
    { key: 'kind', kind: 'choice', label: '种类', options: SHEET_KIND_WORDS },
    { key: 'basis', kind: 'text', label: '依据' },
    {
      key: 'categories',
      kind: 'list',
      one: '类',
      label: '类别',
      help: '各类权重之和应为 100',
      make: (index) => ({ id: `k${index + 1}`, title: '', weight: 0, items: [] }),
      fields: () => [
        { key: 'title', kind: 'text', label: '名称' },
        { key: 'weight', kind: 'number', label: '权重' },
        {
          key: 'items',
          kind: 'list',
          one: '指标',
          label: '指标',
          make: (index) => ({
            id: `q${index + 1}`,
            code: '',
            indicator: '',
            weight: 1,
            scale: 'fit',
            method: 'observe',
          }),
          fields: () => ITEM_FIELDS,
        },
      ],
    },
  ],
  make: () => ({ title: '', kind: 'conduct', basis: '自拟', categories: [] }),
};

export const EVALUATION_OBJECT: PartObject = {
  path: 'evaluation',
  title: '等次',
  fields: [
    {
      key: 'grades',
      kind: 'list',
      one: '等次',
      label: '等次，从高到低',
      make: () => ({ name: '', min: 0 }),
      fields: () => [
        { key: 'name', kind: 'text', label: '等次' },
        { key: 'min', kind: 'number', label: '从几分起' },
      ],
    },
    { key: 'vetoGrade', kind: 'text', label: '一票否决后的等次' },
    { key: 'minCoverage', kind: 'share', label: '评到百分之几才定等次' },
    { key: 'dispersionAlert', kind: 'share', label: '两位评估员相差百分之几要提醒' },
  ],
};
