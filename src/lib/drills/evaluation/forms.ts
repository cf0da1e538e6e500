import * as v from 'valibot';

const long = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max, `最多 ${max} 字`));

export const noForm = v.object({});

export const moderateForm = v.object({
  sheet: v.string(),
  item: v.string(),
  answer: v.pipe(v.string(), v.trim(), v.minLength(1, '请选择核定结果')),
  reason: v.pipe(long(1000), v.minLength(1, '请写明核定的理由')),
});

export const reportForm = v.object({
  analysis: v.pipe(long(8000), v.minLength(1, '请填写情况分析')),
  advice: v.pipe(long(8000), v.minLength(1, '请填写改进意见和建议')),
  conclusion: v.pipe(long(4000), v.minLength(1, '请填写评估结论')),
});
export type ReportTexts = v.InferOutput<typeof reportForm>;

export const signForm = v.object({
  signedBy: v.pipe(v.string(), v.trim(), v.minLength(2, '请填写签发人姓名'), v.maxLength(60, '最多 60 字')),
  signedOn: v.pipe(v.string(), v.regex(/^\d{4}-\d{2}-\d{2}$/, '请选择签发日期')),
});
export const scanForm = v.object({ file: v.pipe(v.file('请选择扫描件'), v.minSize(1, '请选择扫描件')) });
