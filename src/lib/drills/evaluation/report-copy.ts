import { dayText, instantText } from '#lib/kernel/day.ts';
import { exerciseClock } from '../runs/fact-copy.ts';
import { DRILL_MARK } from '../scripts/words.ts';
import { CONTENT_WORDS, FORM_WORDS } from '../copy.ts';
import type { ExpectationState } from '../runs/run-state.ts';
import type { ReportFacts, Timing } from './report.ts';

/** The words of the evaluation and its report: states, drafts made from facts, and the outline of AQ/T 9009. */

export const EXPECTATION_WORDS: Record<ExpectationState['state'], string> = {
  dormant: '未触发',
  open: '计时中',
  met: '按时完成',
  late: '逾期完成',
  missed: '未完成',
  rectified: '补做（不计分）',
  voided: '不计',
  not_applicable: '不适用',
};

/** 5 分 20 秒, from milliseconds. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  if (minutes === 0) return `${rest} 秒`;
  return rest === 0 ? `${minutes} 分` : `${minutes} 分 ${rest} 秒`;
}

/** 92.5%, from a share of 1. */
export function shareText(share: number | null): string {
  return share === null ? '—' : `${(share * 100).toFixed(1)}%`;
}

export function scoreText(score: number | null): string {
  return score === null ? '—' : score.toFixed(2);
}

export const NO_GRADE = '不予定级';

/** How an expected action came out, with its minutes: 逾期完成，超 4 分. */
export function timingText({ state, openedMs, dueMs, doneMs }: Timing): string {
  const word = EXPECTATION_WORDS[state];
  if (doneMs === null || openedMs === null) return word;
  const took = `用时 ${spanText(doneMs - openedMs)}`;
  return state === 'late' && dueMs !== null
    ? `${word}，${took}，超 ${spanText(doneMs - dueMs)}`
    : `${word}，${took}`;
}

const counted = (timings: readonly Timing[], ...states: Timing['state'][]) =>
  timings.filter(({ state }) => states.includes(state));
const list = (timings: readonly Timing[]) => timings.map(({ title }) => `“${title}”`).join('、');

/** First drafts of the three texts that people finish: only what the log shows, no judgement of persons. */
export function draftTexts(facts: ReportFacts): { analysis: string; advice: string; conclusion: string } {
  return { analysis: analysisOf(facts), advice: adviceOf(facts), conclusion: conclusionOf(facts) };
}

function analysisOf({ timings, grades, unanswered, dispersed }: ReportFacts): string {
  const [met, late, missed] = [
    counted(timings, 'met'),
    counted(timings, 'late'),
    counted(timings, 'missed', 'rectified'),
  ];
  const weak = grades.unit.items.filter(({ factor }) => factor !== null && factor < 0.6);
  const lines = [
    `预期动作共 ${timings.length} 项，按时完成 ${met.length} 项，逾期完成 ${late.length} 项，未完成 ${missed.length} 项。`,
    late.length > 0 && `逾期的有${list(late)}。`,
    missed.length > 0 && `未完成的有${list(missed)}。`,
    unanswered.length > 0 && `有 ${unanswered.length} 条情景未确认收到，需核对通信和值守。`,
    weak.length > 0 &&
      `评估得分较低的项目有${weak.map(({ code, indicator }) => `${code} ${indicator}`).join('；')}。`,
    dispersed.length > 0 && `评估人员意见差别较大、尚未核定的有${dispersed.join('；')}。`,
  ];
  return lines.filter(Boolean).join('\n');
}

function adviceOf({ timings, unanswered }: ReportFacts): string {
  const missed = counted(timings, 'missed', 'rectified');
  const late = counted(timings, 'late');
  const lines = [
    ...missed.map(
      ({ title, by }) => `针对“${title}”未完成，由${by.join('、')}所在单位查明原因，完善流程后组织复训。`,
    ),
    ...late.map(({ title }) => `针对“${title}”逾期，核对时限要求是否合理，并加强岗位练习。`),
    unanswered.length > 0 && '检查值班电话和通信设备，明确接报确认的责任人。',
  ].filter(Boolean);
  return lines.length > 0
    ? lines.map((line, at) => `${at + 1}．${line}`).join('\n')
    : '保持现有做法，定期组织演练。';
}

