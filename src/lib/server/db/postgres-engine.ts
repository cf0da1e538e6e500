import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool, types, type PoolClient } from 'pg';
import type { Engine } from './open.ts';
import { readHandle, writeHandle } from './tx.ts';

const INT8 = 20;
types.setTypeParser(INT8, Number);

const drizzleOn = (client: PoolClient) => drizzle(client);

/**
 * PostgreSQL: `READ COMMITTED` and one advisory lock for each thing a decision is about, taken in
 * sorted order so that two writes never wait for each other in a circle.
 */
export function openPostgres(url: string): Engine {
  const pool = new Pool({ connectionString: url, max: 12 });
  pool.on('error', (reason) => process.stderr.write(`postgres: ${reason.message}\n`));
  const handles = new WeakMap<PoolClient, ReturnType<typeof drizzleOn>>();
  const on = (client: PoolClient) => {
    let db = handles.get(client);
    if (!db) handles.set(client, (db = drizzleOn(client)));
    return db;
  };

  return {
    name: 'postgres',
    async read(work) {
      const client = await pool.connect();
      try {
        return await work(readHandle(on(client) as never, client));
      } finally {
        client.release();
      }
    },
    async write(abouts, work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      const { tx, revoke } = writeHandle(on(client) as never, client, abouts);
      try {
        await client.query('BEGIN');
        await client.query(
          'SELECT pg_advisory_xact_lock(hashtextextended(about, 0)) FROM (SELECT unnest($1::text[]) AS about ORDER BY 1) AS abouts',
          [[...abouts]],
        );
        const value = await work(tx);
        await client.query('COMMIT');
        return value;
      } catch (reason) {
        await client.query('ROLLBACK').catch((second: Error) => (broken = second));
        throw reason;
      } finally {
        revoke();
        client.release(broken);
      }
    },
    async snapshot(work) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        return await work(readHandle(on(client) as never, client));
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    },
    async migrate(migrationsFolder) {
      await migrate(drizzle(pool), { migrationsFolder });
    },
    close: () => pool.end(),
  };
}
