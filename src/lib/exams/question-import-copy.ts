import { refuser } from '#lib/kernel/refused.ts';
import type { ImportTab } from '#lib/kernel/sheet-import.ts';
import type { QuestionContent } from './question.ts';

export const refuseQuestionImport = refuser({
  bank_unknown: [400, '请选择题库所属的区划。'],
  bank_forbidden: [403, '您不能为这个题库导入试题。题库由本级应急管理局和考务员维护。'],
  question_columns_lacking: [
    400,
    (detail) => `没有认出这些必需的列：${(detail.fields as string[]).join('、')}。请在下面指明它们是哪一列。`,
  ],
});

/** Parts of a question as a preview names them when they change. */
export const QUESTION_PART_NAMES: Record<keyof QuestionContent, string> = {
  type: '题型',
  stem: '题干',
  options: '选项',
  answer: '答案',
  explanation: '解析',
  basis: '依据',
  difficulty: '难度',
  topic: '知识点',
};

export const WITHDRAWN_NOTE = '题库中这道题已停用，导入后仍停用';
export const UPLOAD_SENTENCES = {
  division: '请选择题库所属的区划。',
  file: '请选择题库文件。',
  size: '文件超过 20 MB，请拆分后再上传。',
} as const;

/** The outcomes of a question file's rows in the order they need attention, and what each means. */
export const QUESTION_OUTCOMES = [
  { tab: 'refused', definition: '整行不收，下载退回表可看到每行的原因。' },
  { tab: 'create', label: '新增试题', definition: '题库里还没有的题干。' },
  { tab: 'update', definition: '题干已在题库，选项、答案、解析等有变化；写入后成为新版本。' },
  { tab: 'unchanged', definition: '与题库内容一致，不会改动。' },
] satisfies { tab: ImportTab; label?: string; definition: string }[];
