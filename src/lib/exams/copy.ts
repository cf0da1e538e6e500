import { instantText } from '#lib/kernel/day.ts';
import { refuser, type RefusalDetail } from '#lib/kernel/refused.ts';
import type { AttemptState, Reason } from './attempt.ts';
import type { CandidateState, ExamState } from './exam.ts';
import type { Difficulty, QuestionType } from './question.ts';

export const TYPE_NAMES: Record<QuestionType, string> = {
  single: '单选题',
  multiple: '多选题',
  judge: '判断题',
};

/** What a candidate must know before answering a type. */
export const TYPE_RULES: Record<QuestionType, string> = {
  single: '只有一个正确选项。',
  multiple: '有两个或两个以上正确选项，多选、少选、错选均不得分。',
  judge: '判断正误。',
};

export const DIFFICULTY_NAMES: Record<Difficulty, string> = { easy: '易', medium: '中', hard: '难' };

export const JUDGE_NAMES: Record<'T' | 'F', string> = { T: '对', F: '错' };

export const EXAM_STATE_NAMES: Record<ExamState, string> = {
  draft: '草稿',
  published: '已发布',
  cancelled: '已取消',
};

export const CANDIDATE_STATE_NAMES: Record<CandidateState, string> = {
  upcoming: '未开始',
  open: '进行中',
  under_way: '进行中',
  handed_in: '已交卷',
  over: '已结束',
  absent: '缺考',
  cancelled: '已取消',
};

export const ATTEMPT_STATE_NAMES: Record<AttemptState, string> = {
  in_progress: '作答中',
  submitted: '已交卷',
  collected: '到时收卷',
  void: '已作废',
};

/** Given to an exam that has no notice of its own. */
export const NOTICE_DEFAULT = [
  '请独立作答，不得请他人代考，不得交头接耳、传递答案。',
  '考试时间以本页上方的计时为准，时间到由系统自动收卷。',
  '每答一题自动保存。网络中断时不要关闭页面，恢复后会自动补传。',
  '交卷后不能修改。',
].join('\n');

const at = (detail: RefusalDetail) => instantText(new Date(Number(detail.at)));

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的角色不能做这件事。如确有需要，请联系本县应急管理局的系统管理员。'],
  no_person: [403, '当前账号没有对应的学员，不能参加考试。请用学员账号登录。'],
  login_needed: [401, '登录已失效。请在新窗口重新登录，答案会接着保存。'],
  form_bad: [400, '提交的内容不完整或格式不对，请刷新页面后重试。'],
  reason_missing: [400, '请写明理由，至少4个字。理由会记入操作记录。'],

  stem_missing: [400, '题干为空，请填写题干。'],
  topic_missing: [400, '请填写知识点，组卷时按知识点抽题。'],
  options_missing: [400, '选择题至少要有两个选项。'],
  options_too_many: [400, '选项最多6个（A–F）。'],
  option_empty: [400, '中间有空着的选项，请补上或者删去。'],
  option_repeated: [400, '有两个选项内容相同，请修改其中一个。'],
  answer_missing: [400, '请填写正确答案。'],
  answer_without_option: [400, '答案字母没有对应的选项，请核对。'],
  single_many_answers: [400, '单选题只能有一个答案；如有多个正确选项，请改为多选题。'],
  multi_single_answer: [400, '多选题至少要有两个正确选项；只有一个时，请改为单选题。'],
  judge_answer_bad: [400, '判断题的答案只能是“对”或“错”。'],
  stem_taken: [409, '题库里已经有题干相同的试题（全角半角、空格不同也算相同），请改那一题。'],
  question_changed: [409, '这道题刚被别人修改过，请刷新后在新版本上修改。'],
  question_withdrawn: [409, '这道题已停用，请先恢复使用再修改。'],

  class_unknown: [400, '没有找到所选的培训班，请重新选择。'],
  template_unknown: [400, '没有这个组卷模板，请重新选择。'],
  blueprint_empty: [400, '组卷规则为空，请至少添加一行。'],
  part_count_bad: [400, '组卷规则里有一行的题数不对，应为1–300的整数。'],
  part_score_bad: [400, '组卷规则里有一行的每题分值不对，应为1–100的整数。'],
  blueprint_too_long: [400, '一份试卷最多300题，请减少题数。'],
  times_out_of_order: [400, '时间先后不对：开考时间应早于最迟入场时间，最迟入场不晚于结束时间。'],
  window_short: [400, '从开考到结束的时间短于作答时长，准时入场的人也答不满。请推迟结束时间或缩短作答时长。'],
  pass_score_bad: [400, '及格线应在1分和试卷总分之间。'],
  exam_published: [409, '考试已经发布。'],
  exam_not_draft: [409, '考试已经发布或取消，不能再改。如有差错，请取消后另建一场。'],
  bank_short: [409, (detail) => `题库不够抽：还差${detail.shortBy}题。请补充试题，或者调整组卷规则。`],
  exam_under_way: [409, '已有考生开考，不能取消。'],

  exam_draft: [409, '考试还没有发布。'],
  exam_cancelled: [409, '考试已取消，有疑问请联系考务人员。'],
  not_enrolled: [403, '您不在这个培训班的名单里。如有疑问，请联系培训班组织单位。'],
  exam_not_open: [409, (detail) => `还没到开考时间，${at(detail)}开考。`],
  entry_over: [409, (detail) => `已过最迟入场时间（${at(detail)}），不能再进入。有特殊情况请联系考务人员。`],
  exam_closed: [409, (detail) => `考试已于${at(detail)}结束。`],
  already_passed: [409, '您已通过这场考试，不需要再考。'],
  attempts_used_up: [409, (detail) => `这场考试每人最多考${detail.attemptsMax}次，您的次数已用完。`],

  attempt_over: [409, '本次考试已经交卷，不能再修改答案。'],
  attempt_void: [409, '本次作答已被考务人员作废，有疑问请联系考务人员。'],
  attempt_not_over: [409, '还在作答中，交卷后才能查看。'],
  review_closed: [403, '这场考试不公布试题和答案。'],
  lease_lost: [409, '已在另一台设备继续作答，本页已停止。已保存的答案不受影响。'],
  lease_held: [409, '这场考试正在另一台设备上作答。'],
  save_too_late: [409, '考试时间已过，这次作答没有计入。此前保存的答案都已计入。'],
  answer_bad: [400, '收到的答案与试卷不符，没有保存。请刷新页面后重试。'],

  extra_minutes_bad: [400, '延长时间应为1–240分钟的整数。'],
  extra_no_effect: [409, (detail) => `延长也不会晚于考试结束时间（${at(detail)}），没有效果。`],
  extension_nobody: [409, '现在没有人在作答，或者所选的人已经交卷，没有可延长的。'],
  invigilator_unknown: [400, '没有找到这个监考员账号，可能已停用或不管这个地方。请重新选择。'],
  attempt_void_already: [409, '这次作答已经作废。'],
});

