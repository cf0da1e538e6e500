import type { Actor, Role } from '#lib/kernel/actor.ts';
import { hashPassword } from '#lib/server/auth/passwords.ts';
import { write } from '#lib/server/db/open.ts';
import { account, accountGrant, card, organization, person, post } from '#lib/server/db/schema/index.ts';
import { newId } from '#lib/server/id.ts';
import { cardPin, lookUpHash, sealIdNumber } from '#lib/server/keys.ts';
import { samenessOf } from '#lib/people/posts.server.ts';

/** People, accounts and cards of 夏邑县 for specs of the register. */
export const PROVINCE = '/41/';
export const CITY = '/41/4114/';
export const XIAYI = '/41/4114/411426/';
export const HUITING = `${XIAYI}411426101/`;
export const MATOU = `${XIAYI}411426102/`;
export const LUSHI = '/41/4112/411224/';
export const NOW = new Date('2026-11-22T01:00:00Z');

export const divisionOf = (path: string) => path.split('/').at(-2)!;

export function actorOf(role: Role, path: string, organizationId: string | null = null): Actor {
  return { accountId: newId(), personId: null, name: role, grants: [{ role, path, organizationId }] };
}

export type Posting = {
  path: string;
  category?: string;
  organizationId?: string | null;
  heldFrom?: string;
  heldUntil?: string | null;
};

type NewPerson = {
  name?: string;
  idNumber?: string;
  phone?: string;
  birthOn?: string;
  posts?: Posting[];
  path?: string;
};

/** A person with posts; `path` is where they are listed, by default the place of the first post. */
export async function addPerson(input: NewPerson = {}): Promise<string> {
  const {
    name = '王建国',
    idNumber,
    phone = '',
    birthOn = '1985-01-01',
    posts = [{ path: HUITING }],
  } = input;
  const id = newId();
  await write(`person:${id}`, async (tx) => {
    await tx.insert(person).values({
      ...{ id, name, pinyin: name, sex: '男', birthOn, phone, mergedInto: null, createdAt: NOW },
      idCipher: idNumber ? sealIdNumber(idNumber) : null,
      idHash: idNumber ? lookUpHash(idNumber) : null,
      idMasked: idNumber ? `${idNumber.slice(0, 6)}****${idNumber.slice(-4)}` : '410000****0017',
      path: input.path ?? posts[0]?.path ?? XIAYI,
    });
    for (const posting of posts) await tx.insert(post).values(postRow(id, posting));
  });
  return id;
}

function postRow(personId: string, posting: Posting): typeof post.$inferInsert {
  const { path, category = 'township_emergency', organizationId = null } = posting;
  const divisionId = divisionOf(path);
  return {
    ...{
      id: newId(),
      personId,
      category,
      divisionId,
      path,
      organizationId,
      unit: '会亭镇人民政府',
      title: '',
    },
    ...{ operation: '', heldFrom: posting.heldFrom ?? '2026-01-08', heldUntil: posting.heldUntil ?? null },
    sameness: samenessOf({ category, divisionId, organizationId, operation: '' }),
    createdAt: NOW,
  };
}

export async function addEnterprise(name: string, path = XIAYI): Promise<string> {
  const id = newId();
  await write(`organization:${id}`, (tx) =>
    tx.insert(organization).values({
      ...{ id, name, kind: 'enterprise', creditCode: null, divisionId: divisionOf(path), path },
      ...{ industry: '机械', highRisk: false, createdAt: NOW },
    }),
  );
  return id;
}

export const PASSWORD = 'correct-horse-battery';
const hashed = hashPassword(PASSWORD);

type NewAccount = { loginName: string; personId?: string; role?: Role; path?: string; password?: boolean };

/** An account with the password {@link PASSWORD} and one role; without a role it has none. */
export async function addAccount(input: NewAccount): Promise<string> {
  const { loginName, personId = null, role, path = XIAYI, password = true } = input;
  const id = newId();
  const passwordHash = password ? await hashed : null;
  await write(`account:${id}`, async (tx) => {
    await tx.insert(account).values({
      ...{ id, personId, loginName, name: loginName, passwordHash, mustChangePassword: false },
      ...{ disabledAt: null, createdAt: NOW },
    });
    const grant = { id: newId(), accountId: id, divisionId: divisionOf(path), path, organizationId: null };
    if (role) await tx.insert(accountGrant).values({ ...grant, role });
  });
  return id;
}

/** The next card of a person: answers its id and what is printed on it. */
export async function addCard(personId: string, issue = 1): Promise<{ cardId: string; pin: string }> {
  const cardId = newId();
  await write(`card:${personId}`, (tx) =>
    tx.insert(card).values({
      ...{ id: cardId, personId, issue, issuedAt: NOW, failures: 0, usedAt: null, withdrawnAt: null },
    }),
  );
  return { cardId, pin: cardPin(personId, issue) };
}
