import { chanceFrom, type Chance } from '#seeds/demo/random.ts';
import { idCheckCharacter } from '#lib/people/id-number.ts';

const SURNAMES = Array.from('王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗');
const GIVEN = Array.from('建国志强伟明军勇杰涛磊超洋鹏飞辉斌浩宇峰秀英丽敏静芳娟霞玲红');
const HEADS = Array.from('张王李赵刘陈杨孙周吴郑马朱胡林何高郭罗宋梁韩唐');
const TAILS = ['庄', '楼', '寨', '集', '营', '湾', '岗'];

/** The same chance every time: two runs measure the same county. */
export const chanceOf = (what: string): Chance => chanceFrom(`bench ${what}`);

export function personName(chance: Chance): string {
  return chance.pick(SURNAMES) + chance.pick(GIVEN) + (chance.happens(0.8) ? chance.pick(GIVEN) : '');
}

/** The n-th village of a township; different ones have different names. */
export function villageName(n: number): string {
  return `${HEADS[n % HEADS.length]}${TAILS[n % TAILS.length]}村`;
}

/** The n-th ID number of nobody: province 410000, sequence digits from 004. */
export function idNumber(n: number): string {
  const birth = new Date(Date.UTC(1966, 0, 1 + (n % 12_000))).toISOString().slice(0, 10).replaceAll('-', '');
  const seventeen = `410000${birth}${String(4 + Math.floor(n / 12_000)).padStart(3, '0')}`;
  return seventeen + idCheckCharacter(seventeen);
}
