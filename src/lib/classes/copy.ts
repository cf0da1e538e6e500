import { dayText } from '#lib/kernel/day.ts';
import { refuser } from '#lib/kernel/refused.ts';
import type { OutsideRowFault } from './outside-sheet.ts';
import type { OutsideState } from './outside-training.ts';
import type { AttendanceState, SignWay } from './sign-in.ts';
import type { Half } from './training-class.ts';
import type { ClassState } from './training-class.machine.ts';

export const CLASS_STATES: Record<ClassState, string> = {
  draft: '筹备中',
  open: '开班中',
  finished: '已结业',
  cancelled: '已取消',
};

export const HALF_NAMES: Record<Half, string> = { am: '上午', pm: '下午' };

export const ATTENDANCE_STATES: Record<AttendanceState, string> = {
  present: '已签',
  late: '迟到',
  leave: '请假',
  revoked: '已撤销',
};

export const SIGN_WAYS: Record<SignWay, string> = {
  qr: '扫码',
  digits: '六位数字',
  card: '学员卡',
  clerk: '经办人点名',
  sheet: '纸质签到表',
};

export const OUTSIDE_STATES: Record<OutsideState, string> = {
  entered: '待确认',
  confirmed: '已确认',
  refused: '未通过',
};

/** What is wrong with a row of a sheet, and what to do. */
export const OUTSIDE_ROW_FAULTS: Record<OutsideRowFault, string> = {
  name_missing: '姓名是空的，请补上。',
  id_missing: '身份证号是空的，请补上。',
  id_number_lost_digits: '身份证号被Excel存成了数字，末几位已经丢失。请把该列改为文本后重填。',
  id_length: '身份证号不是18位（或旧的15位），请核对。',
  id_checksum: '身份证号校验位不正确，请核对。',
  id_birth_date: '身份证号里的出生日期不存在或在今天之后，请核对。',
  days_invalid: '天数应为0.5的倍数，如0.5、1、2.5。',
  days_too_many: '天数超过了培训起止日期，请核对。',
  duplicate_row: '这个身份证号在本表前面已经出现过。',
  person_unknown: '花名册里没有这个身份证号，或者不在您的管辖范围内。请先导入花名册。',
  name_mismatch: '身份证号与花名册里的姓名不一致，请核对。',
};

const whenText = (detail: { [key: string]: unknown }) => String(detail.when ?? '');

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的角色不能做这件事。如确有需要，请联系本县应急管理局。'],
  class_days_backwards: [400, '结束日期不能早于开始日期。'],
  class_days_many: [400, '一个班最长60天，请核对起止日期；更长的请分期开班。'],
  class_state_wrong: [409, '培训班现在的状态不能这样做，请刷新页面后再看。'],
  class_without_sessions: [409, '还没有排半天课程，不能开班。请先在“日程”里排课。'],
  class_reason_missing: [400, '请写明理由，至少4个字。理由会记入操作记录。'],
  class_closed: [409, '培训班已结业或取消，不能再改。需要补录时请先“重新开班”。'],
  session_outside_class: [400, '日期不在培训班的起止日期之内。'],
  session_times_backwards: [400, '下课时间应晚于上课时间。'],
  session_window_backwards: [400, '签到截止时间应晚于签到开始时间。'],
  session_taken: [409, '这个半天已经排过课了。'],
  session_signed: [409, '这个半天已经有人签到，不能删除或改日期。'],
  sessions_none: [400, '所选日期里没有可排的半天。'],
  instructor_unknown: [400, '没有找到这个教员账号，或者账号没有教员角色。'],
  enrol_nobody: [400, '没有符合条件的人可报名。'],
  enrolment_signed: [409, '这名学员已有签到记录，不能取消报名。请先撤销签到。'],
  class_not_open: [409, '培训班没有开班，现在不能签到或登记。'],
  not_enrolled: [403, '您没有报名这个培训班，不能签到。请找现场经办人核对报名名单。'],
  person_missing: [403, '这个账号没有对应的学员，不能签到。请用学员账号登录。'],
  signed_already: [409, '已经签过到了，不用再签。'],
  sign_revoked: [409, '这次签到已被经办人撤销。如有疑问，请找现场经办人。'],
  sign_early: [
    409,
    (detail) => `还没到签到时间。${whenText(detail)}开始签到，到时请重新扫码，本次不计入错误次数。`,
  ],
  sign_over: [409, (detail) => `签到已于${whenText(detail)}截止。请找现场经办人登记。`],
  tries_used: [429, '签到码输错已满5次，请找现场经办人登记。'],
  device_taken: [
    409,
    '这部手机已经为另一名学员签过到，一部手机只能签一个人。请用自己的手机，或找现场经办人登记。',
  ],
  code_wrong: [400, (detail) => `签到码不对，还可以试${detail.left}次。数字每15秒更换，请看清大屏幕再输。`],
  code_stale: [409, '二维码已经过期（每15秒更换一次）。请对着大屏幕重新扫码，本次不计入错误次数。'],
  code_missing: [400, '请扫大屏幕上的二维码，或输入旁边的六位数字。'],
  session_ahead: [
    409,
    (detail) => `这个半天还没到签到时间（${whenText(detail)}），不能提前登记到场；请假可以提前登记。`,
  ],
  revoke_reason_missing: [400, '请写明撤销理由，至少4个字。撤销后相应学时会一并冲回。'],
  attendance_revoked: [409, '这条签到已经撤销，或者本来就没有到场。'],
  card_unknown: [400, '没有认出这张学员卡。请确认扫的是卡上的二维码，或改为点名。'],
  card_withdrawn: [409, '这张学员卡已作废，请让本人出示新卡，或改为点名。'],
  days_backwards: [400, '结束日期不能早于开始日期。'],
  days_ahead: [400, '培训还没有结束，不能登记。请结束后再登记。'],
  half_days_none: [400, '天数应为0.5的倍数，至少半天。'],
  half_days_many: [400, '天数超过了起止日期之间的天数，请核对。'],
  outside_decided: [409, '这次外部培训已经处理过了，不能再改。'],
  outside_own: [403, '登记人不能确认自己登记的培训，请另一位同志确认。'],
  outside_of_another: [
    403,
    '名单和证明材料由登记人修改。您发现有误时请选“不通过”并写明理由，由登记人改后重新登记。',
  ],
  outside_empty: [409, '名单是空的，请先添加参训人员。'],
  outside_sheet_missing: [409, '还没有上传签到表或结业证明的扫描件（照片也可以），不能确认。'],
  outside_reason_missing: [400, '请写明不通过的理由，至少4个字，登记人会看到。'],
  outside_changed: [409, '名单刚刚被改过，请刷新核对后再确认。'],
  outside_person_unknown: [400, '没有找到这名人员，或者不在您的管辖范围内。'],
  sheet_headings_missing: [400, '表里没有找到“姓名”和“身份证号”两列，请用本页的空表填写后再上传。'],
});

