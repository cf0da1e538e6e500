import type { ComboOption } from '#lib/ui/combo-option.ts';
import type { DivisionNode } from '#lib/ui/division-tree.ts';
import type { PersonOption } from '#lib/ui/PersonPicker.svelte';

export const people: PersonOption[] = [
  { id: 'p1', name: '张丽丽', unit: '夏邑县会亭镇应急管理办公室', idMasked: '4100********1234' },
  { id: 'p2', name: '张伟', unit: '夏邑县马头镇人民政府', idMasked: '4100********5678' },
  {
    id: 'p3',
    name: '阿卜杜热依木·买买提明',
    unit: '夏邑县消防救援大队火店镇政府专职消防救援站',
    idMasked: '4100********901X',
  },
  { id: 'p4', name: '张伟', unit: '夏邑县太平镇刘堤圈村', idMasked: '4100********3322' },
];

export const units: ComboOption[] = [
  {
    value: 'u1',
    label: '会亭镇人民政府',
    pinyin: 'hui ting zhen ren min zheng fu',
    hint: '夏邑县',
    code: '411426103',
  },
  {
    value: 'u2',
    label: '夏邑县应急管理局',
    pinyin: 'xia yi xian ying ji guan li ju',
    hint: '夏邑县',
    code: '411426',
  },
  {
    value: 'u3',
    label: '夏邑县恒天永安新织造有限公司安全生产与职业健康管理部',
    pinyin: 'xia yi xian heng tian yong an xin zhi zao you xian gong si',
    hint: '企业',
  },
  {
    value: 'u4',
    label: '马头镇人民政府',
    pinyin: 'ma tou zhen ren min zheng fu',
    hint: '夏邑县',
    code: '411426104',
  },
];

export const divisions: DivisionNode[] = [
  {
    id: 'sq',
    code: '411400',
    name: '商丘市',
    pinyin: 'shang qiu shi',
    hasChildren: true,
    children: [
      {
        id: 'xy',
        code: '411426',
        name: '夏邑县',
        pinyin: 'xia yi xian',
        hasChildren: true,
        children: [
          { id: 'ht', code: '411426103', name: '会亭镇', pinyin: 'hui ting zhen', hasChildren: true },
          { id: 'mt', code: '411426104', name: '马头镇', pinyin: 'ma tou zhen', hasChildren: true },
          { id: 'hd', code: '411426106', name: '火店镇', pinyin: 'huo dian zhen', hasChildren: true },
        ],
      },
      { id: 'yc', code: '411481', name: '永城市', pinyin: 'yong cheng shi', hasChildren: true },
    ],
  },
];

export const villageNames = ['会亭村', '刘堤圈村', '黄庄村'];

export type Row = {
  id: string;
  name: string;
  unit: string;
  idMasked: string;
  trained: number;
  due: number;
  state: 'good' | 'short' | 'going' | 'waiting';
};

const NAMES = ['张丽丽', '欧阳建国', '阿卜杜热依木·买买提明', '李强', '王秀英', '陈静', '刘洋'];
const UNITS = ['会亭镇人民政府', '马头镇人民政府', '夏邑县恒天永安新织造有限公司安全生产与职业健康管理部'];
const STATES = ['good', 'short', 'going', 'waiting'] as const;

/** People enough to scroll through. */
export const rows: Row[] = Array.from({ length: 24 }, (_, at) => ({
  id: `r${at}`,
  name: NAMES[at % NAMES.length] ?? '',
  unit: UNITS[at % UNITS.length] ?? '',
  idMasked: '4100********1234',
  trained: (at * 7) % 41,
  due: 40,
  state: STATES[at % STATES.length] ?? 'waiting',
}));

export const stateWords = { good: '达标', short: '未达标', going: '学习中', waiting: '未开始' };

const TOWNS = ['会亭镇', '马头镇', '火店镇', '太平镇', '济阳镇工业园区管理委员会', '骆集乡'];

export const towns = TOWNS.map((label, at) => ({
  label,
  numerator: [186, 1240, 96, 61, 0, 320][at] ?? 0,
  denominator: [210, 1302, 131, 61, 0, 371][at] ?? 0,
  href: '#',
}));
