import { createHash, randomUUID } from 'node:crypto';
import { and, asc, desc, eq, inArray, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/kernel/actor.ts';
import { timeText } from '#lib/kernel/day.ts';
import { read, write, type Db, type Tx } from '#lib/server/db/open.ts';
import { drillScript, scriptVersion } from '#lib/server/db/schema/drills.ts';
import { division } from '#lib/server/db/schema/people.ts';
import { record } from '#lib/server/events/record.ts';
import { refuse } from '../copy.ts';
import { drillScope, mayKeepDrills } from '../policy.ts';
import { CASTS, dryRun } from '../runs/dry-run.ts';
import { lintScript } from './lint.ts';
import type { ScriptFinding } from './lint-finding.ts';
import type { Script } from './script.ts';

export type ScriptRow = typeof drillScript.$inferSelect;

/** Model scripts are everybody's to read and to copy; others belong to those who keep drills of the place. */
export async function findScript(actor: Actor, db: Db, id: string): Promise<ScriptRow> {
  const [row] = await db
    .select()
    .from(drillScript)
    .where(and(eq(drillScript.id, id), isNull(drillScript.archivedAt)));
  const isReader = row?.isModel ? drillScope(actor).length > 0 : row && mayKeepDrills(actor, row);
  if (!row || !isReader) throw refuse('not_found');
  return row;
}

async function findKept(actor: Actor, db: Db, id: string): Promise<ScriptRow> {
  const row = await findScript(actor, db, id);
  if (row.isModel || !mayKeepDrills(actor, row)) throw refuse('forbidden');
  return row;
}

export type ScriptItem = Omit<ScriptRow, 'draft'> & {
  versions: number;
  eventType: string;
  form: string;
  /** As the script has it: a duration. */
  planned: string;
  injects: number;
  blind: boolean;
};

/** Scripts of the actor's places, then the model scripts. */
export async function listScripts(actor: Actor): Promise<ScriptItem[]> {
  const scope = drillScope(actor);
  if (scope.length === 0) throw refuse('forbidden');
  return await read(async (db) => {
    const rows = await db
      .select()
      .from(drillScript)
      .where(
        and(
          isNull(drillScript.archivedAt),
          or(eq(drillScript.isModel, true), ...scope.map((path) => like(drillScript.path, `${path}%`))),
        ),
      )
      .orderBy(asc(drillScript.isModel), desc(drillScript.updatedAt));
    const versions = await versionCounts(
      db,
      rows.map(({ id }) => id),
    );
    return rows.map(({ draft, ...row }) => {
      const script = draft as Partial<Script>;
      const notice = script.blind?.notice;
      return {
        ...row,
        versions: versions.get(row.id) ?? 0,
        eventType: script.meta?.eventType ?? 'other',
        form: script.drill?.form ?? '',
        planned: script.meta?.planned ?? '',
        injects: script.injects?.length ?? 0,
        blind: notice === 'none' || notice === 'window_only',
      };
    });
  });
}

async function versionCounts(db: Db, ids: string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ scriptId: scriptVersion.scriptId, number: scriptVersion.number })
    .from(scriptVersion)
    .where(inArray(scriptVersion.scriptId, ids))
    .orderBy(asc(scriptVersion.number));
  return new Map(rows.map(({ scriptId, number }) => [scriptId, number]));
}

export type ScriptPage = {
  row: ScriptRow;
  findings: ScriptFinding[];
  script: Script | null;
  versions: { id: string; number: number; hash: string; publishedBy: string; publishedAt: Date }[];
  /** The draft says what the last version says. */
  isPublished: boolean;
  mayKeep: boolean;
};

