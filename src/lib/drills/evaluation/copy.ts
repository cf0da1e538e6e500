import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';

const SENTENCES = {
  report_not_frozen: [409, '评估结果还没有公布，报告还不能编写和签发。'],
  report_signed: [409, '报告已经签发，不能再改。'],
  report_unsigned: [409, '请先登记签发人和签发日期，再上传签发页扫描件。'],
  replay_not_over: [409, '演练还在进行，结束以后才能查看。'],
  signed_ahead: [400, '签发日期在今天之后，请核对。'],
  signed_before: [400, '签发日期早于演练日期，请核对。'],
} as const satisfies Record<string, RefusalSentence>;

export const refuseReport = refuser<keyof typeof SENTENCES>(SENTENCES);

export const REPORT_DONE = {
  written: '报告已保存。',
  signed: '已登记签发，这场演练计入完成。',
  scanned: '签发页扫描件已上传。',
} as const;

export const LANE_WORDS = {
  injects: '情景',
  expectations: '预期动作',
  messages: '通信和行动',
  decisions: '决策',
} as const;
