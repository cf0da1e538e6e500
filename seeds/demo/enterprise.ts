import { addDays, type Day } from '#lib/kernel/day.ts';
import { tableWorkbook, type TableCell, type TableColumn } from '#lib/server/sheets/write-table.ts';
import { identities } from './names.ts';
import type { Chance } from './random.ts';

const COLUMNS: TableColumn[] = [
  { heading: '序号', kind: 'integer' },
  { heading: '姓名', kind: 'text' },
  { heading: '性别', kind: 'text' },
  { heading: '身份证号', kind: 'code' },
  { heading: '人员类别', kind: 'text' },
  { heading: '部门/车间', kind: 'text' },
  { heading: '岗位', kind: 'text' },
  { heading: '操作项目', kind: 'text' },
  { heading: '持证编号', kind: 'code' },
  { heading: '证书有效期', kind: 'text' },
  { heading: '入职日期', kind: 'text' },
  { heading: '手机号', kind: 'code' },
];

const WORKERS: { category: string; shop: string; title: string; operation: string; count: number }[] = [
  { category: '主要负责人', shop: '公司', title: '总经理', operation: '', count: 1 },
  { category: '安全生产管理人员', shop: '安全环保部', title: '安全员', operation: '', count: 3 },
  { category: '特种作业人员', shop: '维修车间', title: '电工', operation: '低压电工作业', count: 6 },
  { category: '特种作业人员', shop: '结构车间', title: '焊工', operation: '熔化焊接与热切割作业', count: 8 },
  { category: '特种作业人员', shop: '安装队', title: '登高工', operation: '登高架设作业', count: 3 },
  { category: '新上岗人员', shop: '装配车间', title: '装配工', operation: '', count: 9 },
];

/** An invented works with its staff, as its safety manager would send it. */
export function enterpriseWorkbook(
  chance: Chance,
  county: string,
  { reportedOn, today }: { reportedOn: Day; today: Day },
): Promise<Uint8Array> {
  const identity = identities(chance);
  const rows: TableCell[][] = [];
  for (const { category, shop, title, operation, count } of WORKERS)
    for (let index = 0; index < count; index += 1) {
      const { name, sex, idNumber, phone } = identity({ from: 22, to: 54 }, Number(reportedOn.slice(0, 4)));
      const certified = operation !== '' && !(operation.startsWith('登高') && index === 0);
      // Seen from today most expire in years, one soon, one has expired: what the list of due certificates is for.
      const days = index === 0 ? 40 : index === 1 ? -25 : 300 + chance.below(1500);
      const certificate = certified ? `T${idNumber}` : '';
      const validUntil = certified ? addDays(today, days) : '';
      const hiredOn = addDays(reportedOn, category === '新上岗人员' ? -chance.below(60) : -400 - chance.below(3000));
      const cells = [name, sex, idNumber, category, shop, title, operation, certificate, validUntil, hiredOn, phone];
      rows.push([rows.length + 1, ...cells]);
    }
  const frame = { left: '企业名称：豫东示范机械有限公司', right: `填报日期：${reportedOn}`, sheetName: '人员台账' };
  return tableWorkbook(`${county}企业安全培训人员台账`, COLUMNS, rows, frame);
}
