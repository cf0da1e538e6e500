import type { Role } from '#lib/kernel/actor.ts';
import { refuser } from '#lib/kernel/refused.ts';

export const ROLE_NAMES: Record<Role, string> = {
  administrator: '系统管理员',
  bureau: '应急管理局（培训主管）',
  township_officer: '乡镇应急办',
  instructor: '教员',
  exam_officer: '考务员',
  invigilator: '监考员',
  drill_director: '导调员',
  evaluator: '评估员',
  enterprise_manager: '企业安全培训管理员',
  trainee: '学员',
};

/** What roles do, for the page where they are given. */
export const ROLE_DUTIES: Record<Role, string> = {
  administrator: '管理账号和设置，不看业务数据',
  bureau: '管辖区域内的花名册、课程、培训班、考试、证书和覆盖率',
  township_officer: '查看本乡镇人员，代报名、登记外部培训、打印学员卡',
  instructor: '自己任教的培训班：签到、名单',
  exam_officer: '题库、考试和成绩',
  invigilator: '自己监考的场次',
  drill_director: '编写演练脚本、组织和导调演练',
  evaluator: '评估分到席位的演练',
  enterprise_manager: '本企业人员的培训档案',
  trainee: '学习、签到、考试、查看自己的档案',
};

export const LEVEL_NAMES = {
  province: '省',
  city: '市',
  county: '县（市、区）',
  township: '乡镇（街道）',
  village: '村（社区）',
} as const;

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '您的角色不能做这件事。如确有需要，请联系本县应急管理局的系统管理员。'],
  login_wrong: [400, '账号或密码不正确。请检查后重试；忘记密码请联系本乡镇应急办或系统管理员重置。'],
  login_blocked: [429, (detail) => `输错次数太多，请在 ${detail.until} 之后再试，或请管理员重置密码。`],
  account_disabled: [403, '这个账号已停用，请联系系统管理员。'],
  phone_shared: [400, '这个手机号登记在多人名下，不能用来登录。请改用身份证号或账号登录。'],
  card_dead: [400, '这张学员卡已经用过、已作废或输错超过5次。请到本乡镇应急办重新打印。'],
  password_short: [400, '密码至少8位。'],
  password_long: [400, '密码太长，请控制在200个字符以内。'],
  password_like_name: [400, '密码不能包含账号、姓名拼音或手机号。'],
  password_simple: [400, '密码太简单，请换一个不容易猜到的。'],
  password_repeat: [400, '两次输入的新密码不一致。'],
  password_current_wrong: [400, '现在的密码不正确。'],
  login_name_bad: [400, '账号应为3–32位小写字母、数字、点、短横线，以字母开头。'],
  login_name_taken: [409, (detail) => `账号“${detail.loginName}”已被使用，请换一个。`],
  role_unknown: [400, '没有这种角色。'],
  role_held: [409, '这个账号在这里已经有这个角色。'],
  organization_missing: [400, '企业安全培训管理员要选所管的企业。企业由导入企业人员台账建立。'],
  organization_unknown: [400, '没有找到所选的企业，或者它不在所选的区划。'],
  organization_not_for_role: [400, '只有企业安全培训管理员需要选企业，请改选“不限于一家企业”。'],
  division_unknown: [400, '没有找到所选的区划。'],
  division_name_taken: [409, (detail) => `“${detail.parent}”下已经有“${detail.name}”。`],
  division_name_bad: [400, '区划名称应为2–30个字。'],
  export_too_many: [409, '一次最多导出2万条，请先筛选，再分几次导出。'],
  reason_missing: [400, '请写明理由，至少4个字。理由会记入操作记录。'],
  setup_done: [409, '系统已经完成初始设置。'],
  setup_code_wrong: [400, '设置码不正确。请查看服务器启动时日志里打印的设置码。'],
  merge_same: [400, '选中的是同一个人，不需要合并。'],
  merge_strangers: [
    409,
    '两条记录的姓名和出生日期都不相同，不是同一个人，不能合并。如果其中一条写错了，请先更正。',
  ],
  merge_merged: [409, '其中一条记录已经合并过，请刷新后重试。'],
  post_ended: [409, '这个岗位已经结束。'],
  post_exists: [409, '这个人已经在任同一岗位。'],
  day_before_post: [400, (detail) => `这个岗位从${detail.heldFrom}开始，日期不能早于它。`],
  day_bad: [400, '日期不正确，请按 2026-03-05 的格式填写。'],
  category_unknown: [400, '没有这种岗位类别。'],
});

/** What was done to an account, on its page afterwards. */
export const ACCOUNT_DONE = {
  granted: '已授予角色。',
  withdrawn: '已收回角色。',
  reset: '已重置密码，请告诉使用人；原来的登录都已退出。',
  disabled: '已停用，不能再登录。',
  enabled: '已恢复使用。',
} as const;
