import type { RefusalSentence } from '#lib/kernel/refused.ts';

export const storageSentences = {
  file_too_large: [413, (detail) => `文件超过 ${detail.megabytes} MB，请压缩或拆分后再上传。`],
  file_empty: [400, '文件是空的，请检查后重新选择。'],
  file_missing: [400, '请先选择文件。'],
  file_type_wrong: [400, (detail) => `这里只接受${detail.accepted}。`],
  upload_not_found: [404, '没有找到这个文件，或者您无权查看。'],
} satisfies Record<string, RefusalSentence>;
