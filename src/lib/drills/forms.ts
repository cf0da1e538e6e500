import * as v from 'valibot';

const name = v.pipe(v.string(), v.trim(), v.minLength(1, '请填写名称'), v.maxLength(100, '名称最多 100 字'));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, '请选择日期'));

export const drillForm = v.object({
  title: name,
  scriptId: v.pipe(v.string(), v.minLength(1, '请选择脚本')),
  plannedOn: day,
  place: v.pipe(v.string(), v.trim(), v.maxLength(100, '地点最多 100 字')),
  observerDelaySeconds: v.optional(
    v.pipe(
      v.string(),
      v.transform(Number),
      v.number('请填写秒数'),
      v.integer(),
      v.minValue(0),
      v.maxValue(600, '最多 600 秒'),
    ),
    '0',
  ),
});
export type DrillInput = v.InferOutput<typeof drillForm>;

export const seatForm = v.object({
  loginName: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写登录名')),
  roles: v.pipe(v.array(v.string()), v.minLength(1, '请选择至少一个角色')),
});
export const seatRemovalForm = v.object({ seatId: v.string() });
export const copyForm = v.object({ scriptId: v.string() });
export const draftForm = v.object({
  revision: v.pipe(v.string(), v.transform(Number), v.integer()),
  draft: v.pipe(v.string(), v.maxLength(4_000_000, '脚本太大')),
});
