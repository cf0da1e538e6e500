import * as v from 'valibot';
import { REPLACEMENT_CAUSES } from './certificate.ts';

export const revokeForm = v.object({
  reason: v.pipe(v.string('请写明撤销理由。'), v.trim(), v.maxLength(200, '理由请控制在200字以内。')),
});

export const upholdForm = v.object({
  upheldBecause: v.pipe(
    v.string('请写明维持的理由。'),
    v.trim(),
    v.maxLength(200, '理由请控制在200字以内。'),
  ),
});

export const replaceForm = v.object({
  cause: v.picklist(REPLACEMENT_CAUSES, '请选择补发的原因。'),
  note: v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(200, '说明请控制在200字以内。')),
});
export type Replacement = v.InferOutput<typeof replaceForm>;

export const emptyForm = v.object({});
