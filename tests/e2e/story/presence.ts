import Database from 'better-sqlite3';
import { join } from 'node:path';

/**
 * The presence prompt comes 8 to 15 minutes after the last sign of life, and stands for one. A test cannot
 * wait for that and the product has no switch for it, so the term that the server has written down is
 * brought forward: nothing else is touched, the server's own clock then finds it due.
 */
function bringForward(dataDir: string, personId: string, term: 'prompt_at' | 'prompt_until'): void {
  const database = new Database(join(dataDir, 'lianbing.db'));
  try {
    const { changes } = database
      .prepare(`update live_play set ${term} = 1 where person_id = ? and ${term} is not null`)
      .run(personId);
    if (changes !== 1) throw new Error(`nothing is being played by ${personId}, or no prompt is open`);
  } finally {
    database.close();
  }
}

/** The next ping of what this person plays is answered with the prompt. */
export const makePromptDue = (dataDir: string, personId: string) =>
  bringForward(dataDir, personId, 'prompt_at');

/** The open prompt has not been answered in time. */
export const letPromptRunOut = (dataDir: string, personId: string) =>
  bringForward(dataDir, personId, 'prompt_until');
