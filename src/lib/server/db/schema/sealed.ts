import { json, table, text } from '../columns.ts';

/**
 * 密封槽: always the same number of them, each of the same size, with a sealed drill in it or with chance.
 * Every change of one writes all (docs/adr/0012).
 */
export const sealedSlot = table('sealed_slot', {
  id: text('id').primaryKey(),
  /** New at every writing, the same in all slots: tells a process that what it knows is old. */
  mark: text('mark').notNull(),
  blob: text('blob').notNull(),
});

/** What a day's draws are made from, as a hash: one row a day in every installation. */
export const drawCommitment = table('draw_commitment', {
  day: text('day').primaryKey(),
  /** SHA-256 of the seed, as hex. */
  hash: text('hash').notNull(),
});

/** 保密情况 of a drill that was sealed, written when it was unsealed. */
export const drillSecrecy = table('drill_secrecy', {
  drillId: text('drill_id').primaryKey(),
  body: json<Record<string, unknown>>('body').notNull(),
});