/** How training elsewhere stands in the ledger: what, and by whom. */
export function outsideTitle(training: { title: string; organizer: string }): string {
  return `${training.title}（${training.organizer}）`;
}

/** The empty form for the people of an outside training. */
export const OUTSIDE_FORM = {
  title: '外部培训参训人员',
  notes: ['天数填0.5的倍数，空着表示参加了全程。身份证号一列请保持文本格式。'],
  fileName: '外部培训参训人员（空表）.xlsx',
} as const;

/** What a command of the office has done, for the line above the page. */
export const CLASS_DONE = {
  changed: '培训班信息已保存',
  moved: '培训班状态已更新',
  sessions: '课程日程已保存',
  session_removed: '这个半天已删除',
  instructors: '教员名单已更新',
  enrolled: '报名已完成',
  withdrawn: '已取消报名',
  ticked: '登记已保存',
  revoked: '签到已撤销，学时已冲回',
  checked: '抽查结果已记录',
  sheet: '签到表扫描件已上传',
  saved: '已保存',
  people: '名单已更新',
  decided: '处理结果已保存',
} as const;

type SheetSession = { heldOn: string; half: Half; topic: string };

/** The file name of a session's sheet. */
export function signSheetName(of: { title: string }, session: SheetSession): string {
  return `${of.title}签到表（${session.heldOn}${HALF_NAMES[session.half]}）.pdf`;
}

/** The sheet for wet signatures of a session, for its template. */
export function signSheetValue(sheet: {
  of: { title: string; organizer: string; place: string };
  session: SheetSession;
  people: readonly { name: string; unit: string }[];
}): Record<string, unknown> {
  const { of, session, people } = sheet;
  return {
    title: `${of.title}签到表`,
    facts: [
      ['主办单位', of.organizer],
      ['时间', `${dayText(session.heldOn)}${HALF_NAMES[session.half]}`],
      ['地点', of.place],
      ['内容', session.topic === '' ? '—' : session.topic],
      ['应到人数', `${people.length}人`],
      ['实到人数', '　　　　人'],
    ],
    columns: [
      { heading: '序号', width: 12, align: 'center' },
      { heading: '姓名', width: 26, align: 'left' },
      { heading: '单位', width: null, align: 'left' },
      { heading: '本人签字', width: 38, align: 'left' },
      { heading: '备注', width: 24, align: 'left' },
    ],
    rows: people.map(({ name, unit }, index) => [String(index + 1), name, unit, '', '']),
    blankRows: 4,
    foot: ['经办人（签字）：', '日期：　　　　年　　月　　日'],
  };
}
