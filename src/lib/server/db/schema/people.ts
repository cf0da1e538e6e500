import { bool, index, instant, int, primaryKey, table, text, unique } from '../columns.ts';
import { sql } from 'drizzle-orm';

/** 区划: province → city → county → township → village, and zones without a GB/T 2260 code. */
export const division = table(
  'division',
  {
    id: text('id').primaryKey(),
    /** GB/T 2260 (2, 4, 6 digits) or statistical code (9, 12); null where there is none. */
    code: text('code'),
    parentId: text('parent_id'),
    name: text('name').notNull(),
    level: text('level').$type<'province' | 'city' | 'county' | 'township' | 'village'>().notNull(),
    /** `/41/4114/411426/411426101/`: ids from the root down; a subtree is a prefix. */
    path: text('path').notNull(),
    pinyin: text('pinyin').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('division_path').on(t.path),
    unique('division_parent_name').on(t.parentId, t.name),
    index('division_parent').on(t.parentId),
  ],
);

/** 单位 */
export const organization = table(
  'organization',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    kind: text('kind').$type<'government' | 'enterprise'>().notNull(),
    creditCode: text('credit_code'),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    industry: text('industry'),
    highRisk: bool('high_risk').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('organization_division_name').on(t.divisionId, t.name),
    unique('organization_credit_code').on(t.creditCode),
  ],
);

/** 岗位类别: reference data from seeds/reference. */
export const postCategory = table('post_category', {
  code: text('code').primaryKey(),
  name: text('name').notNull(),
  level: text('level').$type<'county' | 'township' | 'village' | 'enterprise'>().notNull(),
  roster: text('roster').$type<'cadre' | 'enterprise'>().notNull(),
  ordinal: int('ordinal').notNull(),
  source: text('source').notNull(),
});

/** What a bureau calls a category in its own files; division `` for everybody. */
export const categoryAlias = table(
  'category_alias',
  {
    divisionId: text('division_id').notNull(),
    word: text('word').notNull(),
    category: text('category').notNull(),
  },
  (t) => [primaryKey({ columns: [t.divisionId, t.word] })],
);

/** 人员. The ID number is only here: encrypted, hashed with a key for look-up, and masked for screens. */
export const person = table(
  'person',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    pinyin: text('pinyin').notNull(),
    idCipher: text('id_cipher'),
    idHash: text('id_hash'),
    idMasked: text('id_masked').notNull(),
    sex: text('sex').$type<'男' | '女'>().notNull(),
    birthOn: text('birth_on').notNull(),
    phone: text('phone').notNull(),
    /** Path of the main current post, for lists by scope. */
    path: text('path').notNull(),
    mergedInto: text('merged_into'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('person_id_hash').on(t.idHash),
    index('person_path_pinyin').on(t.path, t.pinyin),
    index('person_phone').on(t.phone),
    index('person_merged_into').on(t.mergedInto),
    index('person_name').on(t.name),
  ],
);

/** 岗位: a person may hold several, each with its days; a transfer ends one and begins another. */
export const post = table(
  'post',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    category: text('category').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    organizationId: text('organization_id'),
    unit: text('unit').notNull(),
    title: text('title').notNull(),
    /** 操作项目 of a special-operations worker, else empty. */
    operation: text('operation').notNull(),
    heldFrom: text('held_from').notNull(),
    heldUntil: text('held_until'),
    /** What makes it the same post: category, division, organization, operation. */
    sameness: text('sameness').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('post_current')
      .on(t.personId, t.sameness)
      .where(sql`held_until is null`),
    index('post_person').on(t.personId),
    index('post_path').on(t.path),
    index('post_division').on(t.divisionId),
    index('post_organization').on(t.organizationId),
  ],
);

/** 账号 */
export const account = table(
  'account',
  {
    id: text('id').primaryKey(),
    personId: text('person_id'),
    loginName: text('login_name').notNull(),
    name: text('name').notNull(),
    passwordHash: text('password_hash'),
    mustChangePassword: bool('must_change_password').notNull(),
    disabledAt: instant('disabled_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [unique('account_login_name').on(t.loginName), unique('account_person').on(t.personId)],
);

/** One role in one scope. */
export const accountGrant = table(
  'account_grant',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    role: text('role').notNull(),
    divisionId: text('division_id').notNull(),
    path: text('path').notNull(),
    organizationId: text('organization_id'),
  },
  (t) => [index('account_grant_account').on(t.accountId)],
);

/** Lucia's sessions; the id is the SHA-256 of what the cookie holds. */
export const session = table(
  'session',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
    seenAt: instant('seen_at').notNull(),
    address: text('address').notNull(),
    agent: text('agent').notNull(),
  },
  (t) => [index('session_account').on(t.accountId), index('session_expires').on(t.expiresAt)],
);

/** 学员卡: its PIN is computed from (card key, person, issue), so nothing secret is stored. */
export const card = table(
  'card',
  {
    id: text('id').primaryKey(),
    personId: text('person_id').notNull(),
    issue: int('issue').notNull(),
    issuedAt: instant('issued_at').notNull(),
    failures: int('failures').notNull(),
    usedAt: instant('used_at'),
    withdrawnAt: instant('withdrawn_at'),
  },
  (t) => [unique('card_person_issue').on(t.personId, t.issue)],
);

/** Failed log-ins by account and by address. */
export const loginThrottle = table('login_throttle', {
  key: text('key').primaryKey(),
  failures: int('failures').notNull(),
  since: instant('since').notNull(),
  blockedUntil: instant('blocked_until'),
});
