import { POINTS_MAX } from './answer.ts';

export const ANSWER_WORDS: Record<string, string> = {
  yes: '是',
  no: '否',
  fit: '符合',
  partly: '基本符合',
  unfit: '不符合',
  P: 'P 顺利完成',
  S: 'S 有些困难',
  M: 'M 困难很大',
  U: 'U 未能完成',
  not_applicable: '不适用',
  not_observed: '未观察',
};

/** An answer as people read it; points as they are. */
export function answerWord(answer: string): string {
  return ANSWER_WORDS[answer] ?? `${answer} / ${POINTS_MAX} 分`;
}

export const METHOD_WORDS = {
  observe: '观察',
  records: '核对记录',
  timing: '系统计时',
  ask: '询问',
  questionnaire: '问卷',
  documents: '查阅资料',
} as const;
