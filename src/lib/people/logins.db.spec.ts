import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { SYSTEM } from '#lib/kernel/actor.ts';
import { findSession } from '#lib/server/auth/sessions.ts';
import { read, write } from '#lib/server/db/open.ts';
import { account, card, event, person } from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';
import { idOf } from '#tests/inputs/table.ts';
import { addAccount, addCard, addPerson, NOW, PASSWORD } from '#tests/worlds/people.ts';
import { logIn, logInByCard, readCardFace } from './logins.server.ts';

let hosts = 0;
/** Somewhere nobody has failed to log in from. */
const somewhere = () => ({ address: `10.1.${(hosts += 1) >> 8}.${hosts & 255}`, agent: 'spec' });
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const WRONG = { code: 'login_wrong', status: 400 };

/** Logs in and answers whose session it is. */
async function enter(
  identifier: string,
  password = PASSWORD,
  now = NOW,
  from = somewhere(),
): Promise<string> {
  const cookie = await logIn(SYSTEM, { identifier, password }, from, now);
  return (await findSession(cookie.value, new Date()))!.accountId;
}

const kindsOf = async (stream: string) =>
  (await read((db) => db.select().from(event).where(eq(event.stream, stream))))
    .toSorted((a, b) => a.seq - b.seq)
    .map(({ kind }) => kind);

describe('a password', () => {
  it('opens with login name, phone or ID number, however they are typed', async () => {
    const idNumber = idOf('19850101', 101);
    const personId = await addPerson({ idNumber, phone: '16900000101' });
    const id = await addAccount({ loginName: 'wang.jianguo', personId });
    expect(await enter(' Wang.JianGuo ')).toBe(id);
    expect(await enter('169 0000 0101')).toBe(id);
    expect(await enter(idNumber.toLowerCase())).toBe(id);
    expect(await kindsOf(`account:${id}`)).toEqual(['login_succeeded', 'login_succeeded', 'login_succeeded']);
  });

  it('that is wrong says the same as an account that is not there', async () => {
    await addAccount({ loginName: 'there' });
    await expect(enter('there', 'not this one')).rejects.toMatchObject(WRONG);
    await expect(enter('not-there')).rejects.toMatchObject(WRONG);
    await expect(enter(idOf('19990909', 999))).rejects.toMatchObject(WRONG);
    await expect(enter('16999999999')).rejects.toMatchObject(WRONG);
    await addAccount({ loginName: 'without-password', password: false });
    await expect(enter('without-password', '')).rejects.toMatchObject(WRONG);
  });

  it('with a phone of two people opens neither', async () => {
    for (const sequence of [111, 113]) {
      const personId = await addPerson({ idNumber: idOf('19850101', sequence), phone: '16900000111' });
      await addAccount({ loginName: `shared-${sequence}`, personId });
    }
    await expect(enter('16900000111')).rejects.toMatchObject({ code: 'phone_shared' });
    expect(await enter(idOf('19850101', 111))).toBeTruthy();
  });

  it('of a merged record opens the account of the person it was merged into', async () => {
    const into = await addPerson({ idNumber: idOf('19850101', 121) });
    const id = await addAccount({ loginName: 'merged', personId: into });
    const old = await addPerson({ idNumber: idOf('19850101', 123) });
    await write(`person:${old}`, (tx) =>
      tx.update(person).set({ mergedInto: into }).where(eq(person.id, old)),
    );
    expect(await enter(idOf('19850101', 123))).toBe(id);
  });

  it('of a disabled account opens nothing', async () => {
    const id = await addAccount({ loginName: 'disabled' });
    await write(`account:${id}`, (tx) =>
      tx.update(account).set({ disabledAt: NOW }).where(eq(account.id, id)),
    );
    await expect(enter('disabled')).rejects.toMatchObject({ code: 'account_disabled', status: 403 });
    await expect(enter('disabled', 'wrong one')).rejects.toMatchObject(WRONG);
    expect(await kindsOf(`account:${id}`)).toEqual([]);
  });
});

