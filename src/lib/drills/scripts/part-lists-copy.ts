import { GROUP_WORDS } from '../copy.ts';
import { FEATURE_WORDS } from '../runs/map-words.ts';
import { CHANNEL_WORDS, INJECT_KIND_WORDS } from '../runs/shown-copy.ts';
import { CONDITIONS, TARGETS, TRIGGERS } from './condition-fields-copy.ts';
import { EXPECTATION_LIST } from './expectation-fields-copy.ts';
import { EVALUATION_OBJECT, SHEET_LIST } from './sheet-fields-copy.ts';
import type { PartList, PartObject } from './part-field.ts';
import * as words from './part-words.ts';
import { SETTINGS } from './settings-fields-copy.ts';

/** How each kind of part is filled in, and which of them stand on which page of the editor. */

export const INJECT_LIST: PartList = {
  path: 'injects',
  title: '情景',
  unit: '条',
  one: '情景',
  prefix: 'i',
  fields: [
    { key: 'code', kind: 'text', label: '编号', help: '如 A-03' },
    { key: 'title', kind: 'text', label: '标题' },
    { key: 'body', kind: 'long', rows: 6, label: '内容', help: '参演人员看到或听到的原话' },
    { key: 'trigger', kind: 'variant', label: '什么时候发', variants: () => TRIGGERS },
    { key: 'storyline', kind: 'pick', from: 'storylines', label: '故事线' },
    { key: 'from', kind: 'pick', from: 'roles', label: '谁说的' },
    { key: 'to', kind: 'variants', one: '接收方', label: '发给谁', variants: () => TARGETS },
    { key: 'channel', kind: 'choice', label: '怎样传', options: CHANNEL_WORDS },
    { key: 'kind', kind: 'choice', label: '类别', options: INJECT_KIND_WORDS },
    { key: 'approval', kind: 'choice', label: '放行', options: words.APPROVAL_WORDS, optional: true },
    { key: 'ackLimit', kind: 'duration', label: '多久内要确认收到', optional: true },
    { key: 'phases', kind: 'picks', from: 'phases', label: '只在这些阶段发（不勾表示都发）', optional: true },
    {
      key: 'outOfPhase',
      kind: 'choice',
      label: '不在这些阶段时',
      options: words.OUT_OF_PHASE_WORDS,
      optional: true,
    },
    {
      key: 'decision',
      kind: 'group',
      label: '要求作出决策',
      optional: true,
      make: () => ({
        options: [
          { id: 'o1', label: '' },
          { id: 'o2', label: '' },
        ],
        limit: 'PT5M',
        default: 'o1',
        decider: '',
      }),
      fields: () => [
        {
          key: 'options',
          kind: 'list',
          one: '选项',
          label: '选项',
          make: (index) => ({ id: `o${index + 1}`, label: '' }),
          fields: () => [
            { key: 'label', kind: 'text', label: '选项' },
            { key: 'consequence', kind: 'long', rows: 2, label: '选了以后', optional: true },
          ],
        },
        { key: 'decider', kind: 'pick', from: 'players', label: '谁来定' },
        { key: 'limit', kind: 'duration', label: '多久内定' },
        { key: 'default', kind: 'pick', from: 'options', label: '到时没定就按' },
      ],
    },
    { key: 'attachments', kind: 'picks', from: 'documents', label: '附带材料', optional: true },
    {
      key: 'set',
      kind: 'list',
      one: '变化',
      label: '发出时改变数据',
      optional: true,
      make: () => ({ variable: '', value: '' }),
      fields: () => [
        { key: 'variable', kind: 'pick', from: 'variables', label: '数据' },
        { key: 'value', kind: 'value', label: '变为' },
      ],
    },
    { key: 'controllerNote', kind: 'long', label: '给导调的话', optional: true },
    { key: 'evaluatorNote', kind: 'long', label: '给评估员的话', optional: true },
  ],
  make: () => ({
    code: '',
    title: '',
    body: '',
    storyline: '',
    kind: 'report',
    channel: 'system',
    from: '',
    to: [],
    trigger: { at: 'PT10M' },
  }),
};

