/** What stands around the tables of the workbook. */
export const MSEL_WORDS = {
  explainedTitle: '说明',
  explained: [
    '改好以后在“情景表”页点“导入”，先看改了什么，确认了才保存。没有改的格子不动。',
    '“系统号”用来认出是哪一条，请不要改；新增一行时把系统号留空。',
    '表里去掉的行不会删除；要删请到系统里删。',
    '“发给谁”写角色名称，几个之间用顿号隔开；整个单位写“单位:单位名称”；所有人写“全体参演”。',
  ],
  exported: (day: string) => `导出于${day}`,
  fileName: (title: string) => `【演练】${title.replace(/[\\/:*?"<>|]/g, ' ').trim()} 情景表.xlsx`,
} as const;
