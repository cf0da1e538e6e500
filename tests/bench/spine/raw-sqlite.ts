import Database from 'better-sqlite3';
import { createHash, randomUUID } from 'node:crypto';
import { answerPlan } from '../harness/child.ts';

export type RawPlan = {
  file: string;
  /** Writes that share a commit: as many as there are candidates at once. */
  group: number;
  seconds: number;
  /** A paper as the program stores it. */
  paper: string;
};

/** Writes a second: an answer (upsert and event row), and a paper-sized row. */
export type RawResult = { answers: number; papers: number };

/** The raw limit of the disk and SQLite: bare better-sqlite3 at `synchronous=FULL`, nothing decided. */
async function measureRaw({ file, group, seconds, paper }: RawPlan): Promise<RawResult> {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`
    create table answer (attempt_id text, slot int, seq int, answer text, saved_at int, late int, primary key (attempt_id, slot));
    create table event (id text primary key, stream text, seq int, kind text, at int, detail text, previous_hash text, hash text);
    create unique index event_stream_seq on event (stream, seq);
    create table paper (attempt_id text primary key, items text);`);
  const upsert = db.prepare(`
    insert into answer values (?, ?, ?, ?, ?, 0)
    on conflict (attempt_id, slot) do update set seq = excluded.seq, answer = excluded.answer, saved_at = excluded.saved_at
    where answer.seq < excluded.seq`);
  const event = db.prepare('insert into event values (?, ?, ?, ?, ?, ?, ?, ?)');
  const insertPaper = db.prepare('insert into paper values (?, ?)');
  const hash = createHash('sha256').update(paper).digest('base64url');
  const attempts = Array.from({ length: group }, () => randomUUID());
  const answers = perSecond(db, seconds, group, (n) => {
    const attempt = attempts[n % group]!;
    const seq = Math.floor(n / group) + 1;
    upsert.run(attempt, (seq % 45) + 1, seq, 'A', Date.now());
    event.run(
      randomUUID(),
      attempt,
      seq,
      'answer_saved',
      Date.now(),
      '{"slot":1,"seq":1,"answer":"A"}',
      hash,
      hash,
    );
  });
  const papers = perSecond(db, seconds, group, () => void insertPaper.run(randomUUID(), paper));
  db.close();
  return { answers, papers };
}

function perSecond(
  db: Database.Database,
  seconds: number,
  group: number,
  writeOne: (n: number) => void,
): number {
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const started = performance.now();
  let n = 0;
  while (performance.now() - started < seconds * 1_000) {
    begin.run();
    for (let within = 0; within < group; within += 1) writeOne(n++);
    commit.run();
  }
  return n / ((performance.now() - started) / 1_000);
}

await answerPlan(measureRaw);
