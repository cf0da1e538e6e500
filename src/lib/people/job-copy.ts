/** What the jobs of the server do, by kind; one nobody has named shows as its code. */
const JOB_NAMES: Readonly<Record<string, string>> = {
  roster_read: '核对花名册',
  roster_commit: '写入花名册',
  questions_read: '核对题库文件',
  questions_commit: '写入试题',
  'collect-attempts': '到时收卷',
  coverage_recompute: '重算达标情况',
  coverage_calendar: '月末定格与换年',
};

export function jobName(kind: string): string {
  return JOB_NAMES[kind] ?? kind;
}
