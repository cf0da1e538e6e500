import Database from 'better-sqlite3';
import { spawnSync } from 'node:child_process';
import type { Acknowledged } from './load-answers.ts';
import { QUESTIONS, SIZE } from './plan.ts';

/** What the load was told was done. */
export type Told = {
  examId: string;
  started: string[];
  sent: number;
  last: Acknowledged[];
  importId: string;
};

/** Compares what was acknowledged with what is in the database: handed in = stored, to the last answer. */
export function reconcile(dataDir: string, told: Told): string[] {
  const db = new Database(`${dataDir}/lianbing.db`, { readonly: true });
  try {
    return [...answerFaults(db, told), ...startFaults(db, told), ...importFaults(db, told)];
  } finally {
    db.close();
  }
}

function answerFaults(db: Database.Database, { last, sent }: Told): string[] {
  const find = db.prepare('select seq, answer from attempt_answer where attempt_id = ? and slot = ?');
  const lost = last.filter(({ attemptId, slot, seq, answer }) => {
    const row = find.get(attemptId, slot) as { seq: number; answer: string } | undefined;
    return row?.seq !== seq || row.answer !== answer;
  });
  const { n } = db.prepare("select count(*) n from event where kind = 'answer_saved'").get() as { n: number };
  return [
    ...(last.length === 0 ? ['no answer was acknowledged'] : []),
    ...lost.slice(0, 5).map((one) => `acknowledged but not stored: ${JSON.stringify(one)}`),
    ...(n === sent ? [] : [`${sent} answers were acknowledged, ${n} are in the log`]),
  ];
}

function startFaults(db: Database.Database, { examId, started }: Told): string[] {
  const rows = db
    .prepare(
      'select a.id, a.person_id who, p.items from attempt a join attempt_paper p on p.attempt_id = a.id where a.exam_id = ?',
    )
    .all(examId) as { id: string; who: string; items: string }[];
  const stored = new Set(rows.map((row) => row.id));
  const short = rows.filter((row) => (JSON.parse(row.items) as unknown[]).length !== QUESTIONS);
  const lost = started.filter((id) => !stored.has(id));
  return [
    ...(lost.length > 0 ? [`${lost.length} started attempts are not stored`] : []),
    ...(rows.length === started.length ? [] : [`${started.length} were started, ${rows.length} are stored`]),
    ...(new Set(rows.map((row) => row.who)).size === rows.length ? [] : ['somebody was started twice']),
    ...(short.length > 0 ? [`${short.length} papers have not ${QUESTIONS} questions`] : []),
  ];
}

function importFaults(db: Database.Database, { importId }: Told): string[] {
  const applied = db
    .prepare('select count(*) n from sheet_row where import_id = ? and applied_at is not null')
    .get(importId) as { n: number };
  const people = db.prepare('select count(*) n from person where id_hash is not null').get() as { n: number };
  return [
    ...(applied.n === SIZE.rosterRows ? [] : [`${applied.n} of ${SIZE.rosterRows} roster rows were applied`]),
    ...(people.n === SIZE.rosterRows ? [] : [`${people.n} people came of ${SIZE.rosterRows} roster rows`]),
  ];
}

/** `npm run -s lianbing -- verify` on the DATA_DIR: hash chains, counters against ledgers, keys. */
export function verifyFaults(env: Record<string, string | undefined>): string[] {
  const { status, stdout } = spawnSync('npm', ['run', '-s', 'lianbing', '--', 'verify'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 2],
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
    shell: process.platform === 'win32',
  });
  return status === 0 ? [] : [`verify ended with ${status}: ${stdout.slice(0, 500)}`];
}
