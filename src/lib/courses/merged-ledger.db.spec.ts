import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { mergePeople } from '#lib/people/merges.server.ts';
import { write } from '#lib/server/db/open.ts';
import { record } from '#lib/server/events/record.ts';
import {
  bureau,
  confirmElsewhere,
  linesOf,
  makeLedgerWorld,
  newPerson,
  NOW,
  SESSIONS,
  sign,
  sum,
  total,
  XIAYI,
} from '#tests/worlds/ledger-world.ts';
import { listCredits } from './credits.server.ts';
import { followCredits } from './ledger.server.ts';
import { previewMerges } from './merge-previews.server.ts';

followCredits();

beforeAll(makeLedgerWorld);

const merger: Actor = { ...bureau, accountId: 'merger' };
const mergeInto = (from: string, into: string) => mergePeople(merger, from, into, '同一人，旧号码抄错', NOW);

describe('records that were merged', () => {
  it('count the same half-day once, taken back from the linked record by a line that names the merge', async () => {
    const [old, id] = [await newPerson(), await newPerson()];
    for (const one of [old, id]) await sign(one, '甲-2026-03-05-am', 'present');
    await sign(old, '甲-2026-03-05-pm', 'present');
    const preview = await previewMerges(bureau, [[id, old]], NOW);
    expect(preview.get(id)).toEqual([
      {
        ...{ kind: 'attendance', title: '甲班', fromOn: '2026-03-05', toOn: '2026-03-05' },
        ...{ halfDays: 1, creditHundredths: 400 },
      },
    ]);
    await mergeInto(old, id);
    expect(await total(old, id)).toBe(2);
    expect(await total(id)).toBe(1);
    const [, , taken] = await linesOf(old);
    expect(taken).toMatchObject({ halfDays: -1, because: `merge:${old}`, personId: old });
    expect((await listCredits(bureau, id, 2026)).totals).toMatchObject({ attendanceHalfDays: 2 });
    await expect(listCredits(bureau, old, 2026)).rejects.toMatchObject({ status: 404 });
  });

  it('count a lesson and a training elsewhere once, and different classes of one morning once', async () => {
    const [old, id] = [await newPerson(), await newPerson()];
    for (const one of [old, id])
      await write(`person:${one}`, (tx) =>
        record(tx, {
          ...{ stream: `person:${one}`, kind: 'lesson_completed', actor: SYSTEM, at: NOW, path: XIAYI },
          detail: {
            ...{ personId: one, lessonId: 'l1', heldOn: '2026-03-01', title: '防汛', creditHundredths: 50 },
          },
        }),
      );
    await confirmElsewhere([old, id], { fromOn: '2026-02-10', toOn: '2026-02-10', halfDays: 1 });
    await sign(old, '甲-2026-03-05-am', 'present');
    await sign(id, '乙-2026-03-05-am', 'present');
    await mergeInto(old, id);
    const credits = await listCredits(bureau, id, 2026);
    expect(credits.totals).toMatchObject({
      ...{ attendanceHalfDays: 1, elsewhereHalfDays: 1, lessonHundredths: 50 },
    });
    expect(credits.lines.filter(({ because }) => because === 'merge')).toHaveLength(3);
  });

  it('take a late sign-in of the linked record on the surviving one, once', async () => {
    const [old, id] = [await newPerson(), await newPerson()];
    await sign(id, '甲-2026-03-05-am', 'present');
    await mergeInto(old, id);
    await sign(old, '甲-2026-03-05-am', 'present');
    expect(await total(old, id)).toBe(1);
    await sign(old, '甲-2026-03-05-pm', 'present');
    expect(await linesOf(old)).toEqual([]);
    expect(await total(id)).toBe(2);
    await sign(old, '甲-2026-03-05-pm', 'revoked');
    expect(await total(id)).toBe(1);
  });

  it('count once what is signed for both at the same moment', async () => {
    const [old, id] = [await newPerson(), await newPerson()];
    await mergeInto(old, id);
    await Promise.all(
      [old, id].flatMap((one) => [
        sign(one, '甲-2026-03-06-am', 'present'),
        sign(one, '乙-2026-03-06-pm', 'present'),
      ]),
    );
    expect(await total(old, id)).toBe(2);
  });

  it('hold what one person did, after any order of sign-ins, registrations, revocations and merges', async () => {
    const who = fc.nat(2);
    const step = fc.oneof(
      fc.record({ who, session: fc.constantFrom(...SESSIONS.map(({ id }) => id)), present: fc.boolean() }),
      fc.record({ who, days: fc.integer({ min: 1, max: 2 }), halfDays: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ who, into: who }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const people = [await newPerson(), await newPerson(), await newPerson()];
        const into = new Map<string, string>();
        const survivor = (id: string): string => (into.has(id) ? survivor(into.get(id)!) : id);
        const signed = new Set<string>();
        for (const each of steps) {
          const id = people[each.who]!;
          if ('session' in each) {
            const key = `${id} ${each.session}`;
            if (!each.present && !signed.has(key)) continue;
            await sign(id, each.session, each.present ? 'present' : 'revoked');
            if (each.present) signed.add(key);
            else signed.delete(key);
          } else if ('days' in each) {
            const halfDays = Math.min(each.halfDays, each.days * 2);
            await confirmElsewhere([id], {
              ...{ fromOn: '2026-03-05', toOn: each.days === 1 ? '2026-03-05' : '2026-03-06', halfDays },
            });
          } else {
            const [from, to] = [survivor(id), survivor(people[each.into]!)];
            if (from === to) continue;
            await mergeInto(from, to);
            into.set(from, to);
          }
          for (const root of new Set(people.map(survivor))) {
            const records = people.filter((one) => survivor(one) === root);
            const here = [...signed].filter((key) => records.includes(key.split(' ')[0]!));
            const halves = new Set(here.map((key) => key.slice(-13)));
            const lines = (await Promise.all(records.map(linesOf))).flat();
            const attended = lines.filter(({ kind }) => kind === 'attendance');
            expect(sum(attended)).toBe(halves.size);
            expect(sum(lines)).toBeLessThanOrEqual(4);
            expect(lines.reduce((sofar, line) => sofar + line.creditHundredths, 0)).toBe(sum(lines) * 400);
            for (const line of lines) expect(line.halfDays).not.toBe(0);
            // Nothing is left to settle: the ledger is what a rebuild would say.
            expect((await previewMerges(bureau, [records], NOW)).get(records[0]!)).toEqual([]);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});
