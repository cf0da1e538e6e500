import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { hearOthers, prepared, read, wakeOthers, write } from './open.ts';
import { fact, numberSeries } from './schema/index.ts';

async function valueOf(key: string): Promise<string | undefined> {
  const [row] = await read((db) => db.select().from(fact).where(eq(fact.key, key)));
  return row?.value;
}

describe('write', () => {
  it('keeps everything or nothing', async () => {
    const failing = write('fact:a', async (tx) => {
      await tx.insert(fact).values({ key: 'a', value: 'half' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await valueOf('a')).toBeUndefined();
  });

  it('takes back only the failing one of many that share a commit', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        write(`fact:b${index}`, async (tx) => {
          await tx.insert(fact).values({ key: `b${index}`, value: 'x' });
          if (index % 4 === 0) throw new Error('one of them');
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(10);
    expect(await valueOf('b0')).toBeUndefined();
    expect(await valueOf('b1')).toBe('x');
  });

  it('lets two writes about the same thing follow one another', async () => {
    await write('number:c', (tx) => tx.insert(numberSeries).values({ key: 'c', last: 0 }));
    const given = await Promise.all(
      Array.from({ length: 50 }, () =>
        write('number:c', async (tx) => {
          const [row] = await tx.select().from(numberSeries).where(eq(numberSeries.key, 'c'));
          await tx
            .update(numberSeries)
            .set({ last: row!.last + 1 })
            .where(eq(numberSeries.key, 'c'));
          return row!.last + 1;
        }),
      ),
    );
    expect(given.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('refuses a write inside a write', async () => {
    const nested = write('fact:d', () => write('fact:e', async () => undefined));
    await expect(nested).rejects.toThrow('inside a write');
  });

  it('refuses a tx that outlives its write', async () => {
    let kept: { select(): unknown } | undefined;
    await write('fact:f', async (tx) => void (kept = tx as never));
    expect(() => kept!.select()).toThrow('has ended');
  });

  it('prepares a statement once and runs it with values', async () => {
    const find = (key: string) =>
      read((db) =>
        prepared(db, 'spec.fact', (db) =>
          db
            .select()
            .from(fact)
            .where(eq(fact.key, sql.placeholder('key'))),
        ).execute({ key }),
      );
    await write('fact:g', (tx) => tx.insert(fact).values({ key: 'g', value: '1' }));
    expect(await find('g')).toEqual([{ key: 'g', value: '1' }]);
    expect(await find('nothing')).toEqual([]);
  });
});

describe.runIf(process.env.LIANBING_TEST_ENGINE === 'postgres')('hints between processes', () => {
  it('arrive at whoever hears, until it stops', async () => {
    const heard: string[] = [];
    const stop = hearOthers((hint) => heard.push(hint));
    await expect
      .poll(async () => {
        await wakeOthers('run here 1');
        return heard.length;
      })
      .toBeGreaterThan(0);
    expect(new Set(heard)).toEqual(new Set(['run here 1']));
    await stop();
    const before = heard.length;
    await wakeOthers('run here 2');
    expect(heard.length).toBe(before);
  });
});
