import { refuser } from '#lib/kernel/refused.ts';
import type { RosterCode, RosterFault, RosterField, RosterNoteCode } from './roster.ts';

/** Names of the fields, as the templates print them. */
export const ROSTER_FIELD_NAMES: Readonly<Record<RosterField, string>> = {
  name: '姓名',
  sex: '性别',
  id: '身份证号',
  unit: '单位',
  title: '职务',
  category: '人员类别',
  township: '所属乡镇',
  village: '村（社区）',
  phone: '手机号',
  operation: '操作项目',
  hiredOn: '入职日期',
  certificate: '持证编号',
  validUntil: '证书有效期',
  trainingHours: '三级教育学时',
  remark: '备注',
};

const RETYPE_ID = '请按身份证重新填写';

type Sentence = (fault: RosterFault) => string;

/** What is wrong and what to do, without row and column. */
const FAULT_SENTENCES: Readonly<Record<RosterCode, Sentence>> = {
  name_missing: () => '没有填写，请填写姓名',
  id_missing: () => '没有填写，请填写18位身份证号',
  id_number_lost_digits: ({ shown }) =>
    `“${shown}”被存成了数字，后几位已经丢失，无法找回，请把单元格格式设为“文本”后按身份证重新填写`,
  id_length: ({ shown }) => `“${shown}”不是15位或18位，${RETYPE_ID}`,
  id_checksum: ({ shown }) => `“${shown}”的校验码不对，至少有一位写错了，${RETYPE_ID}`,
  id_birth_date: ({ shown }) => `“${shown}”里的出生日期不存在或者晚于填报日期，${RETYPE_ID}`,
  sex_mismatch: ({ shown, hint }) => `“${shown}”与身份证号不符，身份证号第17位表示${hint ?? ''}，请核对两处`,
  duplicate_row: ({ other }) => `与第${rowsText(other)}行是同一人、同一岗位，已按前一行导入，本行可以删去`,
  id_name_conflict: ({ shown, other }) =>
    `“${shown}”在第${rowsText(other)}行是另一个姓名，两处都没有导入，请核对后改正写错的一处`,
  category_unknown: ({ shown }) =>
    shown.trim() === ''
      ? '没有填写，请填写规定的人员类别'
      : `“${shown}”不在规定的类别里，请改为规定的类别，或者请主管单位登记这个叫法`,
  township_missing: ({ hint }) => `没有填写，乡镇和村级人员必须填写${hint ? `，是不是“${hint}”？` : ''}`,
  township_unknown: ({ shown, hint }) =>
    `“${shown}”不是本县的乡镇${hint ? `，是不是“${hint}”？` : ''}请改为标准名称`,
  phone_invalid: ({ shown }) => `“${shown}”不是以1开头的11位手机号，请改正，没有的可以不填`,
  operation_missing: () => '没有填写，特种作业人员必须填写操作项目',
  operation_unknown: ({ shown }) => `“${shown}”不在特种作业目录里，请改为目录中的操作项目`,
  cert_number_mismatch: ({ shown }) => `“${shown}”里的身份证号与本人不一致，请按操作证重新填写`,
  date_invalid: ({ shown }) => `“${shown}”不是存在的日期，请改为2026-03-01这样的日期`,
  date_incomplete: ({ shown }) => `“${shown}”缺少日，或者分不清是1月还是10月，请改为2026-03-01这样的日期`,
  date_ambiguous: ({ shown }) => `“${shown}”分不清月和日，请改为2026-03-01这样的日期`,
  date_in_future: ({ shown }) => `“${shown}”晚于填报日期，请核对`,
};

function rowsText(rows: readonly number[] = []): string {
  return rows.length > 5 ? `${rows.slice(0, 5).join('、')}等` : rows.join('、');
}

/** 第35行“身份证号”：… One sentence for each fault, the main one first. */
export function rowMessage(
  row: number,
  faults: readonly RosterFault[],
  placeOf: (field: RosterField) => { heading: string; letters: string },
): string {
  const sentences = faults.map((fault) => {
    const { heading, letters } = placeOf(fault.field);
    const sentence = FAULT_SENTENCES[fault.code](fault);
    return `${letters}“${heading}”：${sentence}${sentence.endsWith('？') ? '' : '。'}`;
  });
  return `第${row}行${sentences.join('')}`;
}

/** 第4列（D）: where a column stands. */
export function columnText(letters: string): string {
  return letters === '' ? '' : `${letters}列`;
}

/** What a note says about a row that is taken. */
export const ROSTER_NOTE_NAMES: Readonly<Record<RosterNoteCode, string>> = {
  name_spaces_removed: '姓名里的空格已去掉',
  name_with_dot: '姓名含间隔号，原样保留',
  name_dot_normalised: '姓名里的点已统一为“·”',
  rare_character: '姓名里有生僻字，原样保留',
  same_name_other_person: '与另一行同名，是两个人',
  id_upper_cased: '身份证号末位的x已改为X',
  id_cleaned: '身份证号里的空格等已去掉',
  id_15_to_18: '15位旧号码已换算为18位',
  sex_from_id: '性别没有填写，已由身份证号得出',
  sex_cleaned: '性别里的空格已去掉',
  category_cleaned: '人员类别里的空格、全角字符已整理',
  township_name_matched: '乡镇名称已统一为标准名称',
  township_from_unit: '没有乡镇一列，已由单位得出',
  county_level: '按县级人员导入，不属于乡镇',
  phone_cleaned: '手机号里的空格、横线等已去掉',
  phone_missing: '没有手机号',
  phone_shared: '与另一人共用手机号',
  second_post: '同一人的第二个岗位',
  second_certificate: '同一人的第二本证',
  validity_span: '有效期是一段时间，已取截止日期',
  cert_expired: '证书在填报日期已经过期',
  cert_expiring: '证书在填报日期起90天内到期',
  cert_missing: '特种作业人员没有证书',
  cert_number_without_T: '证书编号前已补上T',
  cert_number_cleaned: '证书编号已整理',
  operation_name_matched: '操作项目已统一为目录名称',
};

/** Refuses a file in which no roster is found: `roster_not_found`, or the sheet asked for is not there. */
export const refuseRoster = refuser<'roster_not_found' | 'roster_sheet_unknown'>({
  roster_not_found: [
    400,
    '没有找到人员名单：表头里至少要有“姓名”“身份证号”两列。请检查是否选错了文件，或者名单是否在隐藏的工作表里。',
  ],
  roster_sheet_unknown: [400, ({ sheet }) => `文件里没有工作表“${sheet}”，请重新选择。`],
});
