import { dayText } from '#lib/kernel/day.ts';
import { CONTENT_WORDS, FORM_WORDS, GROUP_WORDS, NOTICE_WORDS } from './copy.ts';
import { METHOD_WORDS } from './runs/answer-words.ts';
import { scenarioDay, scenarioMinute } from './runs/scenario-words.ts';
import { CHANNEL_WORDS } from './runs/shown-copy.ts';
import { namesOf, type Draft } from './scripts/draft.ts';
import { durationText } from './scripts/duration-words.ts';
import { LEVEL_WORDS, PURPOSE_WORDS, SCALE_WORDS } from './scripts/part-words.ts';
import { matcherText, targetText } from './scripts/sentence-copy.ts';
import type { Role, Script } from './scripts/script.ts';
import { refText, triggerText } from './scripts/trigger-copy.ts';
import { DRILL_MARK } from './scripts/words.ts';

/**
 * The papers of a drill (打印包), made from its script and its seats: what thirty people around a table hold
 * in their hands. Each is a letter to be changed in WPS; every page is marked as a drill.
 */

export type PackFacts = {
  title: string;
  plannedOn: string;
  place: string;
  notice: keyof typeof NOTICE_WORDS;
  script: Script;
  seats: readonly { name: string; roles: readonly string[] }[];
};
export type PackParagraph = string | { level: 1 | 2; text: string };
export type PackTable = {
  caption: string;
  columns: { heading: string; align?: 'left' | 'center'; share?: number }[];
  rows: string[][];
  note?: string;
  big?: boolean;
};
export type PackPaper = { title: string; paragraphs: PackParagraph[]; tables: PackTable[] };

export const PACK_NAMES = {
  plan: '工作方案',
  cues: '导调脚本',
  host: '主持词',
  tasks: '任务卡',
  signs: '桌签',
  sheets: '评估表',
  undertaking: '保密承诺书',
} as const;
export type PackKind = keyof typeof PACK_NAMES;
export const PACK_KINDS = Object.keys(PACK_NAMES) as PackKind[];

/** What each paper is for, beside its download. */
export const PACK_NOTES: Record<PackKind, string> = {
  plan: '报批和发文用',
  cues: '导调手里的情景顺序，不能给参演人员',
  host: '主持人念的话，从开场到点评',
  tasks: '每个角色一张，开演前发给本人',
  signs: '裁开对折，放在桌上',
  sheets: '评估员现场打分，事后录入',
  undertaking: '知道脚本内容的人签名',
};

const PAPERS: Record<PackKind, (facts: PackFacts) => PackPaper> = {
  plan: planPaper,
  cues: cuesPaper,
  host: hostPaper,
  tasks: tasksPaper,
  signs: signsPaper,
  sheets: sheetsPaper,
  undertaking: undertakingPaper,
};

/** One paper of the pack. */
export function packPaper(kind: PackKind, facts: PackFacts): PackPaper {
  return PAPERS[kind](facts);
}

const heading = (text: string): PackParagraph => ({ level: 1, text });
const nameIn = (script: Script) => namesOf(script as unknown as Draft);
const holdersOf = ({ seats }: PackFacts, role: Role) =>
  seats.filter(({ roles }) => roles.includes(role.id)).map(({ name }) => name);
const orgOf = ({ script }: PackFacts, { org }: Role) => script.orgs.find(({ id }) => id === org)?.name ?? '';
const filled = (text: string) => text.trim() || '（待填写）';