/** A script with what the lint says of its draft. Refused: 404. */
export async function readScript(actor: Actor, id: string): Promise<ScriptPage> {
  return await read(async (db) => {
    const row = await findScript(actor, db, id);
    const { body: _body, scriptId: _scriptId, ...shown } = scriptVersionColumns;
    const versions = await db
      .select(shown)
      .from(scriptVersion)
      .where(eq(scriptVersion.scriptId, id))
      .orderBy(desc(scriptVersion.number));
    const { script, findings } = lintScript(row.draft);
    const isPublished = script !== null && versions[0]?.hash === scriptHash(script);
    return {
      row,
      script,
      findings,
      versions,
      isPublished,
      mayKeep: !row.isModel && mayKeepDrills(actor, row),
    };
  });
}

/** What an editor's page works on. */
export type ScriptDraft = {
  id: string;
  title: string;
  draft: Record<string, unknown>;
  revision: number;
  isModel: boolean;
  updatedBy: string;
  updatedAt: Date;
  mayKeep: boolean;
};

/** The draft with the number of its saving. Refused: 404. */
export async function readDraft(actor: Actor, id: string): Promise<ScriptDraft> {
  return await read(async (db) => {
    const { title, draft, revision, isModel, updatedBy, updatedAt, path } = await findScript(actor, db, id);
    const mayKeep = !isModel && mayKeepDrills(actor, { path });
    return { id, title, draft, revision, isModel, updatedBy, updatedAt, mayKeep };
  });
}

const scriptVersionColumns = {
  id: scriptVersion.id,
  number: scriptVersion.number,
  hash: scriptVersion.hash,
  publishedBy: scriptVersion.publishedBy,
  publishedAt: scriptVersion.publishedAt,
  body: scriptVersion.body,
  scriptId: scriptVersion.scriptId,
};

/** The text of a published version; the draft when no number is given. Refused: 404. */
export async function readScriptText(
  actor: Actor,
  id: string,
  number: number | null,
): Promise<{ title: string; body: Record<string, unknown>; number: number | null }> {
  return await read(async (db) => {
    const row = await findScript(actor, db, id);
    if (number === null) return { title: row.title, body: row.draft, number };
    const [version] = await db
      .select({ body: scriptVersion.body })
      .from(scriptVersion)
      .where(and(eq(scriptVersion.scriptId, id), eq(scriptVersion.number, number)));
    if (!version) throw refuse('not_found');
    return { title: row.title, body: version.body, number };
  });
}

/** Places a script can be made in: the tops of the actor's subtrees. Refused: 403 when there are none. */
export async function listDrillPlaces(actor: Actor): Promise<{ id: string; name: string }[]> {
  const scope = drillScope(actor);
  if (scope.length === 0) throw refuse('forbidden');
  return await read((db) =>
    db
      .select({ id: division.id, name: division.name })
      .from(division)
      .where(inArray(division.path, scope))
      .orderBy(asc(division.path)),
  );
}

/** Copies a script into a place of the actor's as a draft to change. Refused: 404, 403. */
export async function copyScript(
  actor: Actor,
  scriptId: string,
  divisionId: string,
  now: Date,
): Promise<string> {
  const source = await read((db) => findScript(actor, db, scriptId));
  return await createScript(actor, divisionId, source.draft, now);
}

/** Takes in a script that was exported here or written by hand; it may have faults, but must be a script. Refused: 400, 403. */
export async function createScript(
  actor: Actor,
  divisionId: string,
  draft: Record<string, unknown>,
  now: Date,
): Promise<string> {
  const title = titleOf(draft);
  const id = randomUUID();
  return await write(`script:${id}`, async (tx) => {
    const [place] = await tx.select().from(division).where(eq(division.id, divisionId));
    if (!place) throw refuse('not_found');
    if (!mayKeepDrills(actor, place)) throw refuse('forbidden');
    const row = {
      id,
      divisionId,
      path: place.path,
      title,
      draft,
      revision: 1,
      isModel: false,
      archivedAt: null,
    };
    await tx.insert(drillScript).values({ ...row, updatedBy: actor.name, updatedAt: now });
    await tell(actor, tx, row, 'script_created', {}, now);
    return id;
  });
}

