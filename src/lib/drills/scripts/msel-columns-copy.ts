import { GROUP_WORDS } from '../copy.ts';
import { CHANNEL_WORDS, INJECT_KIND_WORDS } from '../runs/shown-copy.ts';
import { labelOf, partsAt, type Draft, type Part } from './draft.ts';
import { durationTyped, readDuration } from './duration-words.ts';
import { MODE_WORDS } from './part-words.ts';
import { matcherText } from './sentence-copy.ts';
import type { Matcher } from './script-expectations.ts';
import type { Target, Trigger } from './script.ts';
import { conditionText, type PartNames } from './trigger-copy.ts';
import { readTriggerCell, triggerCell, type TriggerFault, type TriggerNames } from './trigger-words.ts';

/** The workbook people know (MSEL): what stands in each column of a part, and how a cell is read back. */

export type MselContext = { draft: Draft; name: PartNames; triggers: TriggerNames };

/** Why a cell was not taken: a code with what it is about. */
export type MselFault = { fault: MselFaultCode; about: string };
export type MselFaultCode =
  | TriggerFault
  | 'empty'
  | 'too_long'
  | 'word_unknown'
  | 'name_unknown'
  | 'duration_unreadable'
  | 'number_unreadable'
  | 'id_unknown'
  | 'code_taken';

export type MselColumn = {
  heading: string;
  width: number;
  write(part: Part, context: MselContext): string;
  /** The part with this cell; left out where the sheet only shows. */
  read?(part: Part, cell: string, context: MselContext): Part | MselFault;
};

export type MselSheet = { name: string; list: string; prefix: string; columns: readonly MselColumn[] };

/** Names a part that the sheet and the script share; people are asked not to change it. */
export const ID_HEADING = '系统号';
export const TITLE_HEADING = '标题';
const LIST_JOINT = '、';
const ORG = '单位:';
const EVERYBODY = '全体参演';

const ID: MselColumn = { heading: ID_HEADING, width: 14, write: ({ id }) => id };
const word = (value: unknown) => (typeof value === 'string' ? value : '');

function textColumn(heading: string, key: string, width: number, max: number, isNeeded = false): MselColumn {
  return {
    heading,
    width,
    write: (part) => word(part[key]),
    read: (part, cell) => {
      if (cell === '' && isNeeded) return { fault: 'empty', about: heading };
      if (cell.length > max) return { fault: 'too_long', about: heading };
      if (cell !== '') return { ...part, [key]: cell };
      const { [key]: _gone, ...rest } = part;
      return rest as Part;
    },
  };
}

function wordColumn(heading: string, key: string, words: Readonly<Record<string, string>>): MselColumn {
  return {
    heading,
    width: 12,
    write: (part) => words[word(part[key])] ?? word(part[key]),
    read: (part, cell) => {
      const found = Object.entries(words).find(([, each]) => each === cell);
      return found ? { ...part, [key]: found[0] } : { fault: 'word_unknown', about: cell || heading };
    },
  };
}

/** A cell that names one part of another list. */
function nameColumn(heading: string, key: string, list: string, isNeeded: boolean): MselColumn {
  return {
    heading,
    width: 16,
    write: (part, { name }) => (part[key] === undefined ? '' : name(word(part[key]))),
    read: (part, cell, { draft }) => {
      if (cell === '' && !isNeeded) {
        const { [key]: _gone, ...rest } = part;
        return rest as Part;
      }
      const found = partsAt(draft, list).find((each) => labelOf(each) === cell);
      return found ? { ...part, [key]: found.id } : { fault: 'name_unknown', about: cell || heading };
    },
  };
}

const split = (cell: string) =>
  cell
    .split(/[、,，;；\n]/u)
    .map((each) => each.trim())
    .filter(Boolean);

const TRIGGER: MselColumn = {
  heading: '什么时候发',
  width: 24,
  write: ({ trigger }, { triggers, name }) => {
    if (typeof trigger !== 'object' || trigger === null) return '';
    const known = trigger as Trigger;
    return triggerCell(known, triggers, 'when' in known ? conditionText(known.when, name) : '');
  },
  read: (part, cell, { triggers }) => {
    const trigger = readTriggerCell(cell, triggers, part.trigger as Trigger | undefined);
    return typeof trigger === 'string' ? { fault: trigger, about: cell } : { ...part, trigger };
  },
};

const TO: MselColumn = {
  heading: '发给谁',
  width: 24,
  write: ({ to }, { name }) =>
    (Array.isArray(to) ? (to as Target[]) : [])
      .map((target) =>
        'all' in target ? EVERYBODY : 'role' in target ? name(target.role) : `${ORG}${name(target.org)}`,
      )
      .join(LIST_JOINT),
  read: (part, cell, { draft }) => {
    const targets: Target[] = [];
    for (const each of split(cell)) {
      const target = targetNamed(each, draft);
      if (!target) return { fault: 'name_unknown', about: each };
      targets.push(target);
    }
    return targets.length > 0 ? { ...part, to: targets } : { fault: 'empty', about: TO.heading };
  },
};

function targetNamed(text: string, draft: Draft): Target | null {
  if (text === EVERYBODY) return { all: true };
  const plain = text.replace('：', ':');
  if (plain.startsWith(ORG)) {
    const org = partsAt(draft, 'orgs').find((each) => labelOf(each) === plain.slice(ORG.length).trim());
    return org ? { org: org.id } : null;
  }
  const role = partsAt(draft, 'roles').find((each) => each.group === 'player' && labelOf(each) === text);
  return role ? { role: role.id } : null;
}

