import * as v from 'valibot';
import { ROLES } from '#lib/kernel/actor.ts';
import { isDay } from '#lib/kernel/day.ts';
import { CATEGORY_CODES } from './roster.ts';

const filled = (sentence: string) => v.pipe(v.string(sentence), v.trim(), v.minLength(1, sentence));

export const loginForm = v.object({
  identifier: filled('请填写账号、手机号或身份证号。'),
  password: v.pipe(v.string('请填写密码。'), v.minLength(1, '请填写密码。')),
  to: v.optional(v.string()),
});

export const cardForm = v.object({
  pin: v.pipe(v.string('请填写卡上的8位数字。'), v.trim(), v.regex(/^\d{8}$/, '卡上的密码是8位数字。')),
});

export const passwordForm = v.object({
  current: v.optional(v.string(), ''),
  fresh: filled('请填写新密码。'),
  repeated: filled('请再填一次新密码。'),
});

export const sessionForm = v.object({ session: v.string() });
export const emptyForm = v.object({});

const role = v.picklist(ROLES, '请选择角色。');
/** An empty choice is no enterprise. */
const organization = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => text || null),
);

export const accountForm = v.object({
  loginName: filled('请填写账号。'),
  name: filled('请填写使用人姓名或单位。'),
  password: filled('请填写初始密码。'),
  role,
  divisionId: filled('请选择管辖区划。'),
  organizationId: organization,
});

export const grantForm = v.object({
  role,
  divisionId: filled('请选择管辖区划。'),
  organizationId: organization,
});

export const withdrawGrantForm = v.object({ grant: v.string() });
export const resetPasswordForm = v.object({ password: filled('请填写新密码。') });
export const disableForm = v.object({ disabled: v.picklist(['yes', 'no']) });
export const reasonForm = v.object({
  reason: v.pipe(v.string(), v.trim(), v.minLength(4, '请写明理由，至少4个字。')),
});

export const divisionForm = v.object({
  parentId: v.string(),
  name: filled('请填写区划名称。'),
  code: v.optional(v.string(), ''),
});

export const rosterUploadForm = v.object({
  divisionId: filled('请选择花名册所属的县（市、区）。'),
  file: v.pipe(
    v.instance(File, '请选择花名册文件。'),
    v.maxSize(20 * 1024 * 1024, '文件超过 20 MB，请拆分后再上传。'),
  ),
});

const wholeNumber = v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number));

const answer = v.pipe(
  v.picklist(['yes', 'no']),
  v.transform((word) => word === 'yes'),
);
export const renameForm = v.object({ row: wholeNumber, confirmed: answer });
export const allRenamesForm = v.object({ confirmed: answer });

export const sheetNameForm = v.object({ sheetName: v.string('请选择工作表。') });

function columnsOf(form: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      name.startsWith('field.') && /^\d+$/.test(String(value))
        ? [[name.slice('field.'.length), Number(value)]]
        : [],
    ),
  );
}

/** `field.name = column`: 0 for a field that no column holds. */
export const columnsForm = v.pipe(v.record(v.string(), v.unknown()), v.transform(columnsOf));

/** Columns, and one category for every row of a file that has no column for it. */
export const rosterColumnsForm = v.pipe(
  v.looseObject({
    category: v.optional(v.picklist(['', ...CATEGORY_CODES], '请从列出的人员类别里选择。'), ''),
  }),
  v.transform(({ category, ...form }) => ({ mapping: columnsOf(form), category: category || null })),
);

const reason = v.pipe(
  v.optional(v.string(), ''),
  v.trim(),
  v.minLength(4, '请写明理由，至少4个字。'),
  v.maxLength(200, '理由请控制在200字以内。'),
);

export const mergeForm = v.object({
  people: v.pipe(v.array(v.string()), v.minLength(2)),
  keep: filled('请选择保留哪一份档案。'),
  reason,
});

const day = v.pipe(v.string('请填写日期。'), v.check(isDay, '日期不正确，请按 2026-03-05 的格式填写。'));
const text = v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(60, '请控制在60字以内。'));

/** A post to begin; with `postId` the one it is a transfer from. */
export const postForm = v.object({
  category: filled('请选择岗位类别。'),
  divisionId: filled('请选择任职地。'),
  unit: text,
  title: text,
  heldFrom: day,
  postId: v.optional(v.string(), ''),
});
export const endPostForm = v.object({ postId: filled('请选择岗位。'), heldUntil: day });

export const setupForm = v.object({
  code: filled('请填写日志里打印的设置码。'),
  divisionId: filled('请选择县（市、区），或者选市本级。'),
  administratorLogin: filled('请填写系统管理员的账号。'),
  administratorPassword: filled('请填写系统管理员的密码。'),
  bureauLogin: filled('请填写培训主管的账号。'),
  bureauName: filled('请填写单位名称。'),
  bureauPassword: filled('请填写培训主管的密码。'),
});
