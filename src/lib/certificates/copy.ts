import { refuser } from '#lib/kernel/refused.ts';
import type {
  CertificateState,
  IssueReason,
  RegisteredState,
  ReplacementCause,
  ReviewGround,
} from './certificate.ts';

export const STATE_NAMES: Record<CertificateState, string> = {
  valid: '有效',
  revoked: '已撤销',
  expired: '已过期',
};

export const REGISTERED_STATE_NAMES: Record<RegisteredState, string> = {
  valid: '有效',
  expiring: '即将到期',
  expired: '已过期',
  undated: '未载明有效期',
};

/** Why somebody of a class has no certificate yet, and what to do. */
export const ISSUE_REASONS: Record<IssueReason, string> = {
  class_not_held: '培训班还没有开班，或者已取消',
  not_enrolled: '已退出培训班',
  sessions_missing: '培训班没有安排课时',
  half_days_missing: '没有全部到课（请假不算到课）',
  exam_missing: '培训班没有发布考试',
  exam_not_passed: '考试还没有合格',
};

/** Why a certificate is to be looked at again. */
export const REVIEW_GROUNDS: Record<ReviewGround, string> = {
  half_days_lost: '签到更正后，到课半天数不够',
  pass_lost: '没有合格的考试成绩了',
  issued_twice: '两份档案合并后，同一培训班有两本证书',
};

export const REVIEW_OUTCOMES = {
  upheld: '维持',
  revoked: '撤销',
  lapsed: '依据已补齐，不再需要复核',
} as const;

export const REPLACEMENT_CAUSE_NAMES: Record<ReplacementCause, string> = {
  lost: '遗失',
  damaged: '损毁',
  corrected: '信息更正',
};

/** 夏邑县 → 夏邑应急训; other levels keep their whole name, so that 安阳县 and 安阳市 differ. */
export function numberPrefix(divisionName: string, letter: string): string {
  const short =
    divisionName.length > 2 && divisionName.endsWith('县') ? divisionName.slice(0, -1) : divisionName;
  return `${short}应急${letter}`;
}

/** 夏邑应急训〔2026〕第0001号 */
export function numberText(prefix: string, year: number, ordinal: number): string {
  return `${prefix}〔${year}〕第${String(ordinal).padStart(4, '0')}号`;
}

/** Name of the authority of a division, as the seal says it. */
export function authorityName(division: { name: string; level: string }): string {
  return `${division.name}${division.level === 'province' ? '应急管理厅' : '应急管理局'}`;
}

export const refuse = refuser({
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  forbidden: [403, '只有发证的应急管理局可以维持、撤销或补发证书。'],
  not_for_role: [403, '您的角色不能查看证书管理页面。如确有需要，请联系本县应急管理局的系统管理员。'],
  certificate_unknown: [
    404,
    '没有查到与所填内容相符的证书。请核对证书编号和姓名；如确认无误，请向发证机关查询。',
  ],
  too_often: [429, '查询太频繁，请过一分钟再试。'],
  certificate_revoked_already: [409, '这本证书已经撤销，不需要再次撤销。'],
  certificate_revoked_paper: [409, '这本证书已撤销，不能再下载或打印。'],
  reason_short: [400, '请写明撤销理由，至少4个字。理由会记入操作记录。'],
  review_none: [409, '这本证书没有待复核的事项，可能已由他人处理，请刷新查看。'],
  uphold_reason_short: [400, '请写明维持的理由，至少4个字。理由会记入操作记录。'],
  replacement_revoked: [409, '这本证书已撤销，不能补发。'],
  replacement_in_review: [409, '这本证书正在待复核，请先决定维持或撤销，再办理补发。'],
  replacement_nothing: [
    409,
    '人员档案里的姓名、性别和身份证号与证书上一致，没有可更正的内容。请先更正人员档案，再来补发。',
  ],
  no_certificate_kind: [409, '这个培训班没有设置发证，请先在培训班里选择证书种类。'],
  no_certificates: [409, '这个培训班还没有可打印的证书。'],
});

export type CertificateRefusal = Parameters<typeof refuse>[0];
