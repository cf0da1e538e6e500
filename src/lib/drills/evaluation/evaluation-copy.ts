import type { TableColumn, TableCell, Table } from '#lib/server/sheets/write-table.ts';
import { answerWord } from '../runs/answer-words.ts';
import type { EvaluationPage } from './evaluations.server.ts';
import type { ItemView, PublishWarning } from './evaluation.ts';
import type { ItemFlag } from './grade.ts';
import { NO_GRADE, scoreText, shareText } from './report-copy.ts';

export const FLAG_WORDS: Record<ItemFlag, string> = {
  half: '只有一半依据',
  single: '只有一人评',
  dispersed: '意见差别大',
  moderated: '已核定',
  vetoed: '否决',
};

export const FLAG_MEANINGS: Record<ItemFlag, string> = {
  half: '系统记录和评估人员意见只有一样，按已有的一样计分。',
  single: '只有一名评估人员给出评价。',
  dispersed: '评估人员之间的评价相差较大，请总导调核定。',
  moderated: '已由总导调核定，以核定结果计分。',
  vetoed: '否决项没有做到，等级按脚本规定封顶。',
};

export const WARNING_WORDS: Record<PublishWarning, string> = {
  dispersed: '有评估项意见差别大，还没有核定。',
  unlocked: '有评估人员还没有锁定评估表。',
  nobody: '有评估人员一项都没有填。',
  low_coverage: '覆盖率不够，公布后为“不予定级”。',
};

export const SHEET_KIND_WORDS = {
  preparation: '准备情况',
  conduct: '实施情况',
  tabletop: '桌面演练',
  self_review: '参演自评',
  expert: '专家点评',
} as const;

export const PSMU_WORDS = {
  P: 'P 顺利完成',
  S: 'S 有些困难',
  M: 'M 困难很大',
  U: 'U 未能完成',
} as const;

export const EVALUATION_DONE = {
  opened: '已进入评估。',
  moderated: '已核定，得分已重新计算。',
  published: '评估结果已公布，得分和报告数据已固定。',
  archived: '演练已归档。',
} as const;

const COLUMNS: readonly TableColumn[] = [
  { heading: '评估表', kind: 'text', width: 16 },
  { heading: '类别', kind: 'text', width: 16 },
  { heading: '序号', kind: 'code', width: 8 },
  { heading: '评估项目', kind: 'text', width: 40 },
  { heading: '评价对象', kind: 'text', width: 10 },
  { heading: 'P/S/M/U', kind: 'text', width: 16 },
  { heading: '得分率', kind: 'rate', width: 10 },
  { heading: '系统记录', kind: 'rate', width: 10 },
  { heading: '评估人员', kind: 'rate', width: 10 },
  { heading: '各评估人员意见', kind: 'text', width: 40 },
  { heading: '核定', kind: 'text', width: 24 },
  { heading: '标记', kind: 'text', width: 16 },
];

const COUNTS_WORDS: Record<ItemView['counts'], string> = {
  unit: '参演单位',
  control: '组织导调',
  none: '不计分',
};

/** The items in the four steps of HSEEP, one row each, as a workbook table. */
export function psmuTable({ drill, grades, sheets, published }: EvaluationPage): Table {
  const { unit } = grades;
  return {
    title: `【演练】${drill.title}评估项目 PSMU 汇总`,
    columns: COLUMNS,
    rows: sheets.flatMap((sheet) =>
      sheet.categories.flatMap((category) =>
        category.items.map((item) => [sheet.title, category.title, ...cellsOf(item)]),
      ),
    ),
    frame: {
      left: `得分 ${scoreText(unit.total)}，${unit.grade ?? NO_GRADE}，覆盖率 ${shareText(unit.coverage)}`,
      right: published ? `已公布第 ${published.version} 版` : '未公布，草稿',
      notes: [
        'P 顺利完成（得分率 90% 以上），S 有些困难（60% 以上），M 困难很大（60% 以下），U 未能完成（0）。',
        '空格为没有评价。',
      ],
    },
  };
}

function cellsOf(item: ItemView): TableCell[] {
  const { grade, psmu, answers, moderation } = item;
  return [
    item.code,
    item.indicator,
    COUNTS_WORDS[item.counts],
    psmu ? PSMU_WORDS[psmu] : '',
    grade?.factor ?? null,
    grade?.objective ?? null,
    grade?.observed ?? null,
    answers
      .map(({ name, answer, reason }) => `${name}：${answerWord(answer)}${reason ? `（${reason}）` : ''}`)
      .join('；'),
    moderation ? `${answerWord(moderation.answer)}（${moderation.reason}）` : '',
    (grade?.flags ?? []).map((flag) => FLAG_WORDS[flag]).join('、'),
  ];
}
