import type { ImportOutcome } from '#lib/people/roster-import.server.ts';

/** Facts as JSON on one line: for people short enough to read, for scripts easy to parse. */
export function printLines(facts: object): void {
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

/** An import's outcome: JSON for scripts, sentences for people. */
export function printImport(
  outcome: Omit<ImportOutcome, 'persons'> & { persons?: number },
  asJson: boolean,
): void {
  if (asJson) return printLines(outcome);
  const { accepted, created, updated, unchanged, to_confirm: toConfirm } = outcome.rows;
  const people = outcome.persons === undefined ? '' : `（${outcome.persons} 人）`;
  const lines = [
    `通过 ${accepted} 行${people}：新增 ${created}，变更 ${updated}，无变化 ${unchanged}，待确认改名 ${toConfirm}`,
    `未通过 ${outcome.refused.length} 行`,
    ...outcome.refused.map((row) => `  ${row.message}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
