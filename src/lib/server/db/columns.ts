import { kit as postgres } from './columns.postgres.ts';
import { kit as sqlite } from './columns.sqlite.ts';

const engine = /^postgres(ql)?:\/\//.test(process.env.DATABASE_URL ?? '') ? 'postgres' : 'sqlite';

/**
 * The few words every table is written in, for the engine that DATABASE_URL names. PostgreSQL's kit is
 * given SQLite's type: the one lie that lets each query be written once (docs/adr/0004).
 */
export const { table, text, int, real, bool, instant, json, bytes, index, unique, primaryKey } = (
  engine === 'postgres' ? (postgres as unknown) : sqlite
) as typeof sqlite;
