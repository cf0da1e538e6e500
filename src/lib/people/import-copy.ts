import { refuser } from '#lib/kernel/refused.ts';
import type { PlannedChange } from './roster-plan.ts';

export const refuseImport = refuser({
  import_not_found: [404, '没有找到这次导入，可能不在您的管辖范围内。'],
  import_forbidden: [403, '您不能为这个县导入花名册。花名册由县应急管理局导入，企业人员台账由本企业或县局导入。'],
  import_place_unknown: [400, '请选择花名册所属的县（市、区）。'],
  import_not_preview: [409, '这次导入已经提交或作废，请刷新页面查看。'],
  enterprise_not_yours: [403, (detail) => `表头上的企业是“${detail.found}”，不是您管理的“${detail.own}”。请核对文件。`],
  roster_not_enterprise: [403, '这是机关、乡镇或村级花名册，请由县应急管理局导入。'],
  enterprise_unnamed: [400, '没有在表头找到企业名称。请在表格上方写明“企业名称：……”后重新上传。'],
  roster_columns_lacking: [
    400,
    (detail) => `没有认出这些必需的列：${(detail.fields as string[]).join('、')}。请在下面指明它们是哪一列。`,
  ],
});

export const IMPORT_STATES = {
  reading: '正在读取',
  preview: '待确认',
  committing: '正在导入',
  done: '已导入',
  failed: '未能读取',
  discarded: '已作废',
} as const;

export const OUTCOME_NAMES = {
  create: '新增',
  update: '变更',
  unchanged: '无变化',
  confirm: '待确认改名',
  refused: '未通过',
} as const;

export const CHANGE_NAMES: Record<PlannedChange['what'], string> = {
  name: '姓名',
  phone: '手机号',
  unit: '单位',
  title: '职务',
  post_begun: '新增岗位',
  post_transferred: '调动',
  certificate: '证书',
};
