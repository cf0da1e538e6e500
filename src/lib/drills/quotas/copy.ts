import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';
import type { DutyState } from './duty.ts';
import type { UnitKind } from './figure.ts';
import type { CheckResult } from './half-year.ts';
import type { PaperState } from './paper-drill.ts';
import type { ContentNeed, FormNeed, Need, Period, Window } from './rule.ts';
import type { Trait, UnitClass } from './unit.ts';

const SENTENCES = {
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的账号没有这项权限。如确有需要，请联系本县应急管理局。'],
  adoption_level: [409, '演练规则由省、市、县（市、区）采用，乡镇和村按上级采用的规则执行。'],
  document_number_missing: [400, '请填写本局采用这套规则的文件编号，例如“夏应急〔2026〕8号”。'],
  day_bad: [400, '日期不正确，请按 2026-03-05 的格式填写。'],
  pack_over: [409, '这套规则在所填日期之前已经停止执行，不能采用。'],
  pack_adopted: [409, '这里（或上级）已经采用了这套规则，不需要重复采用。'],
  count_missing: [400, '这套规则由本局定次数，请填写 1 到 12 之间的次数。'],
  adoption_ended: [409, '这次采用已经停止，请刷新后查看。'],
  day_before_adoption: [400, '停止日期不能早于开始执行日期。'],
  reason_missing: [400, '请写明理由，至少4个字。'],
  unit_unknown: [409, '有的单位不在您的管辖范围内，或者已经撤并，请重新选择。'],
  units_none: [409, '请至少选择一个单位。'],
  trait_bad: [409, '只有企业可以认定为高危或人员密集场所。'],
  month_over: [409, '这个月已经过去，不能再列入计划。已经开展的演练请登记或在演练页写明单位。'],
  drill_not_finished: [409, '演练取消了，不能计入单位。'],
  drill_blind: [409, '双盲演练在评估报告签字以后再写明计入的单位。'],
  paper_day_ahead: [400, '演练日期还没有到。准备开展的演练请列入年度计划，开展以后再登记。'],
  paper_people_none: [400, '请填写参加人数，至少1人。'],
  paper_units_many: [400, '一场联合演练最多计入60个单位，请分开登记。'],
  paper_of_another: [409, '这次演练由别人登记，只有登记人能修改。'],
  paper_decided: [409, '这次演练已经确认或退回，不能再改。'],
  paper_own: [409, '登记和确认不能是同一个人，请另一位同志确认。'],
  paper_sheet_missing: [409, '还没有上传签到表的扫描件。'],
  paper_report_missing: [409, '还没有上传演练总结或评估报告的扫描件。'],
  half_year_bad: [400, '只能报送本半年和之前三个半年的情况。'],
  report_checked: [409, '这份报告已经抽查合格，不能再改。如确有错误，请联系县应急管理局。'],
  report_scan_missing: [400, '请上传盖章的半年演练报告，图片或 PDF。'],
  check_own: [409, '抽查不能由报送人自己进行。'],
  check_note_missing: [400, '请写明抽查发现的问题，至少4个字。'],
  check_day_bad: [400, '抽查日期还没有到，请核对。'],
} as const satisfies Record<string, RefusalSentence>;

export const refuse = refuser<keyof typeof SENTENCES>(SENTENCES);

export const FIELD_SENTENCES = {
  long: '内容太长，请缩短。',
  required: '请填写。',
  year: '请填写四位数的年份。',
  number: '请填写整数。',
  choose: '请选择。',
} as const;

export const UNIT_CLASS_NAMES: Record<UnitClass, string> = {
  county: '县级政府',
  department: '部门单位',
  township: '乡镇（街道）',
  village: '村（社区）',
  plan_owner: '预案责任单位',
  enterprise: '一般企业',
  enterprise_risky: '高危企业、人员密集场所',
};
export const TRAIT_NAMES: Record<Trait, string> = {
  plan_owner: '预案责任单位',
  enterprise_risky: '高危企业或人员密集场所',
};
export const PERIOD_NAMES: Record<Period, string> = {
  half_year: '每半年',
  year: '每年',
  two_years: '每2年',
  three_years: '每3年',
};
export const FORM_NEED_NAMES: Record<FormNeed, string> = {
  any: '',
  tabletop: '桌面推演',
  full_scale: '实战演练',
};
export const CONTENT_NEED_NAMES: Record<ContentNeed, string> = {
  any: '',
  single: '单项',
  comprehensive: '综合',
};
export const PLAN_KIND_NAMES: Readonly<Record<string, string>> = {
  overall: '总体（综合）预案',
  special: '专项预案',
  department: '部门预案',
  township: '乡镇预案',
  village: '村级预案',
  site: '现场处置方案',
};
export const DUTY_STATE_NAMES: Record<DutyState, string> = {
  met: '已完成',
  going: '进行中',
  due_soon: '快到期',
  overdue: '逾期',
};
export const PAPER_STATE_NAMES: Record<PaperState, string> = {
  entered: '待确认',
  confirmed: '已确认',
  refused: '已退回',
};
export const CHECK_NAMES: Record<CheckResult, string> = {
  in_order: '属实',
  faulty: '有问题，限期补正',
  untrue: '与实际不符',
};
export const HALF_NAMES: Readonly<Record<number, string>> = { 1: '上半年', 2: '下半年' };
export const KIND_TITLES: Record<UnitKind, string> = {
  missing: '演练还没有完成',
  met: '演练已经完成',
  overdue: '演练已经逾期',
  due_soon: '演练快到期还没有完成',
  all: '应当组织演练',
};
export const KIND_NAMES: Record<UnitKind, string> = {
  missing: '未完成',
  met: '已完成',
  overdue: '逾期',
  due_soon: '快到期',
  all: '应办单位',
};
/** Units at a place itself, not below it. */
export const OWN_NAME = '本级和县直单位';

/** 桌面推演 · 综合实战演练 · 现场处置方案演练 · 演练 */
export function needName({ form, content, planKinds }: Need): string {
  const what = `${CONTENT_NEED_NAMES[content]}${FORM_NEED_NAMES[form] || '演练'}`;
  if (planKinds.length === 0) return what;
  return `${planKinds.map((kind) => PLAN_KIND_NAMES[kind] ?? kind).join('或')}${what}`;
}

/** 2026年 · 2026年上半年 · 2025—2026年 */
export function windowName({ fromOn, untilOn }: Window): string {
  const [first, last] = [fromOn.slice(0, 4), untilOn.slice(0, 4)];
  if (first !== last) return `${first}—${last}年`;
  if (untilOn.endsWith('06-30')) return `${last}年上半年`;
  return fromOn.endsWith('07-01') ? `${last}年下半年` : `${last}年`;
}

export const DEFINITIONS = {
  rate: '演练完成率＝已完成场次÷应办场次。评估完成、报告签字的演练才计入，按实际开展的日期计；每条要求最多计到要求的次数。多开展的不补其他单位。没有应办场次时显示“—”。本系统口径，尚无官方公式。',
  paper:
    '线下：不在本系统里开展、由单位登记并附签到表和报告、经应急管理局另一位同志确认的演练，已计入完成场次，单独列示。',
  findings: '未整改问题：计入的演练评估出的、还没有销号的问题。有问题不影响演练计入，整改完才能归档。',
  units: '应办单位：按本地执行的规则至少有一项演练要求的政府、部门、乡镇、村和企业。',
  soon: '快到期：离期限60天以内、还没有完成的单位。',
  years: '“每2年”“每3年”按到当年年底为止的两个、三个年度计。',
} as const;
