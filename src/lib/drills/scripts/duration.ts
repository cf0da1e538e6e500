/** How long, in a script: ISO 8601 with hours, minutes and seconds (`PT1H30M`, `PT90S`). No days: a drill lasts hours. */
const ISO = /^PT(?=\d)(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})S)?$/;

/** Whether the text is a duration that {@link durationMs} can read. */
export function isDuration(text: string): boolean {
  return ISO.test(text);
}

/** A duration in milliseconds. Throws a RangeError for what is none: scripts are checked before. */
export function durationMs(text: string): number {
  const known = read.get(text);
  if (known !== undefined) return known;
  const ms = readDuration(text);
  // A script has some dozens; a stranger's texts never get here unchecked, but must not fill the memory.
  if (read.size < 10_000) read.set(text, ms);
  return ms;
}

/** Every step of a run asks for the same few durations hundreds of times. */
const read = new Map<string, number>();

function readDuration(text: string): number {
  const match = ISO.exec(text);
  if (!match) throw new RangeError(`not a duration: ${text}`);
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Milliseconds as a duration, in the largest units that fit: 5,400,000 → `PT1H30M`. Parts of a second are cut. */
export function durationOf(ms: number): string {
  const all = Math.max(0, Math.trunc(ms / 1000));
  const hours = Math.trunc(all / 3600);
  const minutes = Math.trunc((all % 3600) / 60);
  const seconds = all % 60;
  const text = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  return `PT${text || '0S'}`;
}
