import type { Happened } from './condition.ts';

/** What the choices inside a script are called on every page, in the workbook and on paper. */

export const CATEGORY_WORDS = {
  natural: '自然灾害',
  accident: '事故灾难',
  public_health: '公共卫生',
  social_security: '社会安全',
} as const;
export const LEVEL_WORDS = { I: '特别重大', II: '重大', III: '较大', IV: '一般' } as const;
export const PURPOSE_WORDS = { test: '检验性', demonstration: '示范性', research: '研究性' } as const;
export const OUT_OF_PHASE_WORDS = { hold: '先扣住，等导调', skip: '跳过', fire: '照发' } as const;
export const APPROVAL_WORDS = {
  auto: '到时自动发',
  one_click: '导调点一下再发',
  two_person: '两人同意再发',
} as const;
export const CONTINGENCY_WORDS = { missed: '未完成', half_limit: '过半未做', wrong_action: '做错' } as const;
export const HAPPENED_WORDS: Record<Happened, string> = {
  released: '发出',
  acked: '收到',
  skipped: '跳过',
  expired: '超时未收',
  met: '完成',
  late: '逾期完成',
  missed: '未完成',
  entered: '进入',
  exited: '离开',
};
export const COMPARISON_WORDS = {
  '=': '等于',
  '!=': '不等于',
  '<': '小于',
  '<=': '不大于',
  '>': '大于',
  '>=': '不小于',
} as const;
export const MODE_WORDS = { objective: '系统按记录判', observed: '评估员看', mixed: '两样都看' } as const;
export const NEVER_OPENED_WORDS = {
  auto: '看原因：该引出它的动作没做，算未完成；否则不计',
  missed: '算未完成',
  not_applicable: '不计',
} as const;
export const EVIDENCE_LOGIC_WORDS = {
  any: '有一条就算',
  all: '每条都要有',
  sequence: '按顺序每条都要有',
} as const;
export const DOCUMENT_KIND_WORDS = {
  first_report: '首报',
  follow_up_report: '续报',
  final_report: '终报',
  order: '命令',
  notice: '通知通告',
  record: '记录',
  plan_extract: '预案摘录',
  material: '材料',
} as const;
export const FIELD_TYPE_WORDS = {
  text: '一行字',
  long_text: '一段话',
  number: '数字',
  time: '时间',
  choice: '选项',
} as const;
export const SHEET_KIND_WORDS = {
  preparation: '准备情况',
  conduct: '实施情况',
  tabletop: '桌面演练',
  self_review: '自评',
  expert: '专家点评',
} as const;
export const SCALE_WORDS = {
  yes_no: '是、否',
  fit: '符合、基本符合、不符合',
  points: '打分',
  psmu: 'P、S、M、U 四档',
} as const;
export const JUDGES_WORDS = { unit: '参演单位', control: '导调组' } as const;
export const ON_JUMP_WORDS = {
  hold_for_review: '列出来由导调定',
  fire_all: '全部补发',
  skip: '全部跳过',
} as const;
export const LIMITS_USE_WORDS = { exercise: '演练时间', wall: '北京时间' } as const;
export const SCRIPT_OPEN_WORDS = { full: '公开', outline: '只公开概要', none: '不公开' } as const;
export const REAL_EVENT_WORDS = { terminate: '终止演练', pause: '暂停演练' } as const;
export const MARK_WORDS = {
  sure: '已核实',
  local: '本地规定',
  proposal: '建议值',
  to_check: '待核对',
} as const;
