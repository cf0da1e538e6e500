import { and, eq, isNull } from 'drizzle-orm';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { SYSTEM, VISITOR, type Actor, type Role } from '#lib/kernel/actor.ts';
import { listSessions } from '#lib/server/auth/sessions.ts';
import { read, write } from '#lib/server/db/open.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { account, accountGrant, card, person, post } from '#lib/server/db/schema/people.ts';
import { newId } from '#lib/server/id.ts';
import { cardPin } from '#lib/server/keys.ts';
import { cardStateOf, isCardState } from './card.ts';
import { countCards, issueCards, listCardIds, listCards } from './cards.server.ts';
import { logInByCard } from './logins.server.ts';

const NOW = new Date('2026-03-06T01:00:00Z');
const FROM = { address: '10.0.0.1', agent: 'spec' };
const COUNTY = '/41/4114/411426/';
const HUITING = `${COUNTY}411426101/`;
const MATOU = `${COUNTY}411426102/`;
const ORIGIN = 'http://192.168.1.8:3000';

function actorWith(role: Role, path: string, personId: string | null = null): Actor {
  return { accountId: newId(), personId, name: '经办人', grants: [{ role, path, organizationId: null }] };
}
const OFFICER = actorWith('township_officer', HUITING);

async function makePerson(name: string, path = HUITING, phone = '13900000000'): Promise<string> {
  const id = newId();
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{ id, name, path, phone, pinyin: 'x', idCipher: null, idHash: null, idMasked: '410000********0013' },
      ...{ sex: '女' as const, birthOn: '1968-01-01', mergedInto: null, createdAt: NOW },
    });
    await tx.insert(post).values({
      ...{
        id: newId(),
        personId: id,
        category: 'x',
        divisionId: '411426101',
        path,
        organizationId: null,
        unit: '刘楼村',
      },
      ...{
        title: '',
        operation: '',
        heldFrom: '2025-01-01',
        heldUntil: null,
        sameness: newId(),
        createdAt: NOW,
      },
    });
  });
  return id;
}

const cardsOf = (personId: string) =>
  read((db) => db.select().from(card).where(eq(card.personId, personId)).orderBy(card.issue));
const inForce = async (personId: string) =>
  (
    await read((db) =>
      db
        .select()
        .from(card)
        .where(and(eq(card.personId, personId), isNull(card.withdrawnAt))),
    )
  )[0]!;

async function textOf(pdf: Uint8Array): Promise<{ pages: number; text: string }> {
  const document = await getDocument({ data: pdf.slice(), verbosity: 0 }).promise;
  let text = '';
  for (let page = 1; page <= document.numPages; page += 1) {
    const { items } = await (await document.getPage(page)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str : '')).join('');
  }
  return { pages: document.numPages, text: text.replaceAll(' ', '') };
}

