import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';
import type { HolderPart, SealedState } from './sealed-drill.ts';

const SENTENCES = {
  not_found: [404, '没有找到，或者您没有打开它的权限。'],
  forbidden: [403, '您的账号没有这项权限。'],
  script_unreadable: [400, '脚本文件读不懂，请用本系统导出的文件。'],
  script_has_faults: [409, ({ count }) => `脚本还有 ${count} 处必须修改，改完才能密封。`],
  sealed_full: [409, '密封槽已经用完，请先结束或销毁一场密封演练。'],
  sealed_too_large: [409, '脚本和审批件太大，放不进密封槽。请换一张小一些的扫描件。'],
  sealed_holders_full: [409, ({ most }) => `知情人最多 ${most} 人，请先移出一人。`],
  sealed_not_director: [403, '只有这场演练的总策划可以改。'],
  sealed_not_preparing: [409, '已经审批，不能再改这一项。'],
  sealed_not_approved: [409, '还没有审批，审批以后才能抽取。'],
  sealed_drawn: [409, '已经抽取过，不能重抽。'],
  sealed_no_director_seat: [409, '总导调席还没有人，请先安排席位。'],
  sealed_role_empty: [409, ({ roles }) => `还有参演角色没有人：${roles}。`],
  sealed_window_over: [409, '时间段里已经没有可以开始的时刻，请改时间段。'],
  sealed_unsigned: [409, ({ names }) => `还有人没有签保密承诺书：${names}。`],
  sealed_no_commitment: [409, '今天的抽取承诺还没有生成，请稍等一分钟再试。'],
  sealed_started: [409, '演练已经开始，请在演练页面上操作。'],
  sealed_not_over: [409, '演练还没有结束，不能解封。'],
  sealed_cancelled: [409, '这场演练已经取消。'],
  sealed_not_cancelled: [409, '只有取消的演练可以销毁。'],
  sealed_unsigned_self: [403, '请先签保密承诺书，再查看内容。'],
  sealed_signed: [409, '保密承诺书已经签过。'],
  sealed_holder_known: [409, '这个账号已经在知情人名单里。'],
  sealed_holder_needed: [409, '总策划不能移出。'],
  sealed_approver_plays: [409, '审批人不能参演。'],
  sealed_approver_is_director: [409, '审批人不能是策划这场演练的人。'],
  sealed_not_approver: [403, '您不是这场演练的审批人。'],
  sealed_scan_unreadable: [400, '扫描件请用 JPG 或 PNG 图片。'],
  seat_together: [409, '同一个人不能既参演又导调或评估。'],
  seat_unknown: [409, '没有这个账号，请核对登录名。'],
  role_unknown: [409, '脚本里没有这个角色。'],
} as const satisfies Record<string, RefusalSentence>;

export type SealedRefusal = keyof typeof SENTENCES;
export const refuseSealed = refuser<SealedRefusal>(SENTENCES);

export const PART_WORDS: Record<HolderPart, string> = {
  director: '总策划',
  trusted: '知情人',
  approver: '审批人',
  evaluator: '评估员',
  host: '现场接应',
};

export const SEALED_STATE_WORDS: Record<SealedState, string> = {
  preparing: '准备中',
  approved: '已审批',
  waiting: '待开始',
  running: '已开始',
  cancelled: '已取消',
};

/** What was just done. */
export const DONE_WORDS = {
  signed: '保密承诺书已签。',
  approved: '已审批通过。',
  drawn: '已抽取。',
  cancelled: '已取消，不会开始。',
  evaluating: '已进入评估，评估员可以继续填写评估表。',
} as const;

/** What was opened, by the word the access record keeps. */
export const ACCESS_WORDS: Record<string, string> = {
  whole: '查看全部内容',
  part: '查看可知内容',
  undertaking: '打开保密承诺书',
  scan: '查看审批件',
};

/** What happened to a sealed drill, by the kind of its event. */
export const SEALED_EVENT_WORDS: Record<string, string> = {
  created: '建立密封演练',
  window_set: '修改时间段和抽取范围',
  holder_added: '加入知情人',
  holder_removed: '移出知情人',
  undertaking_signed: '签保密承诺书',
  approved: '审批通过',
  approved_on_paper: '登记纸质审批',
  drawn: '抽取',
  seated: '安排席位',
  unseated: '撤销席位',
  cancelled: '取消演练',
  opened_run: '到点开始',
  stage_moved: '演练进入下一阶段',
  unsealed: '解封',
};

/** 保密承诺书: what somebody signs before being told. */
export const UNDERTAKING = [
  '不向任何人透露演练的存在、时间、地点、单位、情景和考核内容，包括本单位领导和参演人员。',
  '不以提醒、暗示、提前集结、检查装备等方式使参演单位有所准备。',
  '不在系统以外保存、转发演练材料；纸质材料用后交回。',
  '发现泄密或者遇到真实险情，立即报告总策划。',
  '本人知道：系统记录每一次打开密封内容的人和时间，名单和记录写入演练报告。',
] as const;
