/** How near the end is: the clock changes its shape and words with it. */
export type CountdownStage = 'far' | 'near' | 'last' | 'over';

const MINUTE = 60_000;
const ANNOUNCED_MINUTES = [30, 10, 5, 1];

/** far above ten minutes, near from ten, last from five, over at zero. */
export function countdownStage(millisecondsLeft: number): CountdownStage {
  if (millisecondsLeft <= 0) return 'over';
  if (millisecondsLeft <= 5 * MINUTE) return 'last';
  return millisecondsLeft <= 10 * MINUTE ? 'near' : 'far';
}

/** The word shown beside the clock, so that the stage does not rest on colour. */
export function stageWord(stage: CountdownStage): string {
  return { far: '', near: '不足 10 分钟', last: '不足 5 分钟', over: '时间到' }[stage];
}

/**
 * What a screen reader is told when the clock went from `before` to `after` milliseconds: a sentence at 30,
 * 10, 5 and 1 minutes and at the end, null otherwise. After a jump (the machine slept) only the latest.
 */
export function countdownAnnouncement(before: number, after: number): string | null {
  if (before > 0 && after <= 0) return '时间到。';
  const crossed = ANNOUNCED_MINUTES.filter(
    (minutes) => before > minutes * MINUTE && after <= minutes * MINUTE,
  );
  const latest = crossed[crossed.length - 1];
  return latest === undefined || after <= 0 ? null : `还剩 ${latest} 分钟。`;
}
