import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';

/** Why a deed in a run is refused. */
const SENTENCES = {
  unreadable: [400, '没有读懂这条操作，请刷新页面后重试。'],
  not_your_role: [403, '这不是您的席位。'],
  not_your_task: [403, '您的席位不能做这件事。'],
  not_your_unit: [403, '您不负责评估这个单位。'],
  no_such_part: [404, '没有找到这一项，请刷新后再看。'],
  name_taken: [409, '这个编号已经用过，请换一个。'],
  already_started: [409, '演练已经开始。'],
  already_over: [409, '演练已经结束。'],
  not_running: [409, '演练还没有开始，或已经结束。'],
  not_paused: [409, '演练没有暂停。'],
  not_ended: [409, '演练还没有结束。'],
  not_open: [409, '这个动作现在没有在计时。'],
  rate_too_high: [409, '超过了脚本允许的最快倍速。'],
  no_way_back: [409, '时钟只能往前跳。'],
  inject_gone: [409, '这条情景已经发出或跳过。'],
  already_there: [409, '已经在这个阶段。'],
  already_done: [409, '已经登记过了。'],
  decision_closed: [409, '决策时限已过，已按默认处理。'],
  not_so_many: [409, '没有这么多可派的力量。'],
  sheet_locked: [409, '评估表已经提交并锁定，要改请找总导调复核。'],
  sheets_closed: [409, '评估表现在不能填写。'],
  answer_unknown: [400, '这一项没有这个选项，请重新选择。'],
  not_to_evaluate: [409, '演练结束以后才能进入评估。'],
  not_evaluating: [409, '进入评估以后才能公布结果。'],
  not_published: [409, '评估结果公布以后才能归档。'],
  revision_open: [
    409,
    ({ count }) =>
      `还有 ${count} 个问题需要修订预案，既没有关联预案新版本，也没有签批不修订。处理完才能归档。`,
  ],
} as const satisfies Record<string, RefusalSentence>;

export type RunRefusal = keyof typeof SENTENCES;
export const refuseDeed = refuser<RunRefusal>(SENTENCES);
