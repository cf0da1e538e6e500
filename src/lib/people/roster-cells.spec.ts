import { describe, expect, it } from 'vitest';
import { dateCell, table, type Written } from '#tests/inputs/table.ts';
import { LUSHI, XIAYI } from '#tests/inputs/xiayi.ts';
import { cleanId, cleanName, cleanPhone, hasLostDigits, hasRareCharacter, isPhone } from './roster-cells.ts';
import { readDay } from './roster-day.ts';
import { rosterLookup } from './roster-lookup.ts';
import { townshipFinder } from './roster-places.ts';

const cell = (written: Written) => table('S', [[written, 'x']]).rows[0]!.cells[0]!;

describe('days', () => {
  it.each([
    '2024.3.1',
    '2024.03.01',
    '2024/3/1',
    '2024-03-01',
    '2024年3月1日',
    '2024年03月01号',
    ' 2024年3月1日 ',
    '２０２４．３．１',
    '20240301',
    '2024-03-01 00:00:00',
    '2024/3/1 0:00',
    '2024-03-01T00:00:00',
    '2024年3月1日 8时30分',
    '45352',
    45352,
    45352.5,
    20240301,
    dateCell('2024-03-01'),
    '2021.03.01-2024.03.01',
    '2021-03-01至2024-03-01',
    '2021年3月1日 ～ 2024年3月1日',
    '20210301-20240301',
  ])('%s is 1 March 2024', (written) => {
    expect(readDay(cell(written))).toMatchObject({ day: '2024-03-01' });
  });

  it('tells a span', () => {
    expect(readDay(cell('2021.03.01—2024.03.01'))).toEqual({ day: '2024-03-01', isSpan: true });
    expect(readDay(cell('2024.3.1'))).toEqual({ day: '2024-03-01', isSpan: false });
  });

  it.each([
    ['2027.13.1', 'date_invalid'],
    ['2026年2月30日', 'date_invalid'],
    ['20260230', 'date_invalid'],
    ['2024.03.01-2021.03.01', 'date_invalid'],
    ['长期', 'date_invalid'],
    ['三月', 'date_invalid'],
    [0.5, 'date_invalid'],
    [true, 'date_invalid'],
    [{ kind: 'date', text: '15:02', value: 0.62, day: null }, 'date_invalid'],
    [2026.1, 'date_incomplete'],
    [2026, 'date_incomplete'],
    [202603, 'date_incomplete'],
    ['2026.1', 'date_incomplete'],
    ['2026年3月', 'date_incomplete'],
    ['2026-03', 'date_incomplete'],
    ['03/04/2026', 'date_ambiguous'],
    ['26.3.1', 'date_ambiguous'],
  ] as [Written, string][])('%s is %s', (written, fault) => {
    expect(readDay(cell(written))).toEqual({ fault });
  });
});

describe('names', () => {
  it.each([
    ['杨　楠', '杨楠', true, 'none'],
    ['\u200b段国领\u00a0', '段国领', true, 'none'],
    ['阿依古丽·买买提', '阿依古丽·买买提', false, 'kept'],
    ['巴特尔・苏和', '巴特尔·苏和', false, 'changed'],
    ['努尔买买提•吐尔逊', '努尔买买提·吐尔逊', false, 'changed'],
    ['迪丽努尔．阿不都', '迪丽努尔·阿不都', false, 'changed'],
    ['迪丽努尔.阿不都', '迪丽努尔·阿不都', false, 'changed'],
    ["'张三", '张三', false, 'none'],
  ])('%s', (written, name, spacesRemoved, dot) => {
    expect(cleanName(cell(written))).toEqual({ name, spacesRemoved, dot });
  });

  it('keep rare characters, which are told', () => {
    for (const name of ['张䶮', '赵㛃', '陈𫖮', '王喆', '李堃']) {
      expect(cleanName(cell(name)).name).toBe(name);
      expect(hasRareCharacter(name)).toBe(true);
    }
    expect(hasRareCharacter('欧阳娜娜·买买提')).toBe(false);
  });
});

