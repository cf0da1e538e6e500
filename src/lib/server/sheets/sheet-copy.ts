import { refuser, type RefusalSentence } from '#lib/kernel/refused.ts';

export type SheetRefusalCode =
  | 'sheet_type'
  | 'sheet_macros'
  | 'sheet_too_large'
  | 'sheet_unpacks_too_large'
  | 'sheet_too_many_rows'
  | 'sheet_encrypted'
  | 'sheet_corrupt'
  | 'sheet_empty'
  | 'sheet_too_heavy'
  | 'sheet_too_slow';

const SENTENCES: Record<SheetRefusalCode, RefusalSentence> = {
  sheet_type: [
    400,
    '这不是可以读取的表格文件。请用 Excel 或 WPS 打开，另存为 .xlsx、.xls 或 .csv 后再上传。',
  ],
  sheet_macros: [400, '文件里带有宏，为安全起见不读取。请用 Excel 或 WPS 另存为不带宏的 .xlsx 后再上传。'],
  sheet_too_large: [413, '文件超过 20 MB。请删去图片和多余的工作表，或者分成几个文件后再上传。'],
  sheet_unpacks_too_large: [
    413,
    '文件解压后超过 200 MB。请把有内容的部分复制到一个新表格，另存为 .xlsx 后再上传。',
  ],
  sheet_too_many_rows: [
    413,
    ({ sheet }) => `工作表“${sheet}”超过 50000 行。请按乡镇或单位分成几个文件后再上传。`,
  ],
  sheet_encrypted: [400, '文件设有打开密码，读不出来。请在 Excel 或 WPS 中取消密码，保存后再上传。'],
  sheet_corrupt: [400, '文件已损坏，读不出来。请在 Excel 或 WPS 中打开检查，另存为 .xlsx 后再上传。'],
  sheet_empty: [400, '文件里没有内容。请检查是否选错了文件，或者内容是否在隐藏的工作表里。'],
  sheet_too_heavy: [
    413,
    '文件内容太大，服务器内存不够读取。请把有内容的部分复制到一个新表格，另存为 .xlsx 后再上传。',
  ],
  sheet_too_slow: [
    413,
    '文件读取超过两分钟，已经停止。请把有内容的部分复制到一个新表格，另存为 .xlsx 后再上传。',
  ],
};

/** Makes the refusal of a whole file. */
export const refuseSheet = refuser(SENTENCES);

export const RESULT_HEADING = '导入结果';
export const RESULT_SHEET = '导入结果';
