import { createHash } from 'node:crypto';
import { and, desc, eq, gt, lt, ne, sql } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type Cookie, type DatabaseSession, type DatabaseUser } from 'lucia';
import { prepared, read, write } from '#lib/server/db/open.ts';
import { account, session } from '#lib/server/db/schema/people.ts';
import { settings } from '#lib/server/settings.ts';

/**
 * The one folder that knows Lucia (docs/adr/0003 says how to leave it). The database holds only the
 * SHA-256 of a session's id, so a stolen backup opens no session.
 */
declare module 'lucia' {
  interface Register {
    Lucia: typeof lucia;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: { name: string };
  }
}

type SessionAttributes = { address: string; agent: string; createdAt: Date; seenAt: Date };

const LIFETIME = new TimeSpan(30, 'd');
/** How stale “last seen” may be: a write for every request would cost more than it tells. */
const SEEN_EVERY_MS = 5 * 60_000;

export function hashOfSessionId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

function about(accountId: string): string {
  return `account:${accountId}`;
}

type SessionRow = typeof session.$inferSelect;

function databaseSession(id: string, row: SessionRow): DatabaseSession {
  const { address, agent, createdAt, seenAt } = row;
  return {
    id,
    userId: row.accountId,
    expiresAt: row.expiresAt,
    attributes: { address, agent, createdAt, seenAt },
  };
}

/** Lucia speaks of the id in the cookie; every method hashes it before it touches the database. */
const adapter: Adapter = {
  async getSessionAndUser(id): Promise<[DatabaseSession | null, DatabaseUser | null]> {
    const rows = await read((db) =>
      prepared(db, 'session.find', (db) =>
        db
          .select({ session, name: account.name })
          .from(session)
          .innerJoin(account, eq(account.id, session.accountId))
          .where(eq(session.id, sql.placeholder('id'))),
      ).execute({ id: hashOfSessionId(id) }),
    );
    const found = rows[0];
    if (!found) return [null, null];
    const user = { id: found.session.accountId, attributes: { name: found.name } };
    return [databaseSession(id, found.session), user];
  },
  async getUserSessions(accountId) {
    const rows = await read((db) => db.select().from(session).where(eq(session.accountId, accountId)));
    return rows.map((row) => databaseSession(row.id, row));
  },
  async setSession({ id, userId, expiresAt, attributes }) {
    const row = { id: hashOfSessionId(id), accountId: userId, expiresAt, ...attributes };
    await write(about(userId), (tx) => tx.insert(session).values(row));
  },
  async updateSessionExpiration(id, expiresAt) {
    const hashed = hashOfSessionId(id);
    await write(`session:${hashed}`, (tx) =>
      tx.update(session).set({ expiresAt }).where(eq(session.id, hashed)),
    );
  },
  async deleteSession(id) {
    const hashed = hashOfSessionId(id);
    await write(`session:${hashed}`, (tx) => tx.delete(session).where(eq(session.id, hashed)));
  },
  async deleteUserSessions(accountId) {
    await write(about(accountId), (tx) => tx.delete(session).where(eq(session.accountId, accountId)));
  },
  async deleteExpiredSessions() {
    await write('session:expired', (tx) => tx.delete(session).where(lt(session.expiresAt, new Date())));
  },
};

const lucia = new Lucia(adapter, {
  sessionExpiresIn: LIFETIME,
  sessionCookie: {
    name: 'lianbing_session',
    attributes: { sameSite: 'lax', secure: settings().origin?.startsWith('https:') ?? false },
  },
  getSessionAttributes: (attributes) => attributes,
  getUserAttributes: (attributes) => attributes,
});

export type OpenSession = { id: string; accountId: string; fresh: boolean };
export type SessionCookie = Pick<Cookie, 'name' | 'value' | 'attributes'>;

export const SESSION_COOKIE = lucia.sessionCookieName;

/** Opens a session for an account; answers the cookie to set. */
export async function openSession(
  accountId: string,
  from: { address: string; agent: string },
  now: Date,
): Promise<SessionCookie> {
  const agent = from.agent.slice(0, 200);
  const opened = await lucia.createSession(accountId, {
    address: from.address,
    agent,
    createdAt: now,
    seenAt: now,
  });
  return lucia.createSessionCookie(opened.id);
}

/** The session a cookie stands for, extended when half of its life is over (`fresh`: set the cookie again). */
export async function findSession(cookie: string, now: Date): Promise<OpenSession | null> {
  const { session: found } = await lucia.validateSession(cookie);
  if (!found) return null;
  if (now.getTime() - found.seenAt.getTime() > SEEN_EVERY_MS) await markSeen(hashOfSessionId(cookie), now);
  return { id: hashOfSessionId(cookie), accountId: found.userId, fresh: found.fresh };
}

async function markSeen(hashed: string, now: Date): Promise<void> {
  await write(`session:${hashed}`, (tx) =>
    tx.update(session).set({ seenAt: now }).where(eq(session.id, hashed)),
  );
}

export function cookieFor(sessionId: string): SessionCookie {
  return lucia.createSessionCookie(sessionId);
}

export function blankCookie(): SessionCookie {
  return lucia.createBlankSessionCookie();
}

export async function closeSession(cookie: string): Promise<void> {
  await lucia.invalidateSession(cookie);
}

/** The open sessions of an account, latest first, for its owner's list. */
export async function listSessions(accountId: string, now: Date) {
  return await read((db) =>
    db
      .select()
      .from(session)
      .where(and(eq(session.accountId, accountId), gt(session.expiresAt, now)))
      .orderBy(desc(session.seenAt)),
  );
}

/** Ends one session by its hash, or all but one. Lucia would hash the hash, so these are our own. */
export async function revokeSession(accountId: string, hashed: string): Promise<void> {
  await write(about(accountId), (tx) =>
    tx.delete(session).where(and(eq(session.accountId, accountId), eq(session.id, hashed))),
  );
}

export async function revokeSessions(accountId: string, except: string | null): Promise<void> {
  await write(about(accountId), (tx) =>
    tx.delete(session).where(and(eq(session.accountId, accountId), ne(session.id, except ?? ''))),
  );
}
