/** 1 分 20 秒; null (never) stays null. */
export function minutesText(ms: number | null): string | null {
  if (ms === null) return null;
  const seconds = Math.round(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} 秒`;
  return seconds % 60 === 0 ? `${minutes} 分钟` : `${minutes} 分 ${seconds % 60} 秒`;
}
