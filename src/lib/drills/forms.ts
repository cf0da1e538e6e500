import * as v from 'valibot';
import { DRILL_FORMS, EVENT_TYPES } from './scripts/script.ts';

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
const place = v.pipe(v.string(), v.minLength(1, '请选择地方'));
export const copyForm = v.object({ scriptId: v.string(), divisionId: place });

/** The largest script file taken in, as the command line takes it. */
export const SCRIPT_BYTES_MAX = 4 * 1024 * 1024;
export const scriptFileForm = v.object({
  file: v.pipe(
    v.file('请选择脚本文件'),
    v.maxSize(SCRIPT_BYTES_MAX, '脚本文件不能超过 4 MB，请核对是不是选错了文件'),
  ),
  divisionId: place,
});
export const blankScriptForm = v.object({
  title: name,
  region: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写发生在哪里'), v.maxLength(100, '最多 100 字')),
  eventType: v.picklist(EVENT_TYPES, '请选择事件类型'),
  form: v.picklist(DRILL_FORMS, '请选择形式'),
  divisionId: place,
});
/** A draft as the editor sends it, and as the preview of a workbook hands it on. */
export const draftForm = v.object({
  revision: v.pipe(v.string(), v.transform(Number), v.integer()),
  draft: v.pipe(v.string(), v.maxLength(SCRIPT_BYTES_MAX, '脚本太大')),
});
export const draftBody = v.object({
  revision: v.pipe(v.number(), v.integer()),
  draft: v.record(v.string(), v.unknown()),
});

export const MSEL_BYTES_MAX = 8 * 1024 * 1024;
export const mselFileForm = v.object({
  file: v.pipe(v.file('请选择工作簿'), v.maxSize(MSEL_BYTES_MAX, '工作簿不能超过 8 MB')),
});

export const cancelForm = v.object({
  reason: v.pipe(v.string(), v.trim(), v.minLength(1, '请写明取消的原因'), v.maxLength(200, '最多 200 字')),
});
