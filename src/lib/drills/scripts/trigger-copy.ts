import type { Condition, Happened, Ref } from './condition.ts';
import { durationMs } from './duration.ts';
import type { Trigger } from './script.ts';

/** What brings an inject about, as a director says it. */

const two = (value: number) => String(value).padStart(2, '0');

/** A length of exercise time: 90 秒, 5 分钟, 1 小时 30 分钟. */
export function lengthText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60 || (seconds < 120 && seconds % 60 !== 0)) return `${seconds} 秒`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [hours > 0 && `${hours} 小时`, minutes > 0 && `${minutes} 分钟`, rest > 0 && `${rest} 秒`]
    .filter(Boolean)
    .join(' ');
}

/** A moment of exercise time counted from the start: 01:20:00. */
export function momentText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const HAPPENED_WORDS: Record<Happened, string> = {
  released: '发出',
  acked: '有人确认收到',
  skipped: '跳过',
  expired: '超时无人确认',
  met: '完成',
  late: '逾期完成',
  missed: '未按时完成',
  entered: '阶段开始',
  exited: '阶段结束',
};

/** Names a part of the script by its id: an inject, an expected action, a phase, a variable, an option of `within`. */
export type PartNames = (id: string, within?: string) => string;

/** What happened to a part: “A-02 水位超警”发出. */
export function refText({ of, is }: Ref, name: PartNames): string {
  return `“${name(of)}”${HAPPENED_WORDS[is]}`;
}

const COMPARISON_WORDS = {
  '=': '等于',
  '!=': '不是',
  '<': '低于',
  '<=': '不高于',
  '>': '高于',
  '>=': '达到',
} as const;

/** A condition in words; parts of a part stand in brackets. */
export function conditionText(condition: Condition, name: PartNames, isInner = false): string {
  if ('all' in condition) return joined(condition.all, '，并且', name, isInner);
  if ('any' in condition) return joined(condition.any, '，或者', name, isInner);
  if ('not' in condition) return `没有出现（${conditionText(condition.not, name)}）`;
  if ('ref' in condition) return refText(condition.ref, name);
  if ('elapsed' in condition)
    return `${refText(condition.since, name)}已过 ${lengthText(durationMs(condition.elapsed))}`;
  if ('var' in condition)
    return `${name(condition.var)}${COMPARISON_WORDS[condition.cmp]} ${String(condition.value)}`;
  if ('decision' in condition)
    return `“${name(condition.decision)}”决定为“${name(condition.is, condition.decision)}”`;
  const parts = condition.count.map((of) => `“${name(of)}”`).join('、');
  return `${parts}中至少 ${condition.atLeast} 项${HAPPENED_WORDS[condition.is]}`;
}

function joined(parts: readonly Condition[], word: string, name: PartNames, isInner: boolean): string {
  const text = parts.map((each) => conditionText(each, name, true)).join(word);
  return isInner && parts.length > 1 ? `（${text}）` : text;
}

const CONTINGENCY_WORDS = {
  missed: '未按时完成时',
  half_limit: '时限过半还未完成时',
  wrong_action: '做法不当时',
} as const;

/** A trigger in words: 开始后 00:02:00；“A-02 水位超警”发出后 2 分钟；由导调手动发出. */
export function triggerText(trigger: Trigger, name: PartNames): string {
  if ('at' in trigger) return `开始后 ${momentText(durationMs(trigger.at))}`;
  if ('manual' in trigger)
    return trigger.suggestAt
      ? `由导调手动发出，建议在 ${momentText(durationMs(trigger.suggestAt))} 前后`
      : '由导调手动发出';
  if ('contingency' in trigger)
    return `补救：“${name(trigger.contingency.expectation)}”${CONTINGENCY_WORDS[trigger.contingency.on]}`;
  const delayMs = durationMs(trigger.delay ?? 'PT0S');
  const after = delayMs > 0 ? `后 ${lengthText(delayMs)}` : '时';
  return 'after' in trigger
    ? `${refText(trigger.after, name)}${after}`
    : `${conditionText(trigger.when, name)}${after}`;
}