function planPaper(facts: PackFacts): PackPaper {
  const { script, plannedOn, place, notice } = facts;
  const { meta, drill, safety, objectives, phases, plans } = script;
  return {
    title: `${facts.title}工作方案`,
    paragraphs: [
      heading('一、演练目的和目标'),
      `本次演练为${drill.purposes.map((each) => PURPOSE_WORDS[each]).join('、')}${CONTENT_WORDS[drill.content]}${FORM_WORDS[drill.form]}。`,
      ...objectives.map(({ text }, at) => `${at + 1}. ${text}`),
      heading('二、时间和地点'),
      `${dayText(plannedOn)}，${filled(place)}，计划用时${durationText(meta.planned)}。通知方式：${NOTICE_WORDS[notice]}。`,
      heading('三、情景'),
      `情景发生在${meta.region}，事件级别按${LEVEL_WORDS[meta.incidentLevel]}设定。`,
      filled(meta.brief.outline),
      filled(meta.brief.consequences),
      heading('四、依据的预案'),
      plans.length > 0
        ? plans.map(({ title, version }) => `${title}（第${version}版）`).join('；')
        : '（待填写）',
      heading('五、演练过程'),
      ...phases.map(
        ({ title, maxDuration }, at) =>
          `${at + 1}. ${title}${maxDuration ? `，最长${durationText(maxDuration)}` : ''}。`,
      ),
      heading('六、安全和保密'),
      `演练中所有信息、电话、文书一律标明“${DRILL_MARK}”。终止口令为“${safety.stopWord}”，任何人发现真实险情都可以喊停；出现真实险情时${safety.realEvent === 'terminate' ? '立即终止' : '立即暂停'}演练。`,
      ...(safety.notes ?? []),
      heading('七、评估和总结'),
      `评估采用${script.evaluation.sheets.map(({ title }) => `“${title}”`).join('、')}。演练结束后现场点评，形成评估报告，问题逐条整改。`,
      heading('八、组织和分工'),
      '分工见附表。',
    ],
    tables: [
      {
        caption: '演练组织和分工',
        columns: [
          { heading: '组别', share: 0.7 },
          { heading: '角色', share: 1.6 },
          { heading: '单位', share: 1.2 },
          { heading: '人员' },
        ],
        rows: script.roles.map((role) => [
          GROUP_WORDS[role.group],
          role.name,
          orgOf(facts, role),
          holdersOf(facts, role).join('、'),
        ]),
      },
    ],
  };
}

function cuesPaper({ title, script }: PackFacts): PackPaper {
  const name = nameIn(script);
  return {
    title: `${title}导调脚本`,
    paragraphs: [
      '本件只供导调和评估人员使用，演练结束前不得让参演人员看到。',
      `情景开始时间为${scenarioDay(script.clock.scenarioStart, 0)}${scenarioMinute(script.clock.scenarioStart, 0)}。`,
    ],
    tables: [
      {
        caption: '情景清单',
        columns: [
          { heading: '编号', share: 0.6 },
          { heading: '什么时候发', share: 1.3 },
          { heading: '谁说给谁', share: 1.2 },
          { heading: '内容', share: 3 },
          { heading: '实发', share: 0.6 },
        ],
        rows: script.injects.map((inject) => [
          inject.code,
          triggerText(inject.trigger, name),
          `${name(inject.from)}，${CHANNEL_WORDS[inject.channel] ?? ''}：${inject.to.map((each) => targetText(each, name)).join('、')}`,
          [`${inject.title}。${inject.body}`, inject.controllerNote && `导调：${inject.controllerNote}`]
            .filter(Boolean)
            .join('\n'),
          '',
        ]),
      },
      {
        caption: '预期动作',
        columns: [
          { heading: '谁', share: 1 },
          { heading: '该做什么', share: 2 },
          { heading: '从什么时候起，多久内', share: 1.5 },
          { heading: '怎样算完成', share: 1.8 },
          { heading: '完成', share: 0.6 },
        ],
        rows: script.expectations.map((each) => [
          each.by.roles.map((role) => name(role)).join('、'),
          each.title,
          `${refText(each.opensOn, name)}后${durationText(each.limit)}内`,
          each.evidence.map((matcher) => matcherText(matcher, name)).join('；'),
          '',
        ]),
      },
    ],
  };
}

function hostPaper({ title, script, place }: PackFacts): PackPaper {
  const { meta, safety, phases, clock } = script;
  return {
    title: `${title}主持词`,
    paragraphs: [
      heading('一、开场'),
      `各位领导、同志们，现在开始${title}。地点：${filled(place)}。`,
      `这是演练，不是真实事件。演练中说的每一句话、打的每一个电话，开头都要说“演练”。听到“${safety.stopWord}”，所有人立即停止。`,
      ...(safety.notes ?? []),
      heading('二、情景'),
      `现在是情景时间${scenarioDay(clock.scenarioStart, 0)}${scenarioMinute(clock.scenarioStart, 0)}，地点是${meta.region}。`,
      filled(meta.brief.background),
      filled(meta.brief.outline),
      '请各席位按自己的职责，以现有信息研判和处置。演练开始。',
      heading('三、阶段提示和讨论题'),
      ...phases.flatMap(({ title: phase, questions = [] }, at): PackParagraph[] => [
        { level: 2, text: `（${at + 1}）${phase}` },
        ...(questions.length > 0 ? questions : ['（解说词待填写）']),
      ]),
      heading('四、结束'),
      '演练到此结束。请各席位停止操作，参演人员填写自评，随后现场点评。',
      '请评估组先说看到的事实，再说好的做法和要改的地方；请各单位说说哪一步最难、预案哪一条不好用。',
    ],
    tables: [],
  };
}

