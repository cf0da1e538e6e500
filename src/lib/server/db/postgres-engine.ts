import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, Pool, types, type PoolClient } from 'pg';
import type { Engine } from './open.ts';
import { readHandle, writeHandle } from './tx.ts';

const INT8 = 20;
types.setTypeParser(INT8, Number);

const CHANNEL = 'lianbing';
/** How long to wait before listening again when the connection is lost. */
const LISTEN_AGAIN_MS = 2_000;

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
    async wake(payload) {
      await pool.query('SELECT pg_notify($1, $2)', [CHANNEL, payload]);
    },
    hear: (listener) => hearOn(url, listener),
    close: () => pool.end(),
  };
}

/** LISTEN needs a connection of its own that stays open; a lost one is opened again until stopped. */
function hearOn(url: string, listener: (payload: string) => void): () => Promise<void> {
  let over = false;
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listen = async (): Promise<void> => {
    const fresh = new Client({ connectionString: url });
    client = fresh;
    fresh.on('notification', ({ payload }) => listener(payload ?? ''));
    const again = () => {
      if (over || client !== fresh) return;
      client = undefined;
      timer = setTimeout(() => void listen(), LISTEN_AGAIN_MS);
    };
    fresh.on('error', again);
    fresh.on('end', again);
    await fresh.connect().then(
      () => fresh.query(`LISTEN ${CHANNEL}`),
      (reason: Error) => {
        process.stderr.write(`postgres: ${reason.message}\n`);
        again();
      },
    );
  };
  void listen();
  return async () => {
    over = true;
    clearTimeout(timer);
    await client?.end();
  };
}
