import { dayOf, instantText } from '#lib/kernel/day.ts';
import type { Table } from '#lib/server/sheets/write-table.ts';
import { KIND_WORDS, SEVERITY_WORDS, STATE_WORDS } from './copy.ts';
import { isOverdue } from './finding.ts';
import type { LedgerView } from './ledger.ts';
import type { LedgerRow } from './ledger.server.ts';

export const VIEW_WORDS: Record<LedgerView, string> = {
  unsettled: '未销号',
  overdue: '已逾期',
  submitted: '待核验',
  deficiency: '不足项（未销号）',
  settled: '已销号和不整改',
  all: '全部',
};

/** The clause a finding names: 4.1, or nothing. */
export function clauseText({ planKey, clauseNo }: Pick<LedgerRow, 'planKey' | 'clauseNo'>): string {
  return planKey === '' ? '' : `预案 ${clauseNo}`;
}

/** 问题整改台账 as a table for Excel. */
export function ledgerTable(rows: readonly LedgerRow[], now: Date): Table {
  const today = dayOf(now);
  return {
    title: '【演练】问题整改台账',
    columns: [
      { heading: '演练', kind: 'text', width: 24 },
      { heading: '问题', kind: 'text', width: 44 },
      { heading: '类别', kind: 'text', width: 8 },
      { heading: '程度', kind: 'text', width: 10 },
      { heading: '预案条款', kind: 'text', width: 12 },
      { heading: '责任地方', kind: 'text', width: 14 },
      { heading: '责任单位', kind: 'text', width: 18 },
      { heading: '责任人', kind: 'text', width: 14 },
      { heading: '整改期限', kind: 'day', width: 12 },
      { heading: '状态', kind: 'text', width: 10 },
      { heading: '整改措施', kind: 'text', width: 36 },
      { heading: '预案修订', kind: 'text', width: 16 },
      { heading: '复测结果', kind: 'text', width: 20 },
    ],
    rows: rows.map((row) => [
      row.drillTitle,
      row.text,
      KIND_WORDS[row.kind],
      SEVERITY_WORDS[row.severity],
      clauseText(row),
      row.placeName,
      row.unit,
      row.owner,
      row.dueOn,
      isOverdue(row, today) ? `${STATE_WORDS[row.state]}（逾期）` : STATE_WORDS[row.state],
      row.remedy || row.waiver,
      revisionText(row),
      row.retest,
    ]),
    frame: { right: `截至 ${instantText(now)}` },
  };
}

export function revisionText(
  row: Pick<LedgerRow, 'needsPlanRevision' | 'planVersionId' | 'revisionWaivedBy'>,
): string {
  if (!row.needsPlanRevision) return '不需要';
  if (row.planVersionId !== null) return '已修订';
  return row.revisionWaivedBy === null ? '待修订' : `${row.revisionWaivedBy}签批不修订`;
}