describe('numbers', () => {
  it.each([
    ["'410000198207227572", '410000198207227572', true, false],
    ['41000019760831447Ｘ', '41000019760831447X', true, false],
    ['41000019821023698x', '41000019821023698X', false, true],
    ['410000 19731102 528x', '41000019731102528X', true, true],
    [410000630120491, '410000630120491', false, false],
  ])('%s', (written, id, cleaned, upperCased) => {
    expect(cleanId(cell(written))).toEqual({ id, cleaned, upperCased });
  });

  it('of more than fifteen figures have lost some', () => {
    expect(hasLostDigits(cell(410000199011030000))).toBe(true);
    expect(hasLostDigits(cell('4.10000196908E+17'))).toBe(true);
    expect(hasLostDigits(cell('４.1Ｅ＋17'))).toBe(true);
    expect(hasLostDigits(cell(410000630120491))).toBe(false);
    expect(hasLostDigits(cell('410000199011030000'))).toBe(false);
  });

  it.each([
    ['169-4478-9684', '16944789684'],
    ['+86 16967314747', '16967314747'],
    ['86-16931329083', '16931329083'],
    ['0086（169）3132—9083', '16931329083'],
    ['１６９１３７２３４４９', '16913723449'],
    [16948015436, '16948015436'],
  ])('phone %s', (written, phone) => {
    expect(cleanPhone(cell(written)).phone).toBe(phone);
    expect(isPhone(phone)).toBe(true);
  });

  it('that are no mobile numbers', () => {
    for (const text of ['1696566022', '12345678901', '0370-6211234', '169000000011'])
      expect(isPhone(cleanPhone(cell(text)).phone)).toBe(false);
  });
});

describe('places and words', () => {
  const xiayi = townshipFinder(XIAYI);
  const lushi = townshipFinder(LUSHI);

  it('knows a township with the county before it and without its ending, nothing fuzzier', () => {
    for (const text of ['会亭', '会亭镇', '夏邑县会亭镇', '夏邑县会亭', ' 会亭镇　'])
      expect(xiayi.find(text)?.name).toBe('会亭镇');
    for (const text of ['会亭乡', '桑固乡', '虞城县利民镇', '夏邑会亭镇', '', '亭'])
      expect(xiayi.find(text)).toBeNull();
    expect(lushi.find('兴贤里办事处')?.name).toBe('兴贤里街道');
  });

  it('takes no side between two of one name', () => {
    const twins = townshipFinder({
      countyName: '某县',
      townships: [
        { id: '1', name: '城关镇' },
        { id: '2', name: '城关乡' },
      ],
    });
    expect(twins.find('城关')).toBeNull();
    expect(twins.find('城关乡')?.id).toBe('2');
  });

  it('suggests what one wrong character, or the 单位, makes likely', () => {
    expect(xiayi.suggest('桑固乡', '')).toBe('桑堌乡');
    expect(xiayi.suggest('东关镇', '济阳镇何集村')).toBe('济阳镇');
    expect(xiayi.suggest('虞城县利民镇', '')).toBeNull();
  });

  it('takes a village from a 单位', () => {
    const village = (unit: string) => xiayi.ofUnit(unit).village;
    expect(village('会亭镇张庄村')).toBe('张庄村');
    expect(village('夏邑县会亭镇张庄村村民委员会')).toBe('张庄村');
    expect(village('会亭镇张庄村委会')).toBe('张庄村');
    expect(village('城关镇东关社区居民委员会')).toBe('东关社区');
    expect(village('张庄村')).toBe('张庄村');
    expect(village('会亭镇人民政府')).toBeNull();
    expect(village('')).toBeNull();
  });

  it('knows categories and operations by their usual words', () => {
    const { category, operation } = rosterLookup(XIAYI);
    expect(category('灾害信息员（Ａ角）')).toBe('disaster_informant_a');
    expect(category(' 村安全劝导站站长 ')).toBe('village_station_head');
    expect(category('村级应急服务站站长')).toBe('village_station_head');
    expect(category('村级')).toBeNull();
    expect(operation('低压电工')).toBe('低压电工作业');
    expect(operation('高处安装，维护，拆除作业')).toBe('高处安装、维护、拆除作业');
    expect(operation('叉车司机（N1）')).toBeNull();
    expect(operation('')).toBeNull();
  });
});
