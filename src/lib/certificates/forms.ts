import * as v from 'valibot';

export const revokeForm = v.object({
  reason: v.pipe(v.string('请写明撤销理由。'), v.trim(), v.maxLength(200, '理由请控制在200字以内。')),
});

export const emptyForm = v.object({});
