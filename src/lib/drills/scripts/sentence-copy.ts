import { durationText } from './duration-words.ts';
import type { LateRule, Matcher } from './script-expectations.ts';
import type { Target } from './script.ts';
import type { PartNames } from './trigger-copy.ts';

/** Whom an inject is for. */
export function targetText(target: Target, name: PartNames): string {
  if ('all' in target) return '全体参演';
  return name('role' in target ? target.role : target.org);
}

/** What in the log shows that it was done. */
export function matcherText(matcher: Matcher, name: PartNames): string {
  if ('acked' in matcher) return `确认收到“${name(matcher.acked)}”`;
  if ('document' in matcher)
    return `提交“${name(matcher.document)}”${matcher.complete ? '，必填项齐全' : ''}`;
  if ('message' in matcher) {
    const mentions = (matcher.message.mentions ?? []).map((word) => `“${word}”`).join('、');
    return `发消息给${name(matcher.message.to)}${mentions ? `，提到${mentions}` : ''}`;
  }
  if ('decision' in matcher) {
    const options = (matcher.options ?? []).map((option) => name(option, matcher.decision));
    return `对“${name(matcher.decision)}”作出决定${options.length > 0 ? `：${options.join('或')}` : ''}`;
  }
  if ('dispatch' in matcher) return dispatchText(matcher.dispatch, name);
  if ('mark' in matcher) return `在地图上标“${matcher.mark.kind}”`;
  if ('call' in matcher) return `给${name(matcher.call.to)}打电话`;
  return 'present' in matcher ? '到位报到' : '评估员确认';
}

function dispatchText(
  { resource, kind, to, quantity }: { resource?: string; kind?: string; to?: string; quantity?: number },
  name: PartNames,
): string {
  const what = resource ? name(resource) : (kind ?? '力量');
  return `派出${what}${quantity ? ` ${quantity}` : ''}${to ? `到${name(to)}` : ''}`;
}

/** How lateness costs points. */
export function lateText(late: LateRule): string {
  if (late.rule === 'zero') return '逾期不得分';
  if (late.rule === 'linear') return `逾期逐渐减分，${durationText(late.zeroAfter)} 后为零`;
  return late.steps
    .map(({ within, factor }) => `逾期 ${durationText(within)} 内得 ${Math.round(factor * 100)}%`)
    .join('，');
}