type Code = Parameters<typeof refuse>[0];

/** The sentence of each reason, for the list under a greyed button. */
export function sentencesOf(reasons: readonly Reason<Code>[]): string[] {
  return reasons.map(({ code, detail }) => refuse(code, detail).message);
}

/** The refusal of a command: the first reason speaks, the codes of all stand in the detail. */
export function refuseFor(reasons: readonly Reason<Code>[]) {
  const [first] = reasons;
  if (!first) throw new Error('refuseFor needs a reason');
  return refuse(first.code, { ...first.detail, also: reasons.slice(1).map((reason) => reason.code) });
}

/** What stands at a field that cannot be read. */
export const FIELD_SENTENCES = {
  title: '请填写考试名称，2–60个字。',
  class: '请选择培训班。',
  time: '请填写日期和时间，例如 2026-03-05 09:00。',
  minutes: '作答时长应为1–480分钟的整数。',
  passScore: '及格线应为正整数。',
  attempts: '每人可考次数应为1–10的整数。',
  notice: '考生须知请控制在2000字以内。',
  part: '组卷规则里有一行没有填对，请检查题型、题数和分值。',
  stem: '请填写题干，2–1000个字。',
  option: '每个选项请控制在500字以内。',
  choice: '请从列表中选择。',
  chosen: '还没有勾选考生。请先在下面的名单里勾选。',
  topic: '请填写知识点，30字以内。',
  long: '请控制在2000字以内。',
  reason: '请写明理由，至少4个字。',
  extraMinutes: '延长时间应为1–240分钟的整数。',
  read: '请先阅读考生须知，并勾选“我已阅读”。',
} as const;

export const RESULT_WORDS = {
  passed: '合格',
  failed: '不合格',
  absent: '缺考',
  under_way: '作答中',
  waiting: '未开始',
} as const;

/** The columns of the results workbook. */
export const RESULT_COLUMNS = [
  '序号',
  '姓名',
  '身份证号',
  '单位',
  '结果',
  '得分',
  '及格线',
  '已考次数',
  '开考时间',
  '交卷时间',
  '用时（分钟）',
  '交卷方式',
  '回执号',
] as const;

export const RESULT_COLUMN_KINDS = [
  'integer',
  'text',
  'code',
  'text',
  'text',
  'integer',
  'integer',
  'integer',
  'code',
  'code',
  'integer',
  'text',
  'code',
] as const;

export const RESULT_SHEET = {
  name: (title: string) => `${title}成绩表`,
  cutOff: (at: string) => `截至 ${at}`,
};
