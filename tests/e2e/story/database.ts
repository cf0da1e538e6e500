import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { PaperItem } from '#lib/exams/blueprint.ts';

/**
 * What no page tells: looked up in the database file of the test server, read only. A story uses it for
 * what a person would know (who somebody is) or bring along (the right answers, the card in the hand).
 */
function look<Row>(dataDir: string, query: string, ...values: string[]): Row[] {
  const database = new Database(join(dataDir, 'lianbing.db'), { readonly: true });
  try {
    return database.prepare(query).all(...values) as Row[];
  } finally {
    database.close();
  }
}

export type Known = { id: string; name: string };

/** The person behind a demo account. */
export function personOf(dataDir: string, loginName: string): Known {
  const [row] = look<Known>(
    dataDir,
    'select p.id, p.name from account a join person p on p.id = a.person_id where a.login_name = ?',
    loginName,
  );
  return row!;
}

/** The card that a person holds now. */
export function cardOf(dataDir: string, personId: string): string {
  const [row] = look<{ id: string }>(
    dataDir,
    'select id from card where person_id = ? and withdrawn_at is null',
    personId,
  );
  return row!.id;
}

/** The right answers of a paper, by slot. */
export function rightAnswers(dataDir: string, attemptId: string): Map<number, string> {
  const [row] = look<{ items: string }>(
    dataDir,
    'select items from attempt_paper where attempt_id = ?',
    attemptId,
  );
  const items = JSON.parse(row!.items) as PaperItem[];
  return new Map(items.map(({ slot, answer }) => [slot, answer]));
}

/** The answers that the server keeps of an attempt, by slot; cleared ones are left out. */
export function keptAnswers(dataDir: string, attemptId: string): Map<number, string> {
  const rows = look<{ slot: number; answer: string }>(
    dataDir,
    "select slot, answer from attempt_answer where attempt_id = ? and answer <> ''",
    attemptId,
  );
  return new Map(rows.map(({ slot, answer }) => [slot, answer]));
}
