import { refuser } from '#lib/kernel/refused.ts';
import type { QuestionCode, QuestionFaultFound, QuestionField, QuestionNoteCode } from './question-sheet.ts';

/** Names of the fields, as the template prints them. */
export const QUESTION_FIELD_NAMES: Readonly<Record<QuestionField, string>> = {
  type: '题型',
  stem: '题干',
  optionA: '选项A',
  optionB: '选项B',
  optionC: '选项C',
  optionD: '选项D',
  optionE: '选项E',
  optionF: '选项F',
  optionG: '选项G',
  optionH: '选项H',
  options: '选项',
  answer: '答案',
  explanation: '解析',
  difficulty: '难度',
  topic: '知识点',
  basis: '依据',
};

const FAULT_SENTENCES: Readonly<Record<QuestionCode, (fault: QuestionFaultFound) => string>> = {
  type_unknown: ({ shown }) =>
    `${shown.trim() === '' ? '没有填写' : `“${shown}”不认识`}，请改为单选题、多选题或判断题`,
  stem_missing: () => '没有填写，请填写题干',
  stem_duplicate: ({ other }) => `与第${other}行的题干相同，已按前一题导入，本行可以删去`,
  options_missing: () => '选择题至少要有两个选项，请补齐',
  option_is_date: ({ shown }) =>
    `“${shown}”被存成了时间或日期，原文已经丢失，请把单元格格式设为“文本”后重新填写`,
  answer_missing: () => '没有填写，请填写答案',
  answer_unreadable: ({ shown }) => `“${shown}”看不懂，选择题请填字母，判断题请填“对”或“错”`,
  answer_is_date: ({ shown }) => `被存成了日期（${shown}），原文已经丢失，请把单元格格式设为“文本”后重新填写`,
  answer_is_boolean: ({ shown }) => `被存成了逻辑值${shown}，选择题的答案请填字母`,
  answer_without_option: ({ shown }) => `“${shown}”里有的字母没有对应的选项，请核对答案和选项`,
  single_many_answers: ({ shown }) => `“${shown}”有多个答案，单选题只能有一个，请改答案或者改题型`,
  multi_single_answer: ({ shown }) => `“${shown}”只有一个答案，多选题至少要有两个，请改答案或者改题型`,
  options_too_many: () => '选项超过六个，请删减',
  option_empty: () => '空着，后面的选项却有内容，请依次填写',
  option_repeated: ({ shown }) => `“${shown}”与前面的选项相同，请核对`,
};

/** 第12行I列“答案”：… One sentence for each fault, the main one first. */
export function questionMessage(
  row: number,
  faults: readonly QuestionFaultFound[],
  placeOf: (fields: readonly QuestionField[]) => { heading: string; letters: string },
): string {
  const sentences = faults.map((fault) => {
    const { heading, letters } = placeOf(fault.fields);
    return `${letters === '' ? '' : `${letters}列`}“${heading}”：${FAULT_SENTENCES[fault.code](fault)}。`;
  });
  return `第${row}行${sentences.join('')}`;
}

/** What a note says about a row that is taken. */
export const QUESTION_NOTE_NAMES: Readonly<Record<QuestionNoteCode, string>> = {
  answer_cleaned: '答案的写法已统一',
  answer_boolean_cell: '答案是逻辑值，TRUE 按“对”、FALSE 按“错”导入',
  option_is_number: '选项是数字，已按文字导入',
  type_cleaned: '题型的写法已统一',
};

/** Refuses a file in which no questions are found, or the sheet asked for is not there. */
export const refuseQuestions = refuser<'questions_not_found' | 'questions_sheet_unknown'>({
  questions_not_found: [
    400,
    '没有找到试题：表头里至少要有“题干”“答案”两列。请检查是否选错了文件，或者试题是否在隐藏的工作表里。',
  ],
  questions_sheet_unknown: [400, ({ sheet }) => `文件里没有工作表“${sheet}”，请重新选择。`],
});
