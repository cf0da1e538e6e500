import * as v from 'valibot';
import { FINDING_MOVES } from './finding.machine.ts';
import { FINDING_KINDS, SEVERITIES } from './finding.ts';

const words = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max, `最多 ${max} 字`));
const needed = (max: number, sentence: string) => v.pipe(words(max), v.minLength(1, sentence));
const day = v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, '请选择日期'));

export const findingForm = v.object({
  text: needed(2000, '请写明问题'),
  kind: v.picklist(FINDING_KINDS, '请选择问题类别'),
  severity: v.picklist(SEVERITIES, '请选择严重程度'),
  /** `plan key` and clause number, joined by a space; empty for none. */
  clause: v.optional(words(200), ''),
  divisionId: needed(20, '请选择责任地方'),
  unit: needed(100, '请填写责任单位'),
  owner: needed(60, '请填写责任人'),
  dueOn: day,
  needsPlanRevision: v.pipe(
    v.optional(v.string(), ''),
    v.transform((value) => value === 'on'),
  ),
});
export type FindingInput = v.InferOutput<typeof findingForm>;

export const moveForm = v.object({
  move: v.picklist(FINDING_MOVES),
  text: v.optional(words(2000), ''),
  signer: v.optional(words(60), ''),
});
export const revisionForm = v.object({
  planVersionId: v.optional(words(64), ''),
  waivedBy: v.optional(words(60), ''),
  waiver: v.optional(words(1000), ''),
});
export const retestForm = v.object({
  runId: needed(64, '请选择复测的演练'),
  retest: needed(1000, '请写明复测结果'),
});
export const proofForm = v.object({ file: v.pipe(v.file('请选择证明材料'), v.minSize(1, '请选择证明材料')) });
export const drillForm = v.object({ drill: needed(64, '请选择演练') });
