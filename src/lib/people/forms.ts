import * as v from 'valibot';

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

export const accountForm = v.object({
  loginName: filled('请填写账号。'),
  name: filled('请填写使用人姓名或单位。'),
  password: filled('请填写初始密码。'),
  role: filled('请选择角色。'),
  divisionId: filled('请选择管辖区划。'),
  organizationId: v.optional(v.string(), ''),
});

export const grantForm = v.object({
  role: filled('请选择角色。'),
  divisionId: filled('请选择管辖区划。'),
  organizationId: v.optional(v.string(), ''),
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

export const commitForm = v.object({ confirmed: v.optional(v.array(wholeNumber), []) });

/** `field.name = column`: 0 for a field that no column holds. */
export const columnsForm = v.pipe(
  v.record(v.string(), v.unknown()),
  v.transform((form) =>
    Object.fromEntries(
      Object.entries(form).flatMap(([name, value]) =>
        name.startsWith('field.') && /^\d+$/.test(String(value)) ? [[name.slice('field.'.length), Number(value)]] : [],
      ),
    ),
  ),
);
