/** What the jobs of the server do, by kind; one nobody has named shows as its code. */
const JOB_NAMES: Readonly<Record<string, string>> = {
  roster_read: '核对花名册',
  roster_commit: '写入花名册',
  questions_read: '核对题库文件',
  questions_commit: '写入试题',
  exam_collect: '到时收卷',
  standings_rebuild: '重算达标情况',
};

export function jobName(kind: string): string {
  return JOB_NAMES[kind] ?? kind;
}