function titleOf(draft: Record<string, unknown>): string {
  const title = (draft as Partial<Script>).meta?.title;
  if (typeof title !== 'string' || title.trim() === '') throw refuse('script_unreadable');
  return title.trim().slice(0, 200);
}

/** Saves the draft as it stands, faults included. Refused: 404, 403, 400, 409 when another saved meanwhile. */
export async function saveScript(
  actor: Actor,
  id: string,
  input: { revision: number; draft: Record<string, unknown> },
  now: Date,
): Promise<number> {
  return await write(`script:${id}`, async (tx) => {
    const row = await findKept(actor, tx, id);
    if (row.revision !== input.revision)
      throw refuse('script_changed', { by: row.updatedBy, at: timeText(row.updatedAt) });
    const revision = row.revision + 1;
    const changed = {
      draft: input.draft,
      title: titleOf(input.draft),
      revision,
      updatedBy: actor.name,
      updatedAt: now,
    };
    await tx.update(drillScript).set(changed).where(eq(drillScript.id, id));
    await tell(actor, tx, row, 'script_saved', { revision }, now);
    return revision;
  });
}

/** Takes a script off the list; its versions stay, because drills rest on them. Refused: 404, 403. */
export async function archiveScript(actor: Actor, id: string, now: Date): Promise<void> {
  await write(`script:${id}`, async (tx) => {
    const row = await findKept(actor, tx, id);
    await tx.update(drillScript).set({ archivedAt: now }).where(eq(drillScript.id, id));
    await tell(actor, tx, row, 'script_archived', {}, now);
  });
}

/** SHA-256 of a script's text with sorted keys: two files that say the same have the same hash. */
export function scriptHash(script: unknown): string {
  return createHash('sha256').update(canonical(script)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`)
    .join(',')}}`;
}

/**
 * Publishes the draft as an immutable version. It must be free of faults and come to its end with every
 * cast of the dry run. Publishing what is published already answers that version. Refused: 404, 403, 409
 * (`script_has_faults`, `script_stuck`).
 */
export async function publishScript(
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ versionId: string; number: number }> {
  return await write(`script:${id}`, async (tx) => {
    const row = await findKept(actor, tx, id);
    return await publish(actor, tx, row, now);
  });
}

/** See {@link publishScript}; for loaders of model scripts, inside their own write. */
export async function publish(
  actor: Actor,
  tx: Tx,
  row: ScriptRow,
  now: Date,
): Promise<{ versionId: string; number: number }> {
  const { script, findings } = lintScript(row.draft);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (!script || errors > 0) throw refuse('script_has_faults', { count: errors });
  const stuck = CASTS.filter((cast) => !dryRun(script, cast).isFinished);
  if (stuck.length > 0) throw refuse('script_stuck', { casts: stuck.join() });
  const hash = scriptHash(script);
  const [last] = await tx
    .select()
    .from(scriptVersion)
    .where(eq(scriptVersion.scriptId, row.id))
    .orderBy(desc(scriptVersion.number))
    .limit(1);
  if (last?.hash === hash) return { versionId: last.id, number: last.number };
  const version = { id: randomUUID(), scriptId: row.id, number: (last?.number ?? 0) + 1, hash };
  const body = script as unknown as Record<string, unknown>;
  await tx.insert(scriptVersion).values({ ...version, body, publishedBy: actor.name, publishedAt: now });
  await tell(actor, tx, row, 'script_published', { number: version.number, hash }, now);
  return { versionId: version.id, number: version.number };
}

/** Remembers in the script's own stream what was done to it. */
export async function tell(
  actor: Actor,
  tx: Tx,
  row: { id: string; path: string; title: string },
  kind: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await record(tx, {
    stream: `script:${row.id}`,
    kind,
    actor,
    at: now,
    path: row.path,
    detail: { title: row.title, ...detail },
  });
}
