import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '#lib/server/id.ts';
import { insertRows, inPlaces, listByIds } from './bulk.ts';
import { prepared, read, write } from './open.ts';
import { job, sheetRow } from './schema/platform.ts';

const AT = new Date('2026-11-22T01:00:00Z');

const rowOf = (importId: string, row: number) => ({
  ...{ importId, row, turn: 1_000 - row, outcome: 'create' as const, confirmed: row % 2 === 0 },
  ...{ decision: { name: `赵${row}`, none: null }, appliedAt: row % 3 === 0 ? AT : null },
});

describe('insertRows', () => {
  it('stores rows as a plain insert would, whatever their number: truth, JSON, instants and null', async () => {
    const importId = newId();
    const rows = Array.from({ length: 233 }, (_, index) => rowOf(importId, index + 1));
    await write('test:rows', (tx) => insertRows(tx, sheetRow, rows));
    const stored = await read((db) =>
      db.select().from(sheetRow).where(eq(sheetRow.importId, importId)).orderBy(asc(sheetRow.row)),
    );
    expect(stored).toEqual(rows);
  });

  it('refuses a row that leaves a column out', async () => {
    const { turn: _, ...short } = rowOf(newId(), 1);
    await expect(write('test:rows', (tx) => insertRows(tx, sheetRow, [short as never]))).rejects.toThrow(
      'a row without turn',
    );
  });
});

describe('listByIds', () => {
  it('finds each row once, whatever the number of ids', async () => {
    const ids = Array.from({ length: 137 }, () => newId());
    const payload = {};
    const rows = ids.map((id) => ({
      ...{ id, kind: 'test', key: id, payload, runAt: AT, leaseUntil: null, attempts: 0, done: 0, total: 0 },
      ...{ doneAt: AT, failure: null },
    }));
    await write('test:jobs', (tx) => insertRows(tx, job, rows));
    for (const count of [1, 2, 9, 64, 128, 129, 137]) {
      const found = await read((db) =>
        listByIds(db, ids.slice(0, count), (db, size) =>
          prepared(db, `test.jobs.${size}`, (db) =>
            db.select({ id: job.id }).from(job).where(inPlaces(job.id, size)),
          ),
        ),
      );
      expect(found.map(({ id }) => id).sort()).toEqual(ids.slice(0, count).sort());
    }
  });
});
