import { index, instant, int, json, table, text, unique } from '../columns.ts';

/** What happened: one row a command, chained by hash within its stream. Never updated, never deleted. */
export const event = table(
  'event',
  {
    id: text('id').primaryKey(),
    stream: text('stream').notNull(),
    seq: int('seq').notNull(),
    kind: text('kind').notNull(),
    actorId: text('actor_id'),
    actorName: text('actor_name').notNull(),
    at: instant('at').notNull(),
    /** Division path of what it is about: who may read it. */
    path: text('path').notNull(),
    detail: json<Record<string, unknown>>('detail').notNull(),
    previousHash: text('previous_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    unique('event_stream_seq').on(t.stream, t.seq),
    index('event_path_at').on(t.path, t.at),
    index('event_actor_at').on(t.actorId, t.at),
  ],
);
