import { sql, type AnyColumn, type SQL } from 'drizzle-orm';

/** Whether a column holds the words somewhere; `%` and `_` are only signs, as whoever typed them meant. */
export function containing(column: AnyColumn, words: string): SQL {
  const pattern = `%${words.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql`${column} like ${pattern} escape '\\'`;
}
