import { refuser } from '#lib/kernel/refused.ts';

/** What may stop any import of a sheet, whatever its rows mean. */
export const refuseSheetImport = refuser({
  import_not_found: [404, '没有找到这次导入，可能不在您的管辖范围内。'],
  import_not_preview: [409, '这次导入已经提交或作废，请刷新页面查看。'],
});
