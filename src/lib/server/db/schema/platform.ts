import { bool, index, instant, int, json, primaryKey, table, text, unique } from '../columns.ts';

/** Work to be done later or in slices; taken by lease, harmless to repeat. */
export const job = table(
  'job',
  {
    id: text('id').primaryKey(),
    kind: text('kind').notNull(),
    key: text('key').notNull(),
    payload: json<Record<string, unknown>>('payload').notNull(),
    runAt: instant('run_at').notNull(),
    leaseUntil: instant('lease_until'),
    attempts: int('attempts').notNull(),
    done: int('done').notNull(),
    total: int('total').notNull(),
    doneAt: instant('done_at'),
    failure: text('failure'),
  },
  (t) => [unique('job_key').on(t.key), index('job_due').on(t.doneAt, t.runAt)],
);

/** A file somebody gave: its bytes lie in DATA_DIR/uploads/<sha256>. */
export const upload = table(
  'upload',
  {
    id: text('id').primaryKey(),
    sha256: text('sha256').notNull(),
    name: text('name').notNull(),
    type: text('type').notNull(),
    bytes: int('bytes').notNull(),
    /** What it belongs to, `session:<id>`; who may read that may read this. */
    about: text('about').notNull(),
    path: text('path').notNull(),
    byAccount: text('by_account').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('upload_about').on(t.about)],
);

/** Facts about this installation: whether it holds demo data, the fingerprint of its keys. */
export const fact = table('fact', {
  key: text('key').primaryKey(),
  value: text('value').notNull(),
});

/** One upload of a roster or a question file, from preview to commit. */
export const sheetImport = table(
  'sheet_import',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'roster' | 'questions'>().notNull(),
    state: text('state')
      .$type<'reading' | 'preview' | 'committing' | 'done' | 'failed' | 'discarded'>()
      .notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    organizationId: text('organization_id'),
    fileId: text('file_id').notNull(),
    fileName: text('file_name').notNull(),
    accountId: text('account_id').notNull(),
    asOf: text('as_of'),
    /** Which column holds what, as recognised or as corrected by the person. */
    mapping: json<Record<string, number>>('mapping'),
    /** What a person set for the whole file: which sheet to read, one 人员类别 for every row. */
    choices: json<{ sheetName?: string; category?: string }>('choices'),
    /** Heading, counts, skipped rows: what the preview shows above the rows. */
    summary: json<Record<string, unknown>>('summary'),
    refusal: text('refusal'),
    createdAt: instant('created_at').notNull(),
    committedAt: instant('committed_at'),
  },
  (t) => [index('sheet_import_path').on(t.path, t.createdAt)],
);

/** One decided row of an import; applied whole or not at all. */
export const sheetRow = table(
  'sheet_row',
  {
    importId: text('import_id').notNull(),
    row: int('row').notNull(),
    /** Its turn among the rows of the import when they are committed. */
    turn: int('turn').notNull().default(0),
    outcome: text('outcome').$type<'create' | 'update' | 'unchanged' | 'confirm' | 'refused'>().notNull(),
    /** `confirm` only: whether the person said yes. */
    confirmed: bool('confirmed').notNull(),
    decision: json<Record<string, unknown>>('decision').notNull(),
    appliedAt: instant('applied_at'),
  },
  (t) => [
    primaryKey({ columns: [t.importId, t.row] }),
    index('sheet_row_turn').on(t.importId, t.turn),
    index('sheet_row_outcome').on(t.importId, t.outcome),
  ],
);

/** The columns a bureau corrected once, by the words of its headings. */
export const columnMemory = table(
  'column_memory',
  {
    divisionId: text('division_id').notNull(),
    kind: text('kind').notNull(),
    heading: text('heading').notNull(),
    field: text('field').notNull(),
  },
  (t) => [primaryKey({ columns: [t.divisionId, t.kind, t.heading] })],
);
