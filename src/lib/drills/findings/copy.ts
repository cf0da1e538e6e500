import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';
import type { Tone } from '#lib/ui/ToneMark.svelte';
import type { FindingMove, FindingState } from './finding.machine.ts';
import type { FindingKind, FindingReason, Severity } from './finding.ts';

const REASONS: Record<FindingReason, RefusalSentence> = {
  finding_moved: [409, '这个问题的状态刚有变化，请刷新后再看。'],
  remedy_missing: [400, '请写明采取了什么整改措施。'],
  proof_missing: [409, '请先上传整改证明材料，再提交。'],
  verifier_submitted: [409, '提交整改的人不能自己核验，请另一位同志核验。'],
  retest_missing: [409, '不足项要在后续演练中复测，登记复测结果后才能销号。'],
  revision_unsettled: [409, '需要修订预案的问题，关联预案新版本或者签批不修订后才能销号。'],
  reason_missing: [400, '请写明理由。'],
  signer_missing: [400, '请写明签批人。'],
};

const SENTENCES = {
  ...REASONS,
  not_found: [404, '没有找到这个问题，或者不在您的管理范围内。'],
  forbidden: [403, '您的角色不能做这件事，由组织演练的单位办理。'],
  finding_twice: [409, '这一条已经列入台账，请打开原来的问题修改。'],
  source_unknown: [404, '没有找到问题的出处，请回到评估页重新列入。'],
  place_outside: [400, '责任地方不在演练范围内，请重新选择。'],
  run_not_over: [409, '演练结束以后才能列入问题。'],
  due_past: [400, '整改期限早于今天，请核对。'],
  version_unknown: [404, '没有找到已经公布的预案版本，请先在预案库公布。'],
  version_old: [409, '这个预案版本在演练之前就已公布，不是针对这个问题的修订。'],
  revision_not_needed: [409, '这个问题没有标为需要修订预案。'],
  retest_unknown: [404, '没有找到复测的演练。复测要在这次演练之后进行并已结束。'],
} as const satisfies Record<string, RefusalSentence>;

export type FindingRefusal = keyof typeof SENTENCES;
export const refuse = refuser<FindingRefusal>(SENTENCES);

/** What a reason says, under the button that it greys. */
export function reasonSentence(reason: FindingReason): string {
  const [, sentence] = REASONS[reason];
  return typeof sentence === 'string' ? sentence : sentence({});
}

export const STATE_WORDS: Record<FindingState, string> = {
  open: '待认领',
  accepted: '已认领',
  in_progress: '整改中',
  submitted: '待核验',
  verified: '已核验',
  closed: '已销号',
  waived: '不整改',
  reopened: '重新打开',
};

export const STATE_TONES: Record<FindingState, Tone> = {
  open: 'waiting',
  accepted: 'going',
  in_progress: 'going',
  submitted: 'waiting',
  verified: 'good',
  closed: 'good',
  waived: 'neutral',
  reopened: 'short',
};

export const MOVE_WORDS: Record<FindingMove, string> = {
  ACCEPT: '认领问题',
  BEGIN: '开始整改',
  SUBMIT: '提交整改',
  RETURN: '退回整改',
  VERIFY: '核验通过',
  CLOSE: '销号',
  WAIVE: '签批不整改',
  REOPEN: '重新打开',
};

export const KIND_WORDS: Record<FindingKind, string> = {
  plan: '预案',
  organization: '组织',
  people: '人员',
  mechanism: '机制',
  support: '保障',
};

export const SEVERITY_WORDS: Record<Severity, string> = {
  deficiency: '不足项',
  correction: '整改项',
  improvement: '改进项',
};

export const SEVERITY_MEANINGS: Record<Severity, string> = {
  deficiency: '必须整改并在后续演练中复测',
  correction: '下次演练前完成整改',
  improvement: '建议改进',
};

export const FINDING_DONE = {
  created: '已列入问题整改台账。',
  moved: '已办理。',
  proof: '证明材料已上传。',
  revision: '已登记预案修订情况。',
  retest: '已登记复测结果。',
  changed: '已保存。',
} as const;

/** First words for a problem that a missed expected action or a low item shows. */
export function textFor(
  what:
    | { kind: 'expectation'; title: string; word: string }
    | { kind: 'item'; code: string; indicator: string; share: string }
    | { kind: 'entry'; text: string },
): string {
  if (what.kind === 'expectation') return `“${what.title}”${what.word}。`;
  if (what.kind === 'item') return `评估项 ${what.code}“${what.indicator}”得分率 ${what.share}。`;
  return what.text;
}