function tasksPaper(facts: PackFacts): PackPaper {
  const { script, title } = facts;
  return {
    title: `${title}任务卡`,
    paragraphs: ['每个角色一张，裁开后在演练开始前发给本人。'],
    tables: script.roles.map((role) => ({
      caption: `${DRILL_MARK}任务卡`,
      columns: [
        { heading: '角色', share: 0.6 },
        { heading: `${role.name}（${GROUP_WORDS[role.group]}）`, share: 3 },
      ],
      rows: [
        ['单位', orgOf(facts, role)],
        ['姓名', holdersOf(facts, role).join('、')],
        ['任务', filled(role.task ?? '')],
        ['口令', `听到“${script.safety.stopWord}”立即停止。有真实险情，先说“不是演练”。`],
      ],
    })),
  };
}

function signsPaper(facts: PackFacts): PackPaper {
  const shown = facts.script.roles.filter(({ group }) => group !== 'trusted');
  return {
    title: `${facts.title}桌签`,
    paragraphs: ['每格一张，裁开对折，放在座位前。'],
    tables: [
      {
        caption: DRILL_MARK,
        columns: [{ heading: '角色和姓名', align: 'center' }],
        rows: shown.map((role) => [
          [role.name, holdersOf(facts, role).join('、')].filter(Boolean).join('　'),
        ]),
        big: true,
      },
    ],
  };
}

function sheetsPaper({ title, script }: PackFacts): PackPaper {
  return {
    title: `${title}评估表`,
    paragraphs: [
      '没有看到的写“未观察”，不该评的写“不适用”，这两种不一样。判为不符合或否的，写明时间和看到的事实。',
      `评估员：＿＿＿＿＿＿　评估的角色或单位：＿＿＿＿＿＿＿＿`,
    ],
    tables: script.evaluation.sheets.flatMap((sheet) =>
      sheet.categories.map((category) => ({
        caption: `${sheet.title}：${category.title}（权重${category.weight}）`,
        columns: [
          { heading: '编号', share: 0.5 },
          { heading: '指标', share: 2.6 },
          { heading: '方法', share: 0.7 },
          { heading: '打分方式', share: 1.1 },
          { heading: '结果', share: 0.8 },
          { heading: '时间和事实', share: 1.6 },
        ],
        rows: category.items.map((item) => [
          item.code,
          `${item.indicator}${item.veto ? '（一票否决）' : ''}`,
          METHOD_WORDS[item.method],
          SCALE_WORDS[item.scale],
          '',
          '',
        ]),
        note: `依据：${sheet.basis}`,
      })),
    ),
  };
}

function undertakingPaper(facts: PackFacts): PackPaper {
  const { script, title } = facts;
  const knowing = script.roles.filter(({ group }) => group !== 'player' && group !== 'observer');
  const names = [...new Set(knowing.flatMap((role) => holdersOf(facts, role)))];
  return {
    title: `${title}保密承诺书`,
    paragraphs: [
      `本人因工作需要，事先知道“${title}”的全部或部分脚本内容。在演练宣布结束以前，本人承诺：`,
      '一、不向参演人员及其单位透露情景、时间、地点、评估内容和评估人员。',
      '二、不把脚本、情景清单、评估表放在参演人员能看到的地方，不用微信、邮件等转发。',
      '三、不因知道演练安排而提前集结、备勤或提示他人做准备。',
      `四、发现真实险情，立即按“${script.safety.stopWord}”口令报告，安全高于保密。`,
    ],
    tables: [
      {
        caption: '承诺人签名',
        columns: [
          { heading: '姓名' },
          { heading: '担任的角色', share: 1.6 },
          { heading: '签名' },
          { heading: '日期' },
        ],
        rows: (names.length > 0 ? names : ['', '', '', '']).map((name) => [
          name,
          knowing
            .filter((role) => name !== '' && holdersOf(facts, role).includes(name))
            .map((role) => role.name)
            .join('、'),
          '',
          '',
        ]),
      },
    ],
  };
}

/** The file of a paper: 【演练】防汛推演 任务卡.docx */
export function packFileName(kind: PackKind, title: string): string {
  return `${DRILL_MARK}${title.replace(/[\\/:*?"<>|]/g, ' ').trim()} ${PACK_NAMES[kind]}.docx`;
}