const PHASE_LIST: PartList = {
  path: 'phases',
  title: '阶段',
  unit: '个',
  one: '阶段',
  prefix: 'p',
  fields: [
    { key: 'title', kind: 'text', label: '名称' },
    {
      key: 'planPhase',
      kind: 'text',
      label: '对应预案环节',
      help: '监测预警、信息报告、应急响应等',
      optional: true,
    },
    {
      key: 'exits',
      kind: 'list',
      one: '出口',
      label: '出口',
      help: '从上往下看，先满足的先走',
      make: () => ({ to: '', label: '', manual: true }),
      fields: () => [
        { key: 'label', kind: 'text', label: '叫什么' },
        { key: 'to', kind: 'pick', from: 'phases', label: '去哪个阶段' },
        { key: 'manual', kind: 'flag', label: '导调可以手动走', optional: true },
        { key: 'when', kind: 'variant', label: '自动走的条件', variants: () => CONDITIONS, optional: true },
      ],
    },
    { key: 'maxDuration', kind: 'duration', label: '最长多久', optional: true },
    { key: 'onTimeout', kind: 'pick', from: 'phases', label: '到时去哪个阶段', optional: true },
    { key: 'questions', kind: 'lines', label: '讨论题', help: '一行一题', optional: true },
    { key: 'final', kind: 'flag', label: '最后一个阶段', optional: true },
  ],
  make: () => ({ title: '', exits: [] }),
};

export const ROLE_LIST: PartList = {
  path: 'roles',
  title: '角色',
  unit: '个',
  one: '角色',
  prefix: 'r',
  fields: [
    { key: 'name', kind: 'text', label: '名称' },
    { key: 'group', kind: 'choice', label: '哪一方', options: GROUP_WORDS },
    { key: 'org', kind: 'pick', from: 'orgs', label: '单位', optional: true },
    { key: 'task', kind: 'long', label: '任务卡', help: '做什么、不做什么；会印在任务卡上', optional: true },
    { key: 'evaluates', kind: 'picks', from: 'players', label: '评估谁（评估员填）', optional: true },
  ],
  make: () => ({ name: '', group: 'player' }),
};

const ORG_LIST = named('orgs', '参演单位', '单位', 'u');
const STORYLINE_LIST: PartList = {
  ...named('storylines', '故事线', '故事线', 's'),
  fields: [{ key: 'title', kind: 'text', label: '名称' }],
  make: () => ({ title: '' }),
};

function named(path: string, title: string, one: string, prefix: string): PartList {
  return {
    path,
    title,
    one,
    prefix,
    unit: '个',
    fields: [{ key: 'name', kind: 'text', label: '名称' }],
    make: () => ({ name: '' }),
  };
}

const OBJECTIVE_LIST: PartList = {
  path: 'objectives',
  title: '演练目标',
  unit: '条',
  one: '目标',
  prefix: 'o',
  fields: [
    {
      key: 'text',
      kind: 'long',
      label: '目标',
      help: '谁、在什么条件下、完成什么任务、依据什么、取得什么效果',
    },
    { key: 'capability', kind: 'text', label: '检验的能力', optional: true },
  ],
  make: () => ({ text: '' }),
};

const PLAN_LIST: PartList = {
  path: 'plans',
  title: '依据的预案',
  unit: '份',
  one: '预案',
  prefix: 'plan',
  fields: [
    { key: 'title', kind: 'text', label: '名称' },
    { key: 'version', kind: 'text', label: '版本' },
    {
      key: 'clauses',
      kind: 'list',
      one: '条款',
      label: '条款',
      make: (index) => ({ id: `c-${index + 1}`, no: '', title: '' }),
      fields: () => [
        { key: 'no', kind: 'text', label: '条款号' },
        { key: 'title', kind: 'text', label: '标题' },
      ],
    },
  ],
  make: () => ({ title: '', version: '1', clauses: [] }),
};

const RESOURCE_LIST: PartList = {
  path: 'resources',
  title: '力量和装备',
  unit: '项',
  one: '力量',
  prefix: 'res',
  fields: [
    { key: 'name', kind: 'text', label: '名称' },
    { key: 'kind', kind: 'text', label: '种类', help: '如 应急队、冲锋舟' },
    { key: 'owner', kind: 'pick', from: 'orgs', label: '归谁管' },
    { key: 'quantity', kind: 'number', label: '数量' },
    { key: 'unit', kind: 'text', label: '单位', help: '如 人、艘' },
    { key: 'at', kind: 'pick', from: 'points', label: '在哪里' },
    { key: 'mobilize', kind: 'duration', label: '出动要多久' },
    { key: 'speedKmh', kind: 'number', label: '每小时走多少公里' },
  ],
  make: () => ({
    name: '',
    kind: '',
    owner: '',
    quantity: 1,
    unit: '人',
    at: '',
    mobilize: 'PT10M',
    speedKmh: 30,
  }),
};

