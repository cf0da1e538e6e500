import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
  customType,
} from 'drizzle-orm/sqlite-core';

/** An instant as epoch milliseconds in the database, a `Date` in TypeScript. */
const instant = (name: string) => integer(name, { mode: 'timestamp_ms' });
const bool = (name: string) => integer(name, { mode: 'boolean' });
const int = (name: string) => integer(name);
const json = <T>(name: string) => text(name, { mode: 'json' }).$type<T>();
const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'blob',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});
const words = (name: string) => text(name);

export const kit = {
  table: sqliteTable,
  text: words,
  int,
  real: (name: string) => real(name),
  bool,
  instant,
  json,
  bytes: (name: string) => bytes(name),
  index,
  unique: uniqueIndex,
  primaryKey,
};