function conclusionOf({ grades, minCoverage }: ReportFacts): string {
  const { unit } = grades;
  if (unit.total === null) return '本次演练没有可以评定的项目，不予定级。';
  const total = `参演单位综合得分 ${scoreText(unit.total)} 分，评估覆盖率 ${shareText(unit.coverage)}`;
  if (unit.grade === null)
    return `${total}，低于规定的 ${shareText(minCoverage)}，不予定级。建议补充观察后另行组织演练。`;
  if (unit.vetoes.length > 0)
    return `${total}。因否决项（${unit.vetoes.join('；')}），评定为“${unit.grade}”。`;
  return `${total}，评定为“${unit.grade}”。发现的问题列入问题整改台账。`;
}

export const REPORT_WORDS = {
  title: '应急演练评估报告',
  outline:
    '本报告按《生产安全事故应急演练评估规范》（AQ/T 9009—2015）的报告提纲编写：基本情况、评估过程、情况分析、改进意见和建议、评估结论。该规范未规定评分分档，分档和权重取自演练脚本，为建议值。',
  sections: ['一、基本情况', '二、评估过程', '三、情况分析', '四、改进意见和建议', '五、评估结论'],
  tables: { timings: '表 1　预期动作时限', answered: '表 2　情景接报时间', items: '表 3　评估项目得分' },
  draft: '评估结果尚未公布，本件为草稿',
} as const;

/** 基本情况, a line each. */
export function basicFacts(facts: ReportFacts): [string, string][] {
  const { startedWallMs, endedWallMs } = facts;
  const when = [startedWallMs, endedWallMs].map((ms) => (ms === null ? '—' : instantText(new Date(ms))));
  return [
    ['演练名称', facts.title],
    ['演练形式', `${wordOf(FORM_WORDS, facts.form)}、${wordOf(CONTENT_WORDS, facts.content)}演练`],
    ['演练日期', dayText(facts.heldOn)],
    ['演练地点', facts.place || '—'],
    ['起止时间', `${when[0]} 至 ${when[1]}（情景时间 ${spanText(facts.exerciseMs)}）`],
    ['情景概要', facts.outline || '—'],
    ['演练目标', facts.objectives.map((text) => text.replace(/[。；]$/, '')).join('；')],
    ['检验预案', facts.plans.map(({ title, version }) => `《${title}》（${version} 版）`).join('、') || '—'],
    ['参演单位', facts.units.map(({ name, roles }) => `${name}（${roles.join('、')}）`).join('；')],
    ['人员席位', facts.seats.map(({ name, roles }) => `${name}：${roles.join('、')}`).join('；')],
  ];
}

/** 评估过程, a line each. */
export function processLines(facts: ReportFacts): string[] {
  const { grades, evaluators, moderated, outages, improvised, sheets } = facts;
  return [
    `评估依据：${sheets.map(({ title, basis }) => `${title}（${basis}）`).join('；')}。`,
    `评估人员 ${evaluators.length} 人：${evaluators.map(({ name, answers, locked }) => `${name}填写 ${answers} 项，${locked > 0 ? '评估表已锁定' : '评估表未锁定'}`).join('；')}。`,
    `得分由系统记录和评估人员意见合成，其中只凭系统记录判定的占 ${shareText(grades.unit.objectiveShare)}；覆盖率为已评权重占应评权重的比例。`,
    `分档（建议值）：${facts.cutoffs.map(({ name, min }) => `${name} ${min} 分以上`).join('，')}；覆盖率低于 ${shareText(facts.minCoverage)} 不予定级。`,
    `参演单位：${gradeLine(grades.unit)}。`,
    `组织与导调（单独评价，不影响参演单位得分）：${gradeLine(grades.control)}。`,
    `否决项：${grades.unit.vetoes.join('；') || '无'}。意见差别大且未核定：${facts.dispersed.join('；') || '无'}。`,
    `总导调核定：${moderated.map(({ code, indicator, reason }) => `${code} ${indicator}（${reason}）`).join('；') || '无'}。`,
    `临机调整：${improvised.map(({ text, note }) => (note ? `${text}（${note}）` : text)).join('；') || '无'}。`,
    `系统中断：${outages.map(({ outageMs }) => `中断 ${spanText(outageMs)}，期间情景时间没有走`).join('；') || '无'}。`,
  ];
}

