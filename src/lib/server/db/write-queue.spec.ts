import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it } from 'vitest';
import { fact } from './schema/platform.ts';
import type { AnyDrizzle } from './tx.ts';
import { WriteQueue } from './write-queue.ts';

it('rolls back a write that awaits something other than its own queries, and does the next', async () => {
  const database = new Database(':memory:');
  database.exec('create table fact (key text primary key, value text not null)');
  const queue = new WriteQueue(database, drizzle(database) as unknown as AnyDrizzle);
  const waiting = queue.add(new Set(['fact:h']), async (tx) => {
    await tx.insert(fact).values({ key: 'h', value: 'x' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await tx.insert(fact).values({ key: 'i', value: 'x' });
  });
  const next = queue.add(new Set(['fact:j']), (tx) => tx.insert(fact).values({ key: 'j', value: 'x' }));
  await expect(waiting).rejects.toThrow('only its own queries');
  await next;
  expect(database.prepare('select key from fact').all()).toEqual([{ key: 'j' }]);
});
