/** One line of JSON a happening, on standard output; never a password, a PIN or an ID number. */
export function log(
  level: 'info' | 'warn' | 'error',
  message: string,
  fields: Record<string, unknown> = {},
): void {
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields });
  (level === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
}

/** What is worth keeping of something thrown. */
export function faultFields(reason: unknown): Record<string, unknown> {
  if (!(reason instanceof Error)) return { fault: String(reason) };
  const cause = reason.cause instanceof Error ? reason.cause.message : undefined;
  return { fault: reason.message, cause, stack: reason.stack };
}
