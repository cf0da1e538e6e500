import type { Difficulty, QuestionType } from './question.ts';
import type { QuestionField } from './question-sheet.ts';

const option = (letter: string, ordinal: number): readonly string[] => [
  `选项${letter}`,
  `${letter}选项`,
  letter,
  `答案${letter}`,
  `选项${ordinal}`,
  `备选答案${letter}`,
  `备选项${letter}`,
];

/** Heading words by field, the commonest first; the words of the template stand first. */
export const QUESTION_HEADINGS: Readonly<Record<QuestionField, readonly string[]>> = {
  type: ['题型', '题目类型', '试题类型', '试题题型', '类型'],
  stem: ['题干', '题目', '试题内容', '题目内容', '试题题干', '题干内容', '试题', '问题', '题目描述'],
  optionA: option('A', 1),
  optionB: option('B', 2),
  optionC: option('C', 3),
  optionD: option('D', 4),
  optionE: option('E', 5),
  optionF: option('F', 6),
  optionG: option('G', 7),
  optionH: option('H', 8),
  options: ['选项', '备选项', '备选答案', '试题选项', '选项内容'],
  answer: ['答案', '正确答案', '标准答案', '参考答案', '正确选项', '试题答案'],
  explanation: ['解析', '答案解析', '试题解析', '题目解析', '详解', '解答'],
  difficulty: ['难度', '难易程度', '难度等级', '试题难度', '难易度'],
  topic: ['知识点', '考点', '知识点名称', '章节', '分类', '试题分类', '所属知识点', '类别', '所属章节'],
  basis: ['依据', '法规依据', '法律依据', '出处', '来源', '命题依据', '条款', '出题依据'],
};

export const QUESTION_IGNORED_HEADINGS: readonly string[] = [
  '序号',
  '编号',
  '题号',
  '题目序号',
  '试题编号',
  '分值',
  '分数',
  '得分',
  '备注',
  '命题人',
  '审核人',
  '导入结果',
];

export const TYPE_NAMES: Readonly<Record<QuestionType, string>> = {
  single: '单选题',
  multiple: '多选题',
  judge: '判断题',
};

export const TYPE_ALIASES: Readonly<Record<string, QuestionType>> = {
  单选题: 'single',
  单选: 'single',
  单项选择题: 'single',
  单项选择: 'single',
  单选择题: 'single',
  多选题: 'multiple',
  多选: 'multiple',
  多项选择题: 'multiple',
  多项选择: 'multiple',
  不定项选择题: 'multiple',
  不定项: 'multiple',
  判断题: 'judge',
  判断: 'judge',
  是非题: 'judge',
  对错题: 'judge',
};

export const DIFFICULTY_ALIASES: Readonly<Record<string, Difficulty>> = {
  易: 'easy',
  容易: 'easy',
  简单: 'easy',
  较易: 'easy',
  低: 'easy',
  中: 'medium',
  中等: 'medium',
  一般: 'medium',
  适中: 'medium',
  普通: 'medium',
  难: 'hard',
  较难: 'hard',
  困难: 'hard',
  高: 'hard',
};
export const DIFFICULTY_NAMES: Readonly<Record<Difficulty, string>> = {
  easy: '易',
  medium: '中',
  hard: '难',
};

/** Topic of a question whose file names none. */
export const TOPIC_UNNAMED = '综合';

export const JUDGE_NAMES = { T: '对', F: '错' } as const;
export const JUDGE_ALIASES: Readonly<Record<string, 'T' | 'F'>> = {
  对: 'T',
  '√': 'T',
  '✓': 'T',
  '✔': 'T',
  '☑': 'T',
  正确: 'T',
  是: 'T',
  T: 'T',
  TRUE: 'T',
  Y: 'T',
  错: 'F',
  '×': 'F',
  '✗': 'F',
  '✘': 'F',
  '✕': 'F',
  '╳': 'F',
  X: 'F',
  错误: 'F',
  否: 'F',
  不对: 'F',
  不正确: 'F',
  F: 'F',
  FALSE: 'F',
  N: 'F',
};

/** What may stand between the letters of an answer: `A、B、D`, `A和B`, `A/B.`. */
export const ANSWER_SEPARATORS = /[,，、;；.。．/|+＋和与及]/gu;

/** Several options in one cell: `A.汽油 B.酒精`, one a line, or between bars. */
export const OPTION_MARK = /(?:^|[\s\u3000;；])[A-Ha-hＡ-Ｈ][.、．:：)）]\s*/gu;
export const OPTION_BARS = /\s*(?:\r?\n|[|｜])\s*/u;

/** A sheet of instructions or word lists is taken only when there is no other. */
export const SIDE_QUESTION_SHEET = /说明|样例|示例|模板|范例|字典|参考/u;
