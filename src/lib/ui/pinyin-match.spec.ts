import { expect, test } from 'vitest';
import { isFoundBy } from './pinyin-match.ts';

const xiayi = { label: '夏邑县', pinyin: 'xia yi xian', code: '411426' };

test.each(['夏邑', '邑', 'xiayi', 'XIA YI', 'yixian', 'xyx', 'yx', '4114', ' ', ''])(
  '%j finds 夏邑县',
  (query) => {
    expect(isFoundBy(xiayi, query)).toBe(true);
  },
);

test.each(['永城', 'iayi', 'xx', '1426', 'xiayiz'])('%j does not find 夏邑县', (query) => {
  expect(isFoundBy(xiayi, query)).toBe(false);
});

test('an entry without pinyin is found by its label only', () => {
  expect(isFoundBy({ label: '会亭镇' }, 'hui')).toBe(false);
  expect(isFoundBy({ label: '会亭镇' }, '会亭')).toBe(true);
});
