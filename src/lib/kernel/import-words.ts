import type { ImportState, ImportTab } from './sheet-import.ts';

export const IMPORT_STATES: Record<ImportState, string> = {
  reading: '正在读取',
  preview: '待确认',
  committing: '正在导入',
  done: '已导入',
  failed: '未能读取',
  discarded: '已作废',
};

/** The shape of the chip beside the word. */
export const IMPORT_TONES = {
  reading: 'going',
  preview: 'waiting',
  committing: 'going',
  done: 'good',
  failed: 'stopped',
  discarded: 'neutral',
} as const satisfies Record<ImportState, string>;

export const OUTCOME_NAMES: Record<ImportTab, string> = {
  create: '新增',
  update: '变更',
  unchanged: '无变化',
  confirm: '待确认改名',
  refused: '未通过',
};