const DOCUMENT_LIST: PartList = {
  path: 'documents',
  title: '文书和材料',
  unit: '份',
  one: '文书',
  prefix: 'd',
  fields: [
    { key: 'title', kind: 'text', label: '名称' },
    { key: 'kind', kind: 'choice', label: '种类', options: words.DOCUMENT_KIND_WORDS },
    { key: 'body', kind: 'long', rows: 6, label: '要读的文字', optional: true },
    {
      key: 'fields',
      kind: 'list',
      one: '填写项',
      label: '要填的内容',
      make: (index) => ({ key: `f${index + 1}`, label: '', required: true, type: 'text' }),
      fields: () => [
        { key: 'label', kind: 'text', label: '名称' },
        { key: 'type', kind: 'choice', label: '填什么', options: words.FIELD_TYPE_WORDS },
        { key: 'required', kind: 'flag', label: '必填' },
        { key: 'choices', kind: 'lines', label: '选项', help: '一行一个，只用于“选项”', optional: true },
        { key: 'hint', kind: 'text', label: '提示', optional: true },
      ],
    },
    { key: 'visibleTo', kind: 'picks', from: 'players', label: '谁看得到' },
    { key: 'revealOn', kind: 'ref', label: '什么时候才能看到', optional: true },
  ],
  make: () => ({ title: '', kind: 'material', fields: [], visibleTo: [] }),
};

const VARIABLE_LIST: PartList = {
  path: 'variables',
  title: '变化的数据',
  unit: '项',
  one: '数据',
  prefix: 'v',
  fields: [
    { key: 'name', kind: 'text', label: '名称', help: '如 水位、道路' },
    { key: 'unit', kind: 'text', label: '单位', optional: true },
    { key: 'initial', kind: 'value', label: '开始时' },
    {
      key: 'series',
      kind: 'series',
      label: '随时间变化',
      help: '一行一个：时间 空格 数值，如 20 33.5',
      optional: true,
    },
    {
      key: 'visibleTo',
      kind: 'picks',
      from: 'players',
      label: '谁看得到（不勾表示只有导调）',
      optional: true,
    },
  ],
  make: () => ({ name: '', initial: 0 }),
};

export const FEATURE_LIST: PartList = {
  path: 'map.features',
  title: '地图',
  unit: '处',
  one: '地点',
  prefix: 'm',
  fields: [
    { key: 'name', kind: 'text', label: '名称' },
    { key: 'kind', kind: 'choice', label: '种类', options: FEATURE_WORDS },
    { key: 'points', kind: 'points', label: '位置', help: '在图上点一下放一个点；几个点连成线，封闭成片' },
    { key: 'closed', kind: 'flag', label: '首尾相连成一片', optional: true },
    { key: 'revealOn', kind: 'ref', label: '什么时候才出现在图上', optional: true },
  ],
  make: () => ({ name: '', kind: 'place', points: [[500, 500]] }),
};

const MAP_OBJECT: PartObject = {
  path: 'map',
  title: '图幅',
  fields: [{ key: 'widthKm', kind: 'number', label: '图的宽度相当于多少公里' }],
};

/** The pages of the editor: which lists and which single settings stand on each. */
export const EDITOR_PAGES = {
  expectations: { title: '预期动作', lists: [EXPECTATION_LIST], objects: [] },
  phases: { title: '阶段', lists: [PHASE_LIST, STORYLINE_LIST], objects: [] },
  roles: { title: '角色', lists: [ROLE_LIST, ORG_LIST], objects: [] },
  material: {
    title: '材料',
    lists: [RESOURCE_LIST, DOCUMENT_LIST, VARIABLE_LIST, FEATURE_LIST],
    objects: [MAP_OBJECT],
  },
  evaluation: { title: '评估表', lists: [SHEET_LIST], objects: [EVALUATION_OBJECT] },
  settings: {
    title: '设置',
    lists: [OBJECTIVE_LIST, PLAN_LIST],
    objects: SETTINGS,
  },
} as const satisfies Record<
  string,
  { title: string; lists: readonly PartList[]; objects: readonly PartObject[] }
>;
export type EditorPage = keyof typeof EDITOR_PAGES;

/** Where the part stands that a finding names: the page of the editor, `table` for injects. */
export function pageOfList(list: string): EditorPage | 'table' {
  if (list === 'injects') return 'table';
  const pages = Object.entries(EDITOR_PAGES) as [
    EditorPage,
    { lists: readonly PartList[]; objects: readonly PartObject[] },
  ][];
  const found = pages.find(([, { lists, objects }]) =>
    [...lists, ...objects].some(({ path }) => path === list),
  );
  return found?.[0] ?? 'settings';
}

/** The list whose form opens for a part of the drawing. */
export function listOfKind(kind: 'phase' | 'inject' | 'expectation'): PartList {
  return { phase: PHASE_LIST, inject: INJECT_LIST, expectation: EXPECTATION_LIST }[kind];
}
