const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (value: number) => String(value).padStart(2, '0');

/** A span in milliseconds as its two largest units: 2 天 4 小时, 3 小时 20 分钟, 45 秒. */
export function spanText(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  const parts: [number, string][] = [
    [Math.floor(span / DAY), '天'],
    [Math.floor((span % DAY) / HOUR), '小时'],
    [Math.floor((span % HOUR) / MINUTE), '分钟'],
    [Math.floor((span % MINUTE) / SECOND), '秒'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  if (first === -1) return '0 秒';
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** What a running clock shows, in milliseconds left: 01:23:45, from a day up 2 天 04:10:00; never negative. */
export function clockText(milliseconds: number): string {
  const seconds = Math.ceil(Math.max(0, milliseconds) / SECOND);
  const days = Math.floor(seconds / 86_400);
  const clock = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return `${days > 0 ? `${days} 天 ` : ''}${clock.map(two).join(':')}`;
}
