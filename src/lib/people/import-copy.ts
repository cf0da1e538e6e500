import { refuser } from '#lib/kernel/refused.ts';
import type { ImportTab } from '#lib/kernel/sheet-import.ts';
import { ROSTER_FIELD_NAMES } from './roster-copy.ts';
import type { PlannedChange } from './roster-plan.ts';

export const refuseImport = refuser({
  import_forbidden: [
    403,
    '您不能为这个县导入花名册。花名册由县应急管理局导入，企业人员台账由本企业或县局导入。',
  ],
  import_place_unknown: [400, '请选择花名册所属的县（市、区）。'],
  enterprise_not_yours: [
    403,
    (detail) => `表头上的企业是“${detail.found}”，不是您管理的“${detail.own}”。请核对文件。`,
  ],
  roster_not_enterprise: [403, '这是机关、乡镇或村级花名册，请由县应急管理局导入。'],
  rename_gone: [409, '这里已经没有等待确认的改名，请刷新页面查看。'],
  enterprise_unnamed: [400, '没有在表头找到企业名称。请在表格上方写明“企业名称：……”后重新上传。'],
  roster_columns_lacking: [
    400,
    ({ fields }) =>
      `没有认出这些必需的列：${(fields as string[]).join('、')}。请在下面指明它们是哪一列。` +
      // The one field that may be said of the whole file.
      ((fields as string[]).includes(ROSTER_FIELD_NAMES.category)
        ? '全是同一类人的，也可以选“整份文件的人员类别”。'
        : ''),
  ],
});

export const CHANGE_NAMES: Record<PlannedChange['what'], string> = {
  name: '姓名',
  phone: '手机号',
  unit: '单位',
  title: '职务',
  post_begun: '新增岗位',
  post_transferred: '调动',
  certificate: '证书',
};

/** The outcomes of a roster's rows in the order they need attention, and what each means. */
export const ROSTER_OUTCOMES = [
  { tab: 'refused', definition: '整行不收，下载退回表可看到每行的原因。' },
  { tab: 'confirm', definition: '身份证号已在册，但姓名不同。逐行确认后才会改名。' },
  { tab: 'create', label: '新增岗位', definition: '本系统里还没有的人或岗位。' },
  { tab: 'update', definition: '已在册的人，手机号、职务、单位或任职地有变化。' },
  { tab: 'unchanged', definition: '与在册内容一致，不会改动。' },
] satisfies { tab: ImportTab; label?: string; definition: string }[];
