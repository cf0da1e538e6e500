import * as v from 'valibot';
import { isDay } from '#lib/kernel/day.ts';
import { HOLDER_PARTS } from './sealed-drill.ts';
import { WINDOW_DAYS_MAX } from './draw.ts';

const name = v.pipe(v.string(), v.trim(), v.minLength(1, '请填写名称'), v.maxLength(100, '名称最多 100 字'));
const day = v.pipe(v.string(), v.check(isDay, '请选择日期'));
const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, '请填写时刻，例如 08:30'));
const minutes = (max: number, fault: string) =>
  v.pipe(
    v.string(),
    v.transform(Number),
    v.number(fault),
    v.integer(fault),
    v.minValue(0, fault),
    v.maxValue(max, fault),
  );
const ticked = v.pipe(
  v.optional(v.string(), ''),
  v.transform((value) => value !== ''),
);

/** One a line; empty lines are nothing. */
const lines = v.pipe(
  v.optional(v.string(), ''),
  v.transform((text) => [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  ]),
  v.check(
    (list) => list.length <= 100 && list.every((line) => line.length <= 100),
    '最多 100 行，每行 100 字以内',
  ),
);

/** `22:00-06:00`, one a line. */
const spans = v.pipe(
  lines,
  v.check(
    (list) => list.every((line) => /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/.test(line)),
    '每行写一段，例如 22:00-06:00',
  ),
  v.transform((list) => list.map((line) => ({ from: line.slice(0, 5), until: line.slice(6) }))),
);
const days = v.pipe(
  lines,
  v.check((list) => list.every(isDay), '每行写一天，例如 2026-06-07'),
);
const weekdays = v.pipe(
  v.optional(v.array(v.pipe(v.string(), v.transform(Number), v.picklist([1, 2, 3, 4, 5, 6, 7]))), []),
  v.minLength(1, '请至少选一天'),
);

const windowEntries = {
  fromOn: day,
  untilOn: day,
  weekdays,
  exceptOn: days,
  from: time,
  until: time,
  quiet: spans,
  units: lines,
  places: lines,
  nearMinutes: minutes(1_440, '请填写 0–1440 分钟'),
};
const isInOrder = ({ fromOn, untilOn }: { fromOn: string; untilOn: string }) =>
  fromOn <= untilOn && Date.parse(untilOn) - Date.parse(fromOn) < WINDOW_DAYS_MAX * 86_400_000;
const OUT_OF_ORDER = `结束日期不能早于开始日期，时间段最长 ${WINDOW_DAYS_MAX} 天`;

export const windowForm = v.pipe(
  v.object(windowEntries),
  v.check((input) => isInOrder(input), OUT_OF_ORDER),
);
export type WindowInput = v.InferOutput<typeof windowForm>;

/** The largest script file taken in. */
const SCRIPT_BYTES_MAX = 4 * 1024 * 1024;

export const sealedForm = v.pipe(
  v.object({
    title: name,
    divisionId: v.pipe(v.string(), v.minLength(1, '请选择地方')),
    scriptId: v.optional(v.string(), ''),
    file: v.optional(v.pipe(v.file(), v.maxSize(SCRIPT_BYTES_MAX, '脚本文件不能超过 4 MB'))),
    notice: v.picklist(['none', 'window_only']),
    startsItself: ticked,
    needsStart: ticked,
    scoresLive: ticked,
    reason: v.pipe(v.string(), v.trim(), v.minLength(1, '请写明依据或理由'), v.maxLength(300, '最多 300 字')),
    undertaking: v.literal('yes', '请先签保密承诺书'),
    ...windowEntries,
  }),
  v.check((input) => isInOrder(input), OUT_OF_ORDER),
);
export type SealedInput = v.InferOutput<typeof sealedForm>;

export const holderForm = v.object({
  loginName: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写登录名')),
  part: v.picklist(HOLDER_PARTS),
  reason: v.pipe(v.string(), v.trim(), v.minLength(1, '请写明为什么要知情'), v.maxLength(300, '最多 300 字')),
  needsStart: ticked,
  needsScenario: ticked,
});
export type HolderInput = v.InferOutput<typeof holderForm>;

export const holderRemovalForm = v.object({ accountId: v.string() });
export const signForm = v.object({ agreed: v.literal('yes', '请先勾选“已阅读并同意”') });

export const sealedSeatForm = v.object({
  loginName: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写登录名')),
  roles: v.pipe(v.array(v.string()), v.minLength(1, '请选择至少一个角色')),
});
export const sealedSeatRemovalForm = v.object({ seatId: v.string() });

/** A scan shrunk in the browser, as a data URL. */
export const SCAN_CHARACTERS_MAX = 200 * 1024;
export const paperForm = v.object({
  name,
  signedOn: day,
  scan: v.pipe(
    v.string(),
    v.minLength(1, '请选择扫描件'),
    v.maxLength(SCAN_CHARACTERS_MAX, '扫描件太大，请重拍或裁小一些'),
    v.regex(/^data:image\/(jpeg|png);base64,[A-Za-z0-9+/]+=*$/, '扫描件请用 JPG 或 PNG 图片'),
  ),
});
export type PaperInput = v.InferOutput<typeof paperForm>;
export const noForm = v.object({});
