/** What a plan is recognised by: the ways its chapters and clauses are numbered, and the words of its annexes. */
const COUNT = '[〇零一二三四五六七八九十百]+';

/** 第一章 总则 */
export const CHAPTER = new RegExp(`^(第(?:${COUNT}|\\d+)(?:章|篇|部分))[\\s\\u3000、：:]*(.*)$`, 'su');
/** 第一节 组织机构 */
export const SECTION = new RegExp(`^(第(?:${COUNT}|\\d+)节)[\\s\\u3000、：:]*(.*)$`, 'su');
/** The number of a chapter or a section, under which articles stand. */
export const PART_NUMBER = /[章篇节]$|部分$/u;
/** 第十二条 …… */
export const ARTICLE = new RegExp(`^(第(?:${COUNT}|\\d+)条(?:之${COUNT})?)[\\s\\u3000、：:]+(.*)$`, 'su');
/** 一、总则 */
export const ENUMERATED = new RegExp(`^(${COUNT})、[\\s\\u3000]*(.*)$`, 'su');
/** （一）组织机构 */
export const BRACKETED = new RegExp(`^[（(](${COUNT})[）)][\\s\\u3000、]*(.*)$`, 'su');
/** 附件A 响应分级; the number and the name. 附件：1. …… is the list of them, not one of them. */
export const ANNEX = new RegExp(
  `^附(?:件|录|表)[\\s\\u3000]*([A-Z]|${COUNT}|\\d{1,2})(?![.．]?\\d)[\\s\\u3000、：:.．]*(.*)$`,
  'su',
);
/** The line above a table of contents. */
export const CONTENTS = /^目[\s\u3000]*[录次]$/u;
/** What the title of a plan says it is. */
export const TITLE_WORD = /预案|手册|方案|处置卡/u;
/** 卡片：村书记 */
export const CARD_HEADING =
  /^(?:卡片|(?:现场)?处置卡)[\s\u3000]*[一二三四五六七八九十\d]*[\s\u3000]*[：:][\s\u3000]*(.+)$/u;

/** What an annex is, by its name. */
export const ANNEX_KINDS = {
  responses: /响应分级|响应级别|分级响应|响应条件/u,
  duties: /职责/u,
  contacts: /通信录|通讯录|联系电话|联系方式|联络表/u,
  cards: /处置卡|应急卡|卡片/u,
} as const;

/** Headings of the columns of the tables, by field. The first heading that fits wins. */
export const RESPONSE_COLUMNS = {
  level: /级别|等级|信号/u,
  condition: /条件|情形|标准/u,
  authority: /权限|批准|决定|启动人/u,
  measures: /措施|行动|工作内容/u,
} as const;
export const DUTY_COLUMNS = {
  duty: /职责|任务|分工/u,
  clause: /条款/u,
  post: /岗位|单位|部门|成员|责任人|角色|机构|小组/u,
} as const;
export const CONTACT_COLUMNS = {
  phone: /电话|手机|联系方式|号码/u,
  person: /联系人|姓名|负责人/u,
  note: /备注|说明/u,
  name: /单位|岗位|部门|机构|名称|职务/u,
} as const;

/** The five fields of a card, as a line begins. */
export const CARD_FIELDS = {
  trigger: ['触发条件', '适用情形', '什么时候用', '适用情况'],
  steps: ['立即做', '处置步骤', '处置措施', '怎么做'],
  report: ['报告谁、怎么说', '报告谁', '怎么报告', '报告'],
  never: ['不要做', '禁止事项', '禁止', '严禁'],
  clause: ['条款号', '依据条款', '条款'],
} as const;
export const CARD_TITLE_FIELD = ['卡片名称', '名称', '岗位'];
/** The heading of a card written as a table. */
export const CARD_TABLE_HEADING = '项目';

/** What stands before the first clause, as a clause of its own. */
export const PREFACE = { no: '前言', title: '前言' } as const;
export const ANNEX_WORD = '附件';
export const END_OF_SENTENCE = /[。；;！？]/u;

const DIGITS = '零一二三四五六七八九';

/** 十二 → 12; what is no number gives 0. */
export function chineseNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  let sum = 0;
  let digit = 0;
  for (const character of text.replaceAll('〇', '零')) {
    if (character === '百') sum += (digit || 1) * 100;
    else if (character === '十') sum += (digit || 1) * 10;
    digit = character === '百' || character === '十' ? 0 : DIGITS.indexOf(character);
  }
  return sum + Math.max(0, digit);
}

/** 12 → 十二, up to 999: how Word writes the numbers of a list. */
export function chineseCount(value: number): string {
  const hundreds = Math.floor(value / 100);
  const tens = Math.floor((value % 100) / 10);
  const ones = value % 10;
  const head = hundreds > 0 ? `${DIGITS[hundreds]}百` : '';
  const middle =
    tens > 0 ? `${tens === 1 && hundreds === 0 ? '' : DIGITS[tens]}十` : hundreds > 0 && ones > 0 ? '零' : '';
  return `${head}${middle}${ones > 0 ? DIGITS[ones] : ''}`;
}
