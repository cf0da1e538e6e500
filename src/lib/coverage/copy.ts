import { refuser } from '#lib/kernel/refused.ts';
import type { PersonState } from './standing.ts';
import type { ExemptionState } from './exemption.ts';
import type { Nature, PlanState } from './indicator.ts';
import type { Metric, Strength } from './rule.ts';

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的角色不能做这件事。如确有需要，请联系本县应急管理局。'],
  adoption_level: [409, '规则包由省、市、县（市、区）采用，乡镇和村按上级采用的规则执行。'],
  document_number_missing: [400, '请填写本局采用这套规则的文件编号，例如“夏应急〔2026〕8号”。'],
  day_bad: [400, '日期不正确，请按 2026-03-05 的格式填写。'],
  pack_over: [409, '这个规则包在所填日期之前已经停止执行，不能采用。'],
  pack_adopted: [409, '这里（或上级）已经采用了这个规则包，不需要重复采用。'],
  adoption_ended: [409, '这次采用已经停止，请刷新后查看。'],
  day_before_adoption: [400, '停止日期不能早于开始执行日期。'],
  reason_missing: [400, '请写明理由，至少4个字。理由会记入操作记录。'],
  rule_hard: [409, '只有“原则上”的规则可以申请免训，这条规则是应当执行的。'],
  rule_not_for_person: [409, '此人本年度的岗位不适用这条规则，不需要申请免训。'],
  exemption_exists: [409, '此人本年度对这条规则已经有申请，请先处理原来的申请。'],
  exemption_decided: [409, '这份申请已经处理过，请刷新后查看结果。'],
  approver_same: [409, '申请人不能审批自己提交的申请，请由另一位负责人审批。'],
  exemption_not_withdrawable: [409, '这份申请已经退回或撤回，不需要再撤回。'],
  plan_title_missing: [400, '请填写规划名称，至少4个字。'],
  source_missing: [400, '请填写依据的文件。'],
  plan_period_bad: [400, '规划期不正确：止年不能早于起年，最长20年。'],
  plan_overlaps: [409, '与本地已有规划的期间重叠，请核对起止年份。'],
  indicators_missing: [400, '没有可录入的指标。请上传指标表，或者从 Excel 复制带表头的指标表粘贴到下面。'],
  indicator_heading_missing: [
    400,
    '没有找到表头。请上传或复制带表头的指标表，表头应有“指标名称”“目标值”两列，可另有“单位”“基期值”“属性”。',
  ],
  indicator_rows_refused: [
    400,
    (detail) => `有几行不能录入：${(detail.rows as string[]).join('；')}。请改正后重新核对。`,
  ],
  indicators_long: [
    413,
    '表格内容太长，不像是一张指标表。请只留下指标表，另存为一个文件后再上传，或者只复制指标表粘贴。',
  ],
  plan_closed: [409, '规划已经关闭，终期值不能再改。'],
  plan_running: [409, '规划期还没有结束，到期后才能关闭。'],
  final_values_missing: [409, '还有指标没有填报终期值。没有统计的指标请写明“未统计”。'],
  month_not_over: [409, '这个月还没有结束，月末数据要在月底之后冻结。'],
  month_bad: [400, '月份不正确，请按 2026-03 的格式填写。'],
});

export const FIELD_SENTENCES = {
  long: '内容太长，请缩短。',
  year: '请填写四位数的年份，例如 2026。',
  file: '请选择指标表文件。',
  file_large: '文件超过 20 MB，请只留下指标表后再上传。',
};

export type RefusalCode = Parameters<typeof refuse>[0];

export const STRENGTH_NAMES: Record<Strength, string> = { hard: '应当', soft: '原则上', target: '目标' };
export const METRIC_UNITS: Record<Metric, string> = { day_hundredths: '天', credit_hundredths: '学时' };
export const STATE_NAMES: Record<PersonState, string> = {
  missing: '未达标',
  met: '已达标',
  exempt: '经批准免训',
  unruled: '无学时要求',
};
export const EXEMPTION_NAMES: Record<ExemptionState, string> = {
  asked: '待审批',
  approved: '已批准',
  refused: '已退回',
  withdrawn: '已撤回',
};
export const NATURE_NAMES: Record<Nature, string> = { expected: '预期性', binding: '约束性' };
export const PLAN_STATE_NAMES: Record<PlanState, string> = {
  running: '执行中',
  ended: '已到期，待填报终期值',
  closed: '已关闭',
};
export const NOT_REPORTED = '未填报';
export const GROUPING_NAMES = { cadre: '应急管理干部', enterprise: '企业人员' } as const;
export const ROW_REFUSALS = {
  indicator_name_missing: '缺指标名称',
  indicator_target_missing: '缺目标值',
  nature_unknown: '属性应为“预期性”或“约束性”',
} as const;
/** The file of the empty table of indicators. */
export const INDICATOR_FORM_NAME = '规划指标表.xlsx';

export function rowRefusal(row: number, code: keyof typeof ROW_REFUSALS): string {
  return `第 ${row} 行${ROW_REFUSALS[code]}`;
}

/** Posts at a place itself, not below it. */
export const OWN_NAME = '本级';

/** How each rate is counted. There is no official formula, so each says that it is our own. */
export const DEFINITIONS = {
  headcount: '应训人数：统计时点在任、列入花名册的人数，同一人兼任多个岗位只计一次。本系统口径。',
  coverage:
    '覆盖率＝本年度至少有一项已确认培训（半天面授、线上小节、外部培训或证书）的人数÷应训人数，同一人只计一次；没有应训人员时显示“—”。本系统口径，尚无官方公式。',
  compliance:
    '达标率＝本年度各项天数（学时）要求都完成的人数÷（有要求的人数－经批准免训的人数）；没有要求的岗位（如灾害信息员）不计入。本系统口径，尚无官方公式。',
  exempt: '免训：对“原则上”的规则，经本局审批、且审批人不是申请人的人员。',
  change: '较上月：与上月末冻结数据相比的百分点；上月没有冻结数据或跨年时显示“—”。',
  own: '本级：岗位在本级单位、不在下级区划的人员。一人在两处兼职时，各处都计、合计只计一次。',
} as const;
