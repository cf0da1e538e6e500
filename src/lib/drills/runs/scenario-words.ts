/** 情景时间 as people read it: the local time the script starts at, and exercise time on top. */

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

const two = (value: number) => String(value).padStart(2, '0');

/** The scenario's own calendar has no zone: it is counted as if it were UTC. */
function momentOf(scenarioStart: string, exMs: number): Date {
  const [, year, month, day, hour, minute] = LOCAL.exec(scenarioStart) ?? [];
  return new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute)) + exMs,
  );
}

/** 05:31:20 of the scenario's day. */
export function scenarioClock(scenarioStart: string, exMs: number): string {
  const moment = momentOf(scenarioStart, exMs);
  return `${scenarioMinute(scenarioStart, exMs)}:${two(moment.getUTCSeconds())}`;
}

/** 05:31, for lists in which seconds would only make noise. */
export function scenarioMinute(scenarioStart: string, exMs: number): string {
  const moment = momentOf(scenarioStart, exMs);
  return `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}`;
}

/** 7月20日, the scenario's day. */
export function scenarioDay(scenarioStart: string, exMs: number): string {
  const moment = momentOf(scenarioStart, exMs);
  return `${moment.getUTCMonth() + 1}月${moment.getUTCDate()}日`;
}

/** How long a limit is in words for a table: 12:05, from an hour up 1:12:05; −00:30 when it has passed. */
export function leftText(ms: number): string {
  const all = Math.ceil(Math.abs(ms) / 1000);
  const hours = Math.floor(all / 3600);
  const clock = `${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  return `${ms < 0 && all > 0 ? '−' : ''}${hours > 0 ? `${hours}:` : ''}${clock}`;
}

/** 14:03:20, Beijing time of a real moment; the product's users all live by it. */
export function beijingClock(wallMs: number): string {
  const moment = new Date(wallMs + 8 * 3_600_000);
  return `${two(moment.getUTCHours())}:${two(moment.getUTCMinutes())}:${two(moment.getUTCSeconds())}`;
}
