import { idCheckCharacter } from '#lib/people/id-number.ts';
import type { Chance } from './random.ts';

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'.split('');
const MALE = '建国志强伟明军勇杰涛磊超洋鹏飞辉斌浩宇峰刚健亮新民永福德海山林东平安康宁文武成兴旺春生根柱保全景云立长'.split('');
const FEMALE = '秀英丽敏静芳娟霞玲红艳萍兰梅燕桂香莲凤云芬琴慧洁雪晶莹倩婷瑞巧淑珍爱荣素春花彩月'.split('');
const VILLAGE_HEADS = '张王李赵刘陈杨孙周吴郑马朱胡林何高郭罗宋梁韩唐冯董程曹袁许沈彭吕苏蒋蔡贾丁魏薛叶余潘杜'.split('');
const VILLAGE_TAILS = ['庄', '楼', '寨', '集', '营', '湾', '岗', '堂', '店', '桥', '阁', '园', '洼', '堤口', '大庄', '小楼', '新庄', '老家'];

export type Identity = { name: string; sex: '男' | '女'; idNumber: string; phone: string };

/** Makes people who do not exist: numbers on 410000, sequence digits 001–003, telephone prefix 169. */
export function identities(chance: Chance) {
  const used = new Set<string>();
  const phones = new Set<string>();

  function idNumber(sex: Identity['sex'], year: number): string {
    for (;;) {
      const month = String(1 + chance.below(12)).padStart(2, '0');
      const day = String(1 + chance.below(28)).padStart(2, '0');
      // Odd is male; 002 is the one even number of the three.
      const sequence = sex === '女' ? '002' : chance.pick(['001', '003']);
      const seventeen = `410000${year}${month}${day}${sequence}`;
      const whole = seventeen + idCheckCharacter(seventeen);
      if (used.has(whole)) continue;
      used.add(whole);
      return whole;
    }
  }

  function phone(): string {
    for (;;) {
      const number = `169${String(chance.below(100_000_000)).padStart(8, '0')}`;
      if (phones.has(number)) continue;
      phones.add(number);
      return number;
    }
  }

  return function identity(age: { from: number; to: number }, thisYear: number): Identity {
    const sex = chance.happens(0.72) ? '男' : '女';
    const given = sex === '男' ? MALE : FEMALE;
    const name = chance.pick(SURNAMES) + chance.pick(given) + (chance.happens(0.8) ? chance.pick(given) : '');
    const year = thisYear - age.from - chance.below(age.to - age.from + 1);
    return { name, sex, idNumber: idNumber(sex, year), phone: chance.happens(0.96) ? phone() : '' };
  };
}

/** Names of villages of a township, none twice. */
export function villageNames(chance: Chance, count: number): string[] {
  const names = new Set<string>();
  while (names.size < count) names.add(`${chance.pick(VILLAGE_HEADS)}${chance.pick(VILLAGE_TAILS)}村`);
  return [...names];
}
