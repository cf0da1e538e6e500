import { instantText } from '#lib/kernel/day.ts';
import { CONTENT_WORDS, FORM_WORDS } from '../copy.ts';
import type { Table } from '#lib/server/sheets/write-table.ts';
import {
  DEFINITIONS,
  DUTY_STATE_NAMES,
  needName,
  OWN_NAME,
  PERIOD_NAMES,
  PLAN_KIND_NAMES,
  UNIT_CLASS_NAMES,
  windowName,
} from './copy.ts';
import { doneOf, missingOf } from './duty.ts';
import type { Figures } from './figure.ts';
import type { PlannedRow, Quotas, UnitRow } from './quotas.server.ts';

const ratio = ({ done, required }: Figures) => (required === 0 ? null : done / required);

const FIGURE_COLUMNS = [
  { heading: '应办单位', kind: 'integer' },
  { heading: '全部完成', kind: 'integer' },
  { heading: '应办场次', kind: 'integer' },
  { heading: '已完成', kind: 'integer' },
  { heading: '其中线下', kind: 'integer' },
  { heading: '完成率', kind: 'rate' },
  { heading: '逾期单位', kind: 'integer' },
  { heading: '未整改问题', kind: 'integer' },
] as const;

function figureCells(figures: Figures) {
  const { units, met, required, done, paper, overdue, openFindings } = figures;
  return [units, met, required, done, paper, ratio(figures), overdue, openFindings];
}

type Frame = { left: string; right: string; notes: string[] };

/** The figures, the units behind them and the year's plan: a sheet each. */
export function quotaTables(
  quotas: Quotas,
  units: readonly UnitRow[],
  planned: readonly (PlannedRow & { unit: string })[],
): Table[] {
  const { place, year, at } = quotas;
  const frame = {
    ...{ left: `填报单位：${place.name}`, right: `统计时间：${instantText(at)}` },
    notes: [DEFINITIONS.rate, DEFINITIONS.paper, DEFINITIONS.findings],
  };
  const rows = [
    ...(quotas.own === null ? [] : [{ name: OWN_NAME, figures: quotas.own }]),
    ...quotas.children.map((child) => ({ name: child.place.name, figures: child.figures })),
    { name: '合计', figures: quotas.figures },
  ];
  const classes = quotas.classes.map((one) => ({
    name: UNIT_CLASS_NAMES[one.unitClass],
    figures: one.figures,
  }));
  const title = `${place.name}${year}年应急演练完成情况`;
  const sheet = (heading: string, some: typeof rows): Table => ({
    title,
    columns: [{ heading, kind: 'text' }, ...FIGURE_COLUMNS],
    rows: some.map((row) => [row.name, ...figureCells(row.figures)]),
    frame: { ...frame, sheetName: `按${heading}` },
  });
  return [
    sheet('区划', rows),
    sheet('单位类别', classes),
    dutyTable(quotas, units, frame),
    plannedTable(quotas, planned, frame),
  ];
}

function dutyTable({ place, year }: Quotas, units: readonly UnitRow[], frame: Frame): Table {
  return {
    title: `${place.name}${year}年各单位演练完成情况`,
    columns: [
      { heading: '所在地', kind: 'text' },
      { heading: '单位', kind: 'text' },
      { heading: '类别', kind: 'text' },
      { heading: '要求', kind: 'text' },
      { heading: '期限', kind: 'text' },
      { heading: '应办', kind: 'integer' },
      { heading: '已完成', kind: 'integer' },
      { heading: '系统内', kind: 'integer' },
      { heading: '线下', kind: 'integer' },
      { heading: '计划中', kind: 'integer' },
      { heading: '还差', kind: 'integer' },
      { heading: '状态', kind: 'text' },
    ],
    rows: units.flatMap(({ unit, within, duties }) =>
      duties.map((duty) => [
        within,
        unit.name,
        UNIT_CLASS_NAMES[duty.rule.unitClass],
        `${PERIOD_NAMES[duty.rule.period]}${needName(duty.rule)}${duty.required}场`,
        windowName(duty.window),
        duty.required,
        doneOf(duty),
        duty.here,
        duty.paper,
        duty.planned,
        missingOf(duty),
        DUTY_STATE_NAMES[duty.state],
      ]),
    ),
    frame: { ...frame, sheetName: '各单位' },
  };
}

function plannedTable(
  { place, year }: Quotas,
  planned: readonly (PlannedRow & { unit: string })[],
  frame: Frame,
): Table {
  return {
    title: `${place.name}${year}年应急演练计划`,
    columns: [
      { heading: '月份', kind: 'integer' },
      { heading: '单位', kind: 'text' },
      { heading: '形式', kind: 'text' },
      { heading: '内容', kind: 'text' },
      { heading: '预案类别', kind: 'text' },
      { heading: '演练的预案', kind: 'text' },
    ],
    rows: planned.map((row) => [
      row.month,
      row.unit,
      FORM_WORDS[row.form],
      CONTENT_WORDS[row.content],
      PLAN_KIND_NAMES[row.planKind] ?? '',
      row.plan,
    ]),
    frame: { ...frame, notes: [], sheetName: '年度计划' },
  };
}

export const QUOTA_FILE = '应急演练完成情况';
