import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { asc, eq, getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import { read, snapshot, write, type Db } from '#lib/server/db/open.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { readHealth } from '#lib/server/health.ts';
import { settings } from '#lib/server/settings.ts';

/**
 * A backup is one gzip file of JSON lines: a head, every row of every table, every uploaded file. It says
 * nothing of an engine, so it can be restored on either. Keys are not in it: who steals a backup reads no
 * ID number.
 */
const FORMAT = 1;
/** Present while a restore is under way; the program refuses to start on it. */
export const RESTORING = 'restoring';
const PAGE_ROWS = 2_000;
const CHUNK_BYTES = 1_048_576;

type AnyTable = typeof schema.fact;
type Line =
  | { head: { format: number; at: string; schema: string } }
  | { table: string; rows: Record<string, unknown>[] }
  | { file: string; base64: string; last: boolean }
  | { end: { tables: number; rows: number; files: number } };

export type BackupCounts = { tables: number; rows: number; files: number };

function tables(): AnyTable[] {
  return Object.values(schema).filter((one) => is(one, Table)) as unknown as AnyTable[];
}

/** Instants travel as `{ $at: ms }`; everything else is JSON already. */
function packed(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date ? { $at: value.getTime() } : value,
    ]),
  );
}

function unpacked(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const at = value !== null && typeof value === 'object' && '$at' in value ? value.$at : undefined;
      return [name, typeof at === 'number' ? new Date(at) : value];
    }),
  );
}

async function* tableLines(db: Db, table: AnyTable): AsyncGenerator<Line & { rows: unknown[] }> {
  // Every table has a key that begins with its first columns: the order only has to be the same each page.
  const order = Object.values(getTableColumns(table)).map((column) => asc(column));
  for (let offset = 0; ; offset += PAGE_ROWS) {
    const rows = await db
      .select()
      .from(table)
      .orderBy(...order)
      .limit(PAGE_ROWS)
      .offset(offset);
    if (rows.length > 0) yield { table: getTableName(table), rows: rows.map(packed) };
    if (rows.length < PAGE_ROWS) return;
  }
}

async function* fileLines(sha256: string): AsyncGenerator<Line> {
  const stream = createReadStream(join(settings().dataDir, 'uploads', sha256), {
    highWaterMark: CHUNK_BYTES,
  });
  for await (const chunk of stream)
    yield { file: sha256, base64: (chunk as Buffer).toString('base64'), last: false };
  yield { file: sha256, base64: '', last: true };
}

/** Writes everything to a file, as it is at one moment. */
export async function writeBackup(file: string, now: Date): Promise<BackupCounts> {
  const counts: BackupCounts = { tables: 0, rows: 0, files: 0 };
  const { schema: version } = await readHealth();
  await snapshot(async (db) => {
    async function* lines(): AsyncGenerator<string> {
      const text = (line: Line) => `${JSON.stringify(line)}\n`;
      yield text({ head: { format: FORMAT, at: now.toISOString(), schema: version } });
      for (const table of tables()) {
        counts.tables += 1;
        for await (const line of tableLines(db, table)) {
          counts.rows += line.rows.length;
          yield text(line);
        }
      }
      const uploads = await db.selectDistinct({ sha256: schema.upload.sha256 }).from(schema.upload);
      for (const { sha256 } of uploads) {
        counts.files += 1;
        for await (const line of fileLines(sha256)) yield text(line);
      }
      yield text({ end: counts });
    }
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(file, { mode: 0o600 }));
  });
  return counts;
}

/** Why a restore was not begun or not finished; the message is for the operator. */
export class RestoreError extends Error {}

/** Takes every row away and leaves one fact that says why. */
export async function emptyDatabase(why: { key: string; value: string }): Promise<void> {
  await write('restore', async (tx) => {
    for (const table of tables()) await tx.delete(table);
    await tx.insert(schema.fact).values(why);
  });
}

/** Whether a restore was cut off here: such a database must not be used, only restored again. */
export async function isHalfRestored(): Promise<boolean> {
  const [mark] = await read((db) => db.select().from(schema.fact).where(eq(schema.fact.key, RESTORING)));
  return mark !== undefined;
}

/**
 * Fills an empty database from a backup; both engines. Refuses a database somebody can log in to. A
 * restore that was cut off leaves a mark, and the program does not start on it.
 */
export async function restoreBackup(file: string): Promise<BackupCounts> {
  const [any] = await read((db) => db.select({ id: schema.account.id }).from(schema.account).limit(1));
  // What a cut-off restore left behind may be overwritten; anything else may not.
  if (any && !(await isHalfRestored()))
    throw new RestoreError(
      '目标数据库不是空的，请指定新的 DATABASE_URL 或 DATA_DIR / the target is not empty',
    );
  await emptyDatabase({ key: RESTORING, value: file });
  const byName = new Map<string, AnyTable>(tables().map((table) => [getTableName(table), table]));
  const counts: BackupCounts = { tables: byName.size, rows: 0, files: 0 };
  const uploads = join(settings().dataDir, 'uploads');
  await mkdir(uploads, { recursive: true });
  let finished = false;
  for await (const text of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const line = JSON.parse(text) as Line;
    if ('head' in line && line.head.format !== FORMAT)
      throw new RestoreError(`备份格式 ${line.head.format} 不认识 / unknown format`);
    if ('table' in line) counts.rows += await restoreRows(byName.get(line.table), line);
    if ('file' in line) counts.files += await restoreChunk(uploads, line);
    if ('end' in line) finished = line.end.rows === counts.rows && line.end.files === counts.files;
  }
  if (!finished) throw new RestoreError('备份文件不完整，恢复没有完成 / the backup file is cut off');
  await write('restore', (tx) => tx.delete(schema.fact).where(eq(schema.fact.key, RESTORING)));
  return counts;
}

async function restoreRows(
  table: AnyTable | undefined,
  line: { table: string; rows: Record<string, unknown>[] },
) {
  if (!table) throw new RestoreError(`备份里的表 ${line.table} 本版本没有 / unknown table`);
  for (const slice of inSlices(line.rows))
    await write('restore', (tx) => tx.insert(table).values(slice.map(unpacked) as never));
  return line.rows.length;
}

/** Chunks grow a file of another name; only a whole one gets its own. */
async function restoreChunk(
  folder: string,
  line: { file: string; base64: string; last: boolean },
): Promise<number> {
  if (!/^[0-9a-f]{64}(\.sealed)?$/.test(line.file))
    throw new RestoreError('备份里的文件名不对 / bad file name');
  const path = join(folder, line.file);
  await writeFile(`${path}.restoring`, Buffer.from(line.base64, 'base64'), { flag: 'a' });
  if (!line.last) return 0;
  await rename(`${path}.restoring`, path);
  return 1;
}
