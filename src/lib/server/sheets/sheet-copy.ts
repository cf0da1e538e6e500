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

export type TemplateKind = 'cadre' | 'enterprise' | 'questions' | 'indicators';

/** What the blank workbooks say; a heading is followed by the width of its column in characters. */
export const TEMPLATES: Readonly<
  Record<
    TemplateKind,
    {
      sheet: string;
      title: string;
      line: string;
      instruction: string;
      columns: readonly (readonly [string, number])[];
    }
  >
> = {
  cadre: {
    sheet: '花名册',
    title: '应急管理培训人员花名册',
    line: '填报单位：　　　　　　　　　　填报日期：',
    instruction:
      '填写说明：一人一个岗位填一行，兼任两个岗位的填两行。身份证号填18位，单元格已设为文本，请直接输入或者“只粘贴数值”。县级应急人员、执法人员的所属乡镇不填；村级人员的单位填“乡镇名＋村名”。手机号可以不填。',
    columns: [
      ['序号', 6],
      ['姓名', 12],
      ['性别', 6],
      ['身份证号', 22],
      ['单位', 28],
      ['职务', 20],
      ['人员类别', 20],
      ['所属乡镇', 14],
      ['手机号', 16],
      ['备注', 16],
    ],
  },
  enterprise: {
    sheet: '人员台账',
    title: '企业安全培训人员台账',
    line: '企业名称：　　　　　　　　　　统一社会信用代码：　　　　　　　　　　所属行业：　　　　　　　　　　填报日期：',
    instruction:
      '填写说明：一人一个岗位填一行，有两本特种作业操作证的填两行。操作项目按特种作业目录填写，只有特种作业人员填。日期填2026-03-01这样的格式。没有证书的，持证编号和证书有效期不填。',
    columns: [
      ['序号', 6],
      ['姓名', 12],
      ['性别', 6],
      ['身份证号', 22],
      ['部门/车间', 16],
      ['岗位（工种）', 18],
      ['人员类别', 18],
      ['操作项目', 26],
      ['入职日期', 14],
      ['持证编号', 24],
      ['证书有效期', 14],
      ['三级教育学时', 12],
      ['联系电话', 16],
      ['备注', 16],
    ],
  },
  questions: {
    sheet: '题库',
    title: '培训考试题库',
    line: '',
    instruction:
      '填写说明：一行一题。题型填单选题、多选题或判断题。单选题答案填一个字母，多选题填几个字母（如ABD），判断题填“对”或“错”，选项可以不填。难度填易、中、难。依据写到条。',
    columns: [
      ['序号', 6],
      ['题型', 10],
      ['题干', 60],
      ['选项A', 22],
      ['选项B', 22],
      ['选项C', 22],
      ['选项D', 22],
      ['选项E', 22],
      ['答案', 10],
      ['解析', 40],
      ['难度', 8],
      ['知识点', 16],
      ['依据', 40],
    ],
  },
  indicators: {
    sheet: '规划指标',
    title: '规划指标表',
    line: '',
    instruction:
      '填写说明：一项指标填一行，指标名称和目标值必填。目标值照规划文件填写，如100%、≥75%、1–2。属性填“预期性”或“约束性”，不填按预期性。没有基期值的不填。',
    columns: [
      ['序号', 6],
      ['指标名称', 60],
      ['单位', 12],
      ['基期值', 14],
      ['目标值', 14],
      ['属性', 12],
    ],
  },
};

/** Columns of the templates in which a list is offered, by heading; the categories come from the caller. */
export const TEMPLATE_LISTS: Readonly<Record<string, readonly string[]>> = {
  性别: ['男', '女'],
  题型: ['单选题', '多选题', '判断题'],
  难度: ['易', '中', '难'],
  属性: ['预期性', '约束性'],
};
export const CATEGORY_HEADING = '人员类别';
