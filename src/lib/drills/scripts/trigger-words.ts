import type { Happened } from './condition.ts';
import { readDuration, durationTyped } from './duration-words.ts';
import { CONTINGENCY_WORDS, HAPPENED_WORDS } from './part-words.ts';
import type { Trigger } from './script.ts';

/**
 * Triggers in the cells of a workbook, in a small language people can write by hand. Conditions are shown
 * but not read back: a cell that begins with 条件 keeps what the script has.
 */

/** The parts a trigger may name, by what people call them and by their id. */
export type TriggerNames = {
  /** What an id is called in a cell: the inject's code, the phase's title, the expected action's id. */
  nameOf(id: string): string;
  /** The id behind such a name, or null. */
  idOf(name: string): string | null;
  isExpectation(id: string): boolean;
};

const CONDITION = '条件';
const MANUAL = '手动';
const SUGGESTED = '建议';
const AFTER = '后';

export const TRIGGER_LANGUAGE: readonly string[] = [
  '“什么时候发”的写法：T+15 表示演练开始后第 15 分钟；T+7:30 表示 7 分 30 秒；T+1:05:00 表示 1 小时 5 分。',
  'A-03发出后5 表示编号 A-03 的情景发出后 5 分钟；也可写 A-03收到后5、阶段名进入后2、e-report完成后3。后面不写数字表示马上。',
  '未完成:e-report 表示该预期动作到时限没有完成时发；过半未做:e-report、做错:e-report 同理。',
  '手动 表示由导调手动发；手动 建议T+40 表示建议在第 40 分钟手动发。',
  '以“条件”开头的格子是组合条件，这里只能看不能改；要改请到系统里改。',
];

/** A trigger as a cell; `condition` is the sentence of a condition. */
export function triggerCell(trigger: Trigger, names: TriggerNames, condition: string): string {
  if ('at' in trigger) return `T+${durationTyped(trigger.at)}`;
  if ('after' in trigger) {
    const { of, is } = trigger.after;
    return `${names.nameOf(of)}${HAPPENED_WORDS[is]}${AFTER}${trigger.delay ? durationTyped(trigger.delay) : ''}`;
  }
  if ('when' in trigger) return `${CONDITION}：${condition}`;
  if ('manual' in trigger)
    return trigger.suggestAt ? `${MANUAL} ${SUGGESTED}T+${durationTyped(trigger.suggestAt)}` : MANUAL;
  return `${CONTINGENCY_WORDS[trigger.contingency.on]}:${names.nameOf(trigger.contingency.expectation)}`;
}

export type TriggerFault = 'trigger_unreadable' | 'trigger_part_unknown' | 'trigger_condition_new';

/**
 * A cell as a trigger; `present` is what the script has now. Answers why not: the writing is not known, it
 * names nothing of the script, or it is a condition where the script has none.
 */
export function readTriggerCell(
  cell: string,
  names: TriggerNames,
  present: Trigger | undefined,
): Trigger | TriggerFault {
  const text = cell.trim().replaceAll('：', ':').replaceAll('＋', '+');
  if (text.startsWith(CONDITION)) return present && 'when' in present ? present : 'trigger_condition_new';
  if (text.startsWith(MANUAL)) return readManual(text.slice(MANUAL.length).trim());
  const at = /^T\s*\+\s*(.+)$/iu.exec(text);
  if (at) return timed(at[1]!, (duration) => ({ at: duration }));
  const missed = Object.entries(CONTINGENCY_WORDS).find(([, word]) => text.startsWith(`${word}:`));
  if (missed) return readContingency(missed[0] as keyof typeof CONTINGENCY_WORDS, text, names);
  return readAfter(text, names);
}

function readManual(rest: string): Trigger | TriggerFault {
  if (rest === '') return { manual: true };
  const at = new RegExp(`^${SUGGESTED}\\s*:?\\s*T\\s*\\+\\s*(.+)$`, 'iu').exec(rest);
  if (!at) return 'trigger_unreadable';
  return timed(at[1]!, (duration) => ({ manual: true, suggestAt: duration }));
}

function timed(typed: string, make: (duration: string) => Trigger): Trigger | TriggerFault {
  const duration = readDuration(typed);
  return duration === null ? 'trigger_unreadable' : make(duration);
}

function readContingency(
  on: keyof typeof CONTINGENCY_WORDS,
  text: string,
  names: TriggerNames,
): Trigger | TriggerFault {
  const id = names.idOf(text.slice(CONTINGENCY_WORDS[on].length + 1).trim());
  if (id === null || !names.isExpectation(id)) return 'trigger_part_unknown';
  return { contingency: { expectation: id, on } };
}

/** The longer words first: 未完成 ends in 完成. */
const HAPPENED_BY_LENGTH = (Object.entries(HAPPENED_WORDS) as [Happened, string][]).sort(
  ([, a], [, b]) => b.length - a.length,
);

function readAfter(text: string, names: TriggerNames): Trigger | TriggerFault {
  for (const [is, word] of HAPPENED_BY_LENGTH) {
    const from = text.lastIndexOf(word + AFTER);
    if (from <= 0) continue;
    const id = names.idOf(text.slice(0, from).trim());
    if (id === null) return 'trigger_part_unknown';
    const typed = text.slice(from + word.length + AFTER.length).trim();
    if (typed === '') return { after: { of: id, is } };
    return timed(typed, (delay) => ({ after: { of: id, is }, delay }));
  }
  return 'trigger_unreadable';
}
