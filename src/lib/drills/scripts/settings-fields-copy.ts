import { CONTENT_WORDS, EVENT_TYPE_WORDS, FORM_WORDS, NOTICE_WORDS } from '../copy.ts';
import type { PartField, PartObject } from './part-field.ts';
import * as words from './part-words.ts';

/** What is set once in a script: its heading, how it is played, its clock, who may know, safety. */

const texts = (pairs: [string, string, string?][]): PartField[] =>
  pairs.map(([key, label, help]) => ({ key, kind: 'long', label, ...(help ? { help } : {}) }));

const META_OBJECT: PartObject = {
  path: 'meta',
  title: '概况',
  fields: [
    { key: 'title', kind: 'text', label: '标题' },
    { key: 'eventCategory', kind: 'choice', label: '事件类别', options: words.CATEGORY_WORDS },
    { key: 'eventType', kind: 'choice', label: '事件类型', options: EVENT_TYPE_WORDS },
    { key: 'incidentLevel', kind: 'choice', label: '事件级别', options: words.LEVEL_WORDS },
    { key: 'region', kind: 'text', label: '发生在哪里' },
    { key: 'planned', kind: 'duration', label: '计划多长' },
    {
      key: 'brief',
      kind: 'group',
      label: '情景概要',
      make: () => ({ outline: '', consequences: '', background: '', evolution: '' }),
      fields: () =>
        texts([
          ['outline', '情景概要'],
          ['consequences', '事件后果'],
          ['background', '背景信息'],
          ['evolution', '演化过程'],
        ]),
    },
    {
      key: 'sources',
      kind: 'list',
      one: '出处',
      label: '数字和说法的出处',
      make: () => ({ title: '', mark: 'to_check' }),
      fields: () => [
        { key: 'title', kind: 'text', label: '名称' },
        { key: 'mark', kind: 'choice', label: '可靠程度', options: words.MARK_WORDS },
        { key: 'note', kind: 'long', rows: 2, label: '说明', optional: true },
      ],
    },
  ],
};

const DRILL_OBJECT: PartObject = {
  path: 'drill',
  title: '演练方式',
  fields: [
    { key: 'form', kind: 'choice', label: '形式', options: FORM_WORDS },
    { key: 'content', kind: 'choice', label: '内容', options: CONTENT_WORDS },
    { key: 'purposes', kind: 'choices', label: '目的', options: words.PURPOSE_WORDS },
  ],
};

const CLOCK_OBJECT: PartObject = {
  path: 'clock',
  title: '时钟',
  fields: [
    { key: 'scenarioStart', kind: 'moment', label: '情景开始时间' },
    { key: 'defaultRate', kind: 'number', label: '开始时的倍速' },
    { key: 'maxRate', kind: 'number', label: '最快倍速' },
    { key: 'onJump', kind: 'choice', label: '往前跳时越过的情景', options: words.ON_JUMP_WORDS },
    { key: 'limitsUse', kind: 'choice', label: '时限按什么算', options: words.LIMITS_USE_WORDS },
  ],
};

const BLIND_OBJECT: PartObject = {
  path: 'blind',
  title: '双盲',
  fields: [
    { key: 'notice', kind: 'choice', label: '事先通知', options: NOTICE_WORDS },
    { key: 'script', kind: 'choice', label: '脚本公开程度', options: words.SCRIPT_OPEN_WORDS },
  ],
};

const SAFETY_OBJECT: PartObject = {
  path: 'safety',
  title: '安全',
  fields: [
    { key: 'stopWord', kind: 'text', label: '演练终止口令' },
    { key: 'realEvent', kind: 'choice', label: '出现真实险情时', options: words.REAL_EVENT_WORDS },
    { key: 'notes', kind: 'lines', label: '安全注意事项', help: '一行一条', optional: true },
  ],
};

export const SETTINGS: readonly PartObject[] = [
  META_OBJECT,
  DRILL_OBJECT,
  CLOCK_OBJECT,
  BLIND_OBJECT,
  SAFETY_OBJECT,
];
