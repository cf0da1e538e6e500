import { expect, test } from 'vitest';
import { divisionPath, divisionRows, withChildren, type DivisionNode } from './division-tree.ts';

const tree: DivisionNode[] = [
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
          { id: 'mt', code: '411426104', name: '马头镇', pinyin: 'ma tou zhen', hasChildren: false },
        ],
      },
      { id: 'yc', code: '411481', name: '永城市', pinyin: 'yong cheng shi', hasChildren: true },
    ],
  },
];

const shown = (open: string[], query = '') =>
  divisionRows(tree, new Set(open), query).map(
    (row) => `${row.level}${row.node.name}${row.expanded ? '▾' : ''}`,
  );

test('shows the branches that are open', () => {
  expect(shown([])).toEqual(['1商丘市']);
  expect(shown(['sq'])).toEqual(['1商丘市▾', '2夏邑县', '2永城市']);
  expect(shown(['xy'])).toEqual(['1商丘市']);
});

test('a search shows what it finds under its ancestors, whatever is open', () => {
  expect(shown([], 'htz')).toEqual(['1商丘市▾', '2夏邑县▾', '3会亭镇']);
  expect(shown(['sq', 'xy'], '永城')).toEqual(['1商丘市▾', '2永城市']);
  expect(shown([], '411426104')).toEqual(['1商丘市▾', '2夏邑县▾', '3马头镇']);
  expect(shown([], '没有')).toEqual([]);
});

test('children that arrive later are put in their place', () => {
  const grown = withChildren(tree, 'ht', [
    { id: 'v1', code: '411426103201', name: '会亭村', hasChildren: false },
  ]);
  expect(divisionPath(grown, 'v1').map((node) => node.name)).toEqual([
    '商丘市',
    '夏邑县',
    '会亭镇',
    '会亭村',
  ]);
  expect(divisionPath(tree, 'v1')).toEqual([]);
});
