import type { Role } from '#lib/kernel/actor.ts';
import { dayOf, instantText } from '#lib/kernel/day.ts';
import type { Table } from '#lib/server/sheets/write-table.ts';
import { ROLE_NAMES } from './copy.ts';
import type { ShownEvent } from './event-view.ts';

/** Rows in one workbook; more are asked for in parts, by day or by kind. */
export const SHEET_ROWS_MAX = 20_000;

/** Why a list cannot be exported whole; none when it can. */
export function reasonsNotToExport(total: number): string[] {
  return total > SHEET_ROWS_MAX
    ? [`一次最多导出 ${SHEET_ROWS_MAX / 10_000} 万条，请先筛选，再分几次导出。`]
    : [];
}

/** Who exports, and when. */
type Head = { by: string; at: Date };

const frameOf = ({ by, at }: Head, notes: string[] = []) => ({
  left: `导出人：${by}`,
  right: `导出时间：${instantText(at)}`,
  notes,
});

/** The record of what happened as a sheet, in the words of the page. */
export function eventsTable(head: Head, events: readonly ShownEvent[]): Table {
  return {
    title: '操作记录',
    columns: [
      { heading: '时间', kind: 'code' },
      { heading: '操作', kind: 'text' },
      { heading: '操作人', kind: 'text' },
      { heading: '对象', kind: 'text' },
      { heading: '内容', kind: 'text', width: 60 },
      { heading: '校验码（前10位）', kind: 'code' },
    ],
    rows: events.map((event) => [
      instantText(event.at),
      event.name,
      event.actor,
      event.about.text,
      event.details.map(({ term, text }) => `${term}：${text}`).join('；'),
      event.hash,
    ]),
    frame: frameOf(head, ['身份证号等只显示脱敏后的内容。每条记录与前一条用校验码相连，可在系统中核验。']),
  };
}

export type ListedAccount = {
  loginName: string;
  name: string;
  disabledAt: Date | null;
  hasPassword: boolean;
  createdAt: Date;
  grants: readonly { role: Role; place: string; organization: string }[];
};

const stateOf = (account: ListedAccount) =>
  account.disabledAt ? '已停用' : account.hasPassword ? '可用' : '只用学员卡';

/** Accounts as a sheet: who may do what where; no passwords, no cards. */
export function accountsTable(head: Head, accounts: readonly ListedAccount[]): Table {
  return {
    title: '账号清单',
    columns: [
      { heading: '账号', kind: 'code' },
      { heading: '使用人', kind: 'text' },
      { heading: '角色与管辖范围', kind: 'text', width: 48 },
      { heading: '状态', kind: 'text' },
      { heading: '建立日期', kind: 'day' },
      { heading: '停用日期', kind: 'day' },
    ],
    rows: accounts.map((account) => [
      account.loginName,
      account.name,
      account.grants
        .map(({ role, place, organization }) => `${ROLE_NAMES[role]}（${organization || place}）`)
        .join('；'),
      stateOf(account),
      dayOf(account.createdAt),
      account.disabledAt ? dayOf(account.disabledAt) : null,
    ]),
    frame: frameOf(head),
  };
}
