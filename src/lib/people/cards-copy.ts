import { refuser } from '#lib/kernel/refused.ts';
import { CARDS_MAX, type CardState } from './card.ts';

export const CARD_STATE_NAMES: Record<CardState, string> = {
  none: '未打印',
  unused: '已打印未使用',
  used: '已使用',
  locked: '已锁定',
};

/** What the state asks of the officer. */
export const CARD_STATE_HINTS: Record<CardState, string> = {
  none: '还没有学员卡',
  unused: '卡已发出，本人还没有登录',
  used: '本人已登录，密码已失效；要重新登录请再打一张',
  locked: '密码输错5次，要重新打印',
};

/** Why nothing was printed, for the page one is led back to. */
export const PRINT_FAULTS: Record<string, string> = {
  cards_none: '还没有选人。请先在名单里勾选要打印的人。',
  cards_too_many: `一次最多打印${CARDS_MAX}张，请分几次打印。`,
  card_account_disabled: '选中的人里有账号已停用的，没有打印。请先联系系统管理员，或者取消勾选后再打印。',
};

export const SHEET_NAME = '学员卡';

/** The telephone line at the foot of a card, from the officer who prints it. */
export function helpLine(officer: { name: string; phone: string } | null): string {
  return officer && officer.phone !== ''
    ? `不会用请打：${officer.name} ${officer.phone}`
    : '不会用请找乡镇应急办';
}

export const refuse = refuser({
  not_for_role: [403, '只有乡镇应急办和应急管理局可以打印学员卡。'],
  not_found: [404, '没有找到这项内容，可能已被移走，或者不在您的管辖范围内。'],
  cards_none: [400, '还没有选人。请先在名单里勾选要打印的人。'],
  cards_too_many: [400, (detail) => `一次最多打印${CARDS_MAX}张，您选了${detail.count}人。请分几次打印。`],
  card_account_disabled: [
    409,
    (detail) => `${detail.names}的账号已停用，不能打印学员卡。请先联系系统管理员。`,
  ],
});