function gradeLine({ total, grade, coverage }: ReportFacts['grades']['unit']): string {
  return total === null
    ? '没有可以评定的项目'
    : `得分 ${scoreText(total)}，覆盖率 ${shareText(coverage)}，${grade ?? NO_GRADE}`;
}

const wordOf = (words: Readonly<Record<string, string>>, key: string) => words[key] ?? key;

/** The line that lets anybody check that the log behind the report is the one it was made from. */
export function logLine({ logSeq, logHash, scriptHash }: ReportFacts): string {
  return `演练记录共 ${logSeq} 条，末条校验值 ${logHash}；脚本校验值 ${scriptHash}。`;
}

type PaperTable = {
  heading: string;
  columns: { heading: string; width: number | null; align: 'left' | 'center' }[];
  rows: string[][];
};

const column = (heading: string, width: number | null = null, align: 'left' | 'center' = 'left') => ({
  heading,
  width,
  align,
});

/** The tables of the report: expected actions with their times, who answered when, items. */
export function reportTables(facts: ReportFacts): PaperTable[] {
  const at = (ms: number | null) => (ms === null ? '—' : exerciseClock(ms));
  return [
    {
      heading: REPORT_WORDS.tables.timings,
      columns: [
        column('预期动作'),
        column('责任角色', 34),
        column('开始', 18, 'center'),
        column('时限', 18, 'center'),
        column('完成', 18, 'center'),
        column('结果', 40),
      ],
      rows: facts.timings.map((timing) => [
        timing.title,
        timing.by.join('、'),
        at(timing.openedMs),
        at(timing.dueMs),
        at(timing.doneMs),
        timingText(timing),
      ]),
    },
    {
      heading: REPORT_WORDS.tables.answered,
      columns: [column('情景'), column('角色', 34), column('接报人', 28), column('发出后', 26, 'center')],
      rows: [
        ...facts.answered.map(({ inject, role, person, afterMs }) => [
          inject,
          role,
          person,
          spanText(afterMs),
        ]),
        ...facts.unanswered.map(({ inject, role }) => [inject, role, '—', '未确认收到']),
      ],
    },
    {
      heading: REPORT_WORDS.tables.items,
      columns: [
        column('序号', 16, 'center'),
        column('评估项目'),
        column('系统记录', 20, 'center'),
        column('评估人员', 20, 'center'),
        column('得分率', 18, 'center'),
      ],
      rows: facts.grades.unit.items.map(({ code, indicator, objective, observed, factor, notApplicable }) => [
        code,
        indicator,
        shareText(objective),
        shareText(observed),
        notApplicable ? '不适用' : shareText(factor),
      ]),
    },
  ];
}

/** 【演练】 and the name of the drill: the head of every page. */
export function reportMark({ title }: ReportFacts): string {
  return `${DRILL_MARK}${title}`;
}

/** Lines of a text as people typed it, empty ones left out. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** What the report is saved as: 【演练】… 评估报告.pdf. */
export function reportFileName(facts: ReportFacts, ending: 'pdf' | 'docx'): string {
  return `${reportMark(facts)}评估报告.${ending}`;
}
