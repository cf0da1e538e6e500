import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { read, write } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { verifyChains } from './chains.ts';
import { record } from './record.ts';

const at = new Date('2026-03-05T01:02:03.456Z');
const happening = (stream: string, detail: Record<string, unknown>) => ({
  ...{ stream, kind: 'thing_done', actor: SYSTEM, at, path: '/41/', detail },
});

describe('record', () => {
  it('chains the events of a stream, however many writes race for it', async () => {
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        write('thing:a', (tx) =>
          record(tx, happening('thing:a', { index, text: '演练', nested: { list: [1, null] } })),
        ),
      ),
    );
    const rows = await read((db) => db.select().from(event).where(eq(event.stream, 'thing:a')));
    expect(rows.map((row) => row.seq).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect((await verifyChains()).broken).toEqual([]);
  });

  it('refuses a stream the write does not hold', async () => {
    await expect(write('thing:b', (tx) => record(tx, happening('thing:c', {})))).rejects.toThrow(
      'does not hold',
    );
  });

  it('notices a changed event and a removed one', async () => {
    for (const index of [1, 2, 3])
      await write('thing:d', (tx) => record(tx, happening('thing:d', { index })));
    await write('thing:d', (tx) =>
      tx
        .update(event)
        .set({ detail: { index: 99 } })
        .where(eq(event.stream, 'thing:d')),
    );
    expect((await verifyChains()).broken).toContainEqual({ stream: 'thing:d', seq: 1, why: 'hash' });
    await write('thing:d', (tx) => tx.delete(event).where(eq(event.stream, 'thing:d')));
    for (const index of [1, 2, 3])
      await write('thing:e', (tx) => record(tx, happening('thing:e', { index })));
    const [first] = await read((db) => db.select().from(event).where(eq(event.stream, 'thing:e')));
    await write('thing:e', (tx) => tx.delete(event).where(eq(event.id, first!.id)));
    expect((await verifyChains()).broken).toContainEqual({ stream: 'thing:e', seq: 2, why: 'gap' });
  });
});