/** Which expected actions an inject starts: shown, changed on their own sheet. */
const STARTS: MselColumn = {
  heading: '对应的预期动作（只看）',
  width: 24,
  write: ({ id }, { draft }) =>
    partsAt(draft, 'expectations')
      .filter(({ opensOn }) => (opensOn as { of?: string } | undefined)?.of === id)
      .map((each) => `${each.id} ${labelOf(each)}`)
      .join('\n'),
};

const DOERS: MselColumn = {
  heading: '谁来做',
  width: 24,
  write: ({ by }, { name }) =>
    ((by as { roles?: string[] } | undefined)?.roles ?? []).map((id) => name(id)).join(LIST_JOINT),
  read: (part, cell, { draft }) => {
    const players = partsAt(draft, 'roles').filter(({ group }) => group === 'player');
    const roles: string[] = [];
    for (const each of split(cell)) {
      const found = players.find((role) => labelOf(role) === each);
      if (!found) return { fault: 'name_unknown', about: each };
      roles.push(found.id);
    }
    if (roles.length === 0) return { fault: 'empty', about: DOERS.heading };
    const by = part.by as { need?: unknown } | undefined;
    return { ...part, by: { need: by?.need ?? 'any', roles } };
  },
};

/** Written like the beginning of a trigger: A-03发出. */
const OPENS: MselColumn = {
  heading: '从什么时候计时',
  width: 20,
  write: ({ opensOn }, { triggers }) => {
    const ref = opensOn as { of: string; is: never } | undefined;
    if (!ref?.of) return '';
    return triggerCell({ after: ref }, triggers, '').replace(/后$/u, '');
  },
  read: (part, cell, { triggers }) => {
    const trigger = readTriggerCell(`${cell}后`, triggers, undefined);
    if (typeof trigger === 'string') return { fault: trigger, about: cell };
    return 'after' in trigger
      ? { ...part, opensOn: trigger.after }
      : { fault: 'trigger_unreadable', about: cell };
  },
};

const LIMIT: MselColumn = {
  heading: '时限（分钟）',
  width: 12,
  write: ({ limit }) => durationTyped(word(limit) || undefined),
  read: (part, cell) => {
    const limit = readDuration(cell);
    return limit === null ? { fault: 'duration_unreadable', about: cell } : { ...part, limit };
  },
};

const POINTS: MselColumn = {
  heading: '分值',
  width: 8,
  write: ({ points }) => (typeof points === 'number' ? String(points) : ''),
  read: (part, cell) => {
    const points = Number(cell);
    const isRead = cell !== '' && Number.isFinite(points) && points >= 0 && points <= 1000;
    return isRead ? { ...part, points } : { fault: 'number_unreadable', about: cell };
  },
};

const EVIDENCE: MselColumn = {
  heading: '完成的依据（只看）',
  width: 32,
  write: ({ evidence }, { name }) =>
    (Array.isArray(evidence) ? (evidence as Matcher[]) : [])
      .map((each) => matcherText(each, name))
      .join('\n'),
};

export const MSEL_SHEETS: readonly MselSheet[] = [
  {
    name: '角色',
    list: 'roles',
    prefix: 'r',
    columns: [
      textColumn('名称', 'name', 24, 200, true),
      wordColumn('哪一方', 'group', GROUP_WORDS),
      nameColumn('单位', 'org', 'orgs', false),
      textColumn('任务卡', 'task', 60, 2000),
      ID,
    ],
  },
  {
    name: '情景',
    list: 'injects',
    prefix: 'i',
    columns: [
      textColumn('编号', 'code', 9, 20, true),
      TRIGGER,
      nameColumn('故事线', 'storyline', 'storylines', true),
      nameColumn('谁说的', 'from', 'roles', true),
      TO,
      wordColumn('怎样传', 'channel', CHANNEL_WORDS),
      textColumn(TITLE_HEADING, 'title', 24, 200, true),
      textColumn('内容', 'body', 60, 8000, true),
      wordColumn('类别', 'kind', INJECT_KIND_WORDS),
      STARTS,
      textColumn('给导调的话', 'controllerNote', 32, 4000),
      textColumn('给评估员的话', 'evaluatorNote', 32, 4000),
      ID,
    ],
  },
  {
    name: '预期动作',
    list: 'expectations',
    prefix: 'e',
    columns: [
      textColumn('动作', 'title', 36, 200, true),
      DOERS,
      OPENS,
      LIMIT,
      POINTS,
      wordColumn('怎样判', 'mode', MODE_WORDS),
      EVIDENCE,
      textColumn('评估要点', 'guide', 40, 2000),
      ID,
    ],
  },
];

const FAULTS: Record<MselFaultCode, (about: string) => string> = {
  trigger_unreadable: (about) => `“${about}”没有读懂，写法见“说明”工作表`,
  trigger_part_unknown: (about) => `“${about}”里提到的编号或阶段不在脚本里`,
  trigger_condition_new: () => '组合条件只能在系统里设，请改写成时间或“手动”，导入后再到系统里设',
  empty: (about) => `“${about}”不能为空`,
  too_long: (about) => `“${about}”太长`,
  word_unknown: (about) => `“${about}”不是这一列可以填的词`,
  name_unknown: (about) => `“${about}”不在脚本里，请先在系统里添加，或核对写法`,
  duration_unreadable: (about) => `“${about}”不是时长，请写成 15、7:30 或 1小时20分`,
  number_unreadable: (about) => `“${about}”不是分值`,
  id_unknown: (about) => `系统号“${about}”不在脚本里；新增的行请把系统号留空`,
  code_taken: (about) => `编号“${about}”已经用在另一条情景上`,
};

export function mselFaultText({ fault, about }: MselFault): string {
  return FAULTS[fault](about);
}
