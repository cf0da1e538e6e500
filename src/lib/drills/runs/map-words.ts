import type { Feature } from '../scripts/script.ts';

/** What the signs of the schematic map stand for, in the order of its legend. */
export const FEATURE_WORDS: Record<Feature['kind'], string> = {
  command: '指挥部',
  unit: '单位',
  place: '村、社区',
  shelter: '安置点',
  hazard: '危险点',
  fire: '着火',
  flooded: '积水、淹没',
  closed_road: '道路中断',
  area: '区域',
  road: '道路',
  river: '河流',
};

export const UNDER_WAY_WORDS = { waiting: '准备出发', going: '在途', there: '已到达' } as const;
