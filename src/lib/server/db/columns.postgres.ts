import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  pgTable,
  primaryKey,
  uniqueIndex,
} from 'drizzle-orm/pg-core';

/** Text compares by code point on both engines, so that order and ranges agree with SQLite's. */
const text = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
/** JSON is an opaque value: kept as text, never queried into. */
const json = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: (value) => JSON.stringify(value),
  fromDriver: (value) => JSON.parse(value),
});
const instant = customType<{ data: Date; driverData: number }>({
  dataType: () => 'bigint',
  toDriver: (value) => value.getTime(),
  fromDriver: (value) => new Date(Number(value)),
});
const bytes = customType<{ data: Uint8Array; driverData: Buffer }>({
  dataType: () => 'bytea',
  toDriver: (value) => Buffer.from(value),
  fromDriver: (value) => new Uint8Array(value),
});

export const kit = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => bigint(name, { mode: 'number' }),
  real: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  instant: (name: string) => instant(name),
  json: (name: string) => json(name),
  bytes: (name: string) => bytes(name),
  index,
  unique: uniqueIndex,
  primaryKey,
};
