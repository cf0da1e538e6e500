import { expect, it } from 'vitest';
import { lookAt } from './look-at.ts';
import { oneDoor } from './one-door.ts';

const look = (code: string, path = 'src/lib/exams/exams.server.ts') => lookAt(oneDoor, { [path]: code });

it.each([
  'db.transaction(async () => {});',
  'await db.query.exam.findMany();',
  'tx.run(sql`x`);',
  'db.select().from(exam).where(a).get();',
  'await tx.select().from(exam).all();',
  'const wide = tx as any;',
  '(db as unknown as Drizzle).insert(exam);',
])('finds %s', (code) => {
  expect(look(code)).toHaveLength(1);
});

it('passes builders, maps, and the engines themselves', () => {
  expect(look('await tx.insert(exam).values(rows); byId.get(id); Promise.all(x);')).toEqual([]);
  expect(look('await db.select().from(exam).where(eq(exam.id, ids.get(1)));')).toEqual([]);
  expect(look('db.transaction(work);', 'src/lib/server/db/postgres-engine.ts')).toEqual([]);
});