describe('the throttle', () => {
  it('blocks an account at the fifth failure, wherever they come from, and forgets at success', async () => {
    const id = await addAccount({ loginName: 'guessed' });
    for (let count = 0; count < 5; count += 1)
      await expect(enter('guessed', `guess ${count}`)).rejects.toMatchObject(WRONG);
    await expect(enter('guessed')).rejects.toMatchObject({ code: 'login_blocked', status: 429 });
    expect(await enter('guessed', PASSWORD, later(2))).toBe(id);
    for (let count = 0; count < 4; count += 1)
      await expect(enter('guessed', `guess ${count}`, later(3))).rejects.toMatchObject(WRONG);
    expect(await enter('guessed', PASSWORD, later(3))).toBe(id);
  });

  it('lets sixty nervous people behind one address in', async () => {
    const classroom = { address: '192.168.1.1', agent: 'spec' };
    const names = Array.from({ length: 60 }, (_, index) => `classroom-${index}`);
    for (const loginName of names) await addAccount({ loginName });
    const entered = await Promise.all(
      names.map(async (loginName) => {
        await expect(enter(loginName, 'mistyped', NOW, classroom)).rejects.toMatchObject(WRONG);
        return await enter(loginName, PASSWORD, NOW, classroom);
      }),
    );
    expect(new Set(entered).size).toBe(60);
  });

  it('slows an address that tries account after account', async () => {
    const attacker = { address: '203.0.113.9', agent: 'spec' };
    const tries = Array.from({ length: 200 }, (_, index) => `victim-${index}`);
    for (let from = 0; from < tries.length; from += 20)
      await Promise.all(
        tries
          .slice(from, from + 20)
          .map((name) => enter(name, 'spring-2026', NOW, attacker).catch(() => null)),
      );
    await addAccount({ loginName: 'victim-200' });
    await expect(enter('victim-200', PASSWORD, NOW, attacker)).rejects.toMatchObject({
      code: 'login_blocked',
    });
    expect(await enter('victim-200')).toBeTruthy();
  });
});

describe('a printed card', () => {
  /** Somebody who keeps no password, with an account and a card. */
  async function holder(sequence: number) {
    const personId = await addPerson({ name: '李大山', idNumber: idOf('19600101', sequence) });
    const accountId = await addAccount({ loginName: `card-${sequence}`, personId, password: false });
    return { personId, accountId, identifier: idOf('19600101', sequence), ...(await addCard(personId)) };
  }
  const byCard = async (cardId: string, pin: string, now = NOW) => {
    const cookie = await logInByCard(SYSTEM, { cardId, pin }, somewhere(), now);
    return (await findSession(cookie.value, new Date()))!.accountId;
  };

  it('opens once, by its link or as a password, and is then spent', async () => {
    const { accountId, cardId, pin, identifier, personId } = await holder(201);
    expect(await readCardFace(SYSTEM, cardId)).toMatchObject({ usable: true });
    expect(await byCard(cardId, pin)).toBe(accountId);
    await expect(byCard(cardId, pin)).rejects.toMatchObject({ code: 'card_dead' });
    await expect(enter(identifier, pin)).rejects.toMatchObject(WRONG);
    expect(await readCardFace(SYSTEM, cardId)).toMatchObject({ usable: false });
    expect(await kindsOf(`person:${personId}`)).toEqual(['card_used']);
    const again = await holder(203);
    expect(await enter(again.identifier, again.pin)).toBe(again.accountId);
    await expect(byCard(again.cardId, again.pin)).rejects.toMatchObject({ code: 'card_dead' });
  });

  it('dies after five wrong PINs, also with the right one', async () => {
    const { cardId, pin, personId } = await holder(211);
    const wrong = pin === '00000000' ? '00000001' : '00000000';
    for (let count = 0; count < 4; count += 1)
      await expect(byCard(cardId, wrong, later(20 * count))).rejects.toMatchObject(WRONG);
    await expect(byCard(cardId, wrong, later(100))).rejects.toMatchObject(WRONG);
    await expect(byCard(cardId, pin, later(200))).rejects.toMatchObject({ code: 'card_dead' });
    const [row] = await read((db) => db.select().from(card).where(eq(card.id, cardId)));
    expect(row).toMatchObject({ failures: 5, usedAt: null });
    expect(await kindsOf(`person:${personId}`)).toEqual(Array.from({ length: 5 }, () => 'card_pin_failed'));
  });

  it('issued anew has another PIN, and the old one is dead', async () => {
    const { personId, accountId, cardId, pin } = await holder(221);
    const second = await addCard(personId, 2);
    expect(second.pin).not.toBe(pin);
    await expect(byCard(cardId, pin)).rejects.toMatchObject({ code: 'card_dead' });
    await expect(byCard(second.cardId, pin)).rejects.toMatchObject(WRONG);
    expect(await byCard(second.cardId, second.pin)).toBe(accountId);
  });

  it('opens nothing by its QR alone, and an unknown card is not there', async () => {
    const { cardId } = await holder(231);
    await expect(byCard(cardId, '')).rejects.toMatchObject(WRONG);
    await expect(byCard(newId(), '12345678')).rejects.toMatchObject(WRONG);
    await expect(readCardFace(SYSTEM, newId())).rejects.toMatchObject({ code: 'not_found', status: 404 });
  });

  it('is spent once, even when two phones try at the same moment', async () => {
    const { cardId, pin } = await holder(241);
    const both = await Promise.allSettled([byCard(cardId, pin), byCard(cardId, pin)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
