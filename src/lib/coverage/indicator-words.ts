/** Words by which columns and natures of indicators are recognised, without spaces. */
export const INDICATOR_COLUMNS = {
  ordinal: ['序号', '编号'],
  name: ['规划指标内容', '指标名称', '指标内容', '指标', '名称'],
  unit: ['单位', '计量单位'],
  baseValue: ['基期值', '现状值', '基础值', '基数'],
  targetValue: ['指标值', '目标值', '目标', '规划值'],
  finalValue: ['终期值', '完成值', '实际值', '完成情况'],
  nature: ['属性', '指标属性', '性质'],
} as const satisfies Record<string, readonly string[]>;

export const NATURE_WORDS = {
  expected: ['预期性', '预期'],
  binding: ['约束性', '约束'],
} as const;

/** The year of a value column: 2030年目标值. */
export const HEADING_YEAR = /\d{4}年/u;