describe('issueCards', () => {
  it('prints name, unit, PIN and the telephone number, and makes the account', async () => {
    const officerId = await makePerson('李建国', HUITING, '13837000000');
    const personId = await makePerson('刘喆');
    const sheet = await issueCards(
      actorWith('township_officer', HUITING, officerId),
      [personId, personId],
      ORIGIN,
      NOW,
    );
    const { pages, text } = await textOf(sheet.bytes);
    expect([pages, sheet.cards]).toEqual([1, 1]);
    const issued = await inForce(personId);
    for (const part of ['刘喆', '会亭镇', '刘楼村', cardPin(personId, issued.issue), '李建国13837000000'])
      expect(text).toContain(part);
    const [made] = await read((db) => db.select().from(account).where(eq(account.personId, personId)));
    expect(made).toMatchObject({ passwordHash: null, mustChangePassword: false, name: '刘喆' });
    expect(made!.loginName).toMatch(/^p-[0-9a-f]{12}$/);
    const grants = await read((db) =>
      db.select().from(accountGrant).where(eq(accountGrant.accountId, made!.id)),
    );
    expect(grants).toMatchObject([{ role: 'trainee', path: HUITING, divisionId: '411426101' }]);
    const events = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, `person:${personId}`)),
    );
    expect(events.map(({ kind, detail }) => [kind, detail.issue])).toEqual([['card_issued', 1]]);
    expect(JSON.stringify(events)).not.toContain(cardPin(personId, 1));
  });

  it('opens one session; a new card kills the one before and its sessions', async () => {
    const personId = await makePerson('王秀英');
    await issueCards(OFFICER, [personId], ORIGIN, NOW);
    const first = await inForce(personId);
    const login = (of: typeof first, pin = cardPin(personId, of.issue)) =>
      logInByCard(SYSTEM, { cardId: of.id, pin }, FROM, NOW);
    await login(first);
    await expect(login(first)).rejects.toMatchObject({ code: 'card_dead' });
    const [opened] = await read((db) => db.select().from(account).where(eq(account.personId, personId)));
    expect(await listSessions(opened!.id, NOW)).toHaveLength(1);
    await issueCards(OFFICER, [personId], ORIGIN, NOW);
    expect(await listSessions(opened!.id, NOW)).toEqual([]);
    const second = await inForce(personId);
    expect(second.issue).toBe(2);
    expect(cardPin(personId, 2)).not.toBe(cardPin(personId, 1));
    await expect(login(first)).rejects.toMatchObject({ code: 'card_dead' });
    await login(second);
    expect((await cardsOf(personId)).map(({ withdrawnAt }) => withdrawnAt === null)).toEqual([false, true]);
    expect(await read((db) => db.select().from(account).where(eq(account.personId, personId)))).toHaveLength(
      1,
    );
  });

  it('stays within the scope, whole sheet or none', async () => {
    const [ours, theirs] = [await makePerson('甲'), await makePerson('乙', MATOU)];
    for (const actor of [
      OFFICER,
      actorWith('trainee', COUNTY, ours),
      actorWith('administrator', '/'),
      VISITOR,
    ])
      await expect(issueCards(actor, [ours, theirs], ORIGIN, NOW)).rejects.toMatchObject({
        code: 'not_found',
      });
    expect(await cardsOf(ours)).toEqual([]);
    expect((await issueCards(actorWith('bureau', COUNTY), [ours, theirs], ORIGIN, NOW)).cards).toBe(2);
    await expect(issueCards(OFFICER, [], ORIGIN, NOW)).rejects.toMatchObject({ code: 'cards_none' });
    await expect(issueCards(OFFICER, Array.from({ length: 201 }, newId), ORIGIN, NOW)).rejects.toMatchObject({
      code: 'cards_too_many',
    });
    await write(`person:${ours}`, (tx) =>
      tx.update(account).set({ disabledAt: NOW }).where(eq(account.personId, ours)),
    );
    await expect(issueCards(OFFICER, [ours], ORIGIN, NOW)).rejects.toMatchObject({
      code: 'card_account_disabled',
    });
  });

  it('numbers issues without gaps under many printings at once', async () => {
    const personId = await makePerson('丙');
    await Promise.all(Array.from({ length: 8 }, () => issueCards(OFFICER, [personId], ORIGIN, NOW)));
    const all = await cardsOf(personId);
    expect(all.map(({ issue }) => issue)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(all.filter(({ withdrawnAt }) => withdrawnAt === null)).toHaveLength(1);
  });
});

describe('listCards', () => {
  it('shows where each card stands, within the scope', async () => {
    const path = `${COUNTY}411426103/`;
    const officer = actorWith('township_officer', path);
    const [none, unused, used, locked] = (await Promise.all(
      ['无', '未用', '已用', '锁'].map((name) => makePerson(name, path)),
    )) as [string, string, string, string];
    await issueCards(officer, [unused, used, locked], ORIGIN, NOW);
    await write('card:spec', (tx) => tx.update(card).set({ usedAt: NOW }).where(eq(card.personId, used)));
    await write('card:spec', (tx) => tx.update(card).set({ failures: 5 }).where(eq(card.personId, locked)));
    await issueCards(officer, [unused], ORIGIN, NOW);
    expect(await countCards(officer, {})).toEqual({ none: 1, unused: 1, used: 1, locked: 1 });
    const { rows, total } = await listCards(officer, {}, 1);
    expect(total).toBe(4);
    expect(new Map(rows.map((row) => [row.personId, row.state]))).toEqual(
      new Map([
        [none, 'none'],
        [unused, 'unused'],
        [used, 'used'],
        [locked, 'locked'],
      ]),
    );
    for (const row of rows) {
      expect(
        (await listCards(officer, { state: row.state }, 1)).rows.map(({ personId }) => personId),
      ).toEqual([row.personId]);
      expect(await listCardIds(officer, { state: row.state })).toEqual([row.personId]);
    }
    expect((await listCards(officer, { words: '已用' }, 1)).total).toBe(1);
    expect((await listCards(actorWith('bureau', COUNTY), { path }, 1)).total).toBe(4);
    expect((await listCards(actorWith('township_officer', MATOU), { path }, 1)).total).toBe(0);
    expect((await listCards(VISITOR, {}, 1)).total).toBe(0);
  });

  it('reads states by name', () => {
    expect(['none', 'locked', 'x', null].map(isCardState)).toEqual([true, true, false, false]);
    expect(cardStateOf({ failures: 5, usedAt: NOW })).toBe('used');
  });
});
