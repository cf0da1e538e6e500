import type { RosterReference } from '#lib/people/roster.ts';
import { DEFAULT_CATEGORY_ALIASES, OPERATIONS_2010 } from '#lib/people/roster-words.ts';

const TOWNSHIPS =
  '100城关镇 101会亭镇 102马头镇 103济阳镇 104李集镇 105车站镇 106杨集镇 107韩道口镇 108太平镇 109罗庄镇 110火店镇 111北岭镇 112郭店镇 200曹集乡 201胡桥乡 202歧河乡 204业庙乡 205中峰乡 207桑堌乡 208何营乡 210王集乡 211刘店集乡 212骆集乡 214孔庄乡';

/** 夏邑县 with its 24 townships, as the input files need it. */
export const XIAYI: RosterReference = {
  countyName: '夏邑县',
  townships: TOWNSHIPS.split(' ').map((entry) => ({ id: `411426${entry.slice(0, 3)}`, name: entry.slice(3) })),
  categories: DEFAULT_CATEGORY_ALIASES,
  operations: OPERATIONS_2010,
};

const LUSHI_TOWNSHIPS =
  '兴贤里街道 城关镇 杜关镇 五里川镇 官道口镇 朱阳关镇 官坡镇 范里镇 东明镇 双龙湾镇 文峪乡 横涧乡 双槐树乡 汤河乡 瓦窑沟乡 狮子坪乡 沙河乡 徐家湾乡 潘河乡 木桐乡';

/** 卢氏县 with townships of its own and a bureau's own words for the categories. */
export const LUSHI: RosterReference = {
  countyName: '卢氏县',
  townships: LUSHI_TOWNSHIPS.split(' ').map((name, index) => ({ id: `lushi-${index}`, name })),
  categories: {
    ...DEFAULT_CATEGORY_ALIASES,
    县级: 'county_emergency',
    乡镇: 'township_emergency',
    村级: 'village_station_head',
  },
  operations: OPERATIONS_2010,
};
