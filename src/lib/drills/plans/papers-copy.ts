import { dayOf, dayText, type Day } from '#lib/kernel/day.ts';
import type { Letter, LetterParagraph, LetterTable } from '#lib/server/documents/letter.ts';
import type { Table } from '#lib/server/sheets/write-table.ts';
import { ANNEX_COLUMNS, ANNEX_TITLES, PLAN_EVENT_WORDS, PLAN_KIND_WORDS } from './copy.ts';
import type { ClauseText, PlanText } from './plan.ts';
import type { PlanItem } from './plans.server.ts';

export const PAPER_NAMES = {
  document: '',
  cards: '现场处置卡',
  'large-cards': '现场处置卡（大字）',
  handbook: '应急手册',
  contacts: '通信录',
} as const;
export type PaperForm = keyof typeof PAPER_NAMES;

/** A version of a plan as its papers need it. */
export type Printed = {
  title: string;
  owner: string;
  text: PlanText;
  /** Empty where there is none: of a draft, of a model. */
  documentNumber: string;
  issuedOn: Day | null;
  /** Said on every sheet that is not in force. */
  isDraft: boolean;
  isModel: boolean;
};

const stateMark = ({ isDraft, isModel }: Printed) =>
  isModel ? '范本，不是现行预案' : isDraft ? '草稿，尚未公布' : '';

function paragraphsOf({ no, title, body, depth }: ClauseText): LetterParagraph[] {
  const heading = title === '' || title === no ? no : `${no}　${title}`;
  const [first = '', ...rest] = body.split('\n').filter((line) => line !== '');
  if (title === '' && depth > 1) return [`${no}　${first}`, ...rest];
  const head: LetterParagraph = depth === 1 ? { level: 1, text: heading } : { level: 2, text: heading };
  return [head, ...(first === '' ? [] : [first]), ...rest];
}

const SHARES: Readonly<Record<string, number>> = {
  condition: 3,
  measures: 3,
  duty: 3,
  note: 2,
  name: 2,
  phone: 2,
  authority: 2,
  clause: 2,
};

function annexTable(part: 'responses' | 'duties' | 'contacts', text: PlanText): LetterTable[] {
  const rows: Record<string, string>[] = text[part];
  if (rows.length === 0) return [];
  const columns = ANNEX_COLUMNS[part];
  return [
    {
      caption: ANNEX_TITLES[part],
      columns: columns.map(({ field, title }) => ({ heading: title, share: SHARES[field] ?? 1 })),
      rows: rows.map((row) => columns.map(({ field }) => row[field] ?? '')),
    },
  ];
}

/** The whole plan as a document in the layout of official letters, the seal's place left blank. */
export function planLetter(printed: Printed, today: Day): Letter {
  const { text, title, owner, issuedOn, documentNumber } = printed;
  const cards = text.cards.map((card) => ({
    caption: `${ANNEX_TITLES.cards}：${card.title}`,
    columns: [{ heading: '项目' }, { heading: '内容', share: 5 }],
    rows: [
      ['触发条件', card.trigger],
      ['立即做', card.steps.map((step, at) => `${at + 1}. ${step}`).join('　')],
      ['报告谁、怎么说', card.report],
      ['不要做', card.never.join('；')],
      ['条款号', card.clause],
    ],
  }));
  const front = [stateMark(printed), documentNumber].filter((words) => words !== '');
  return {
    title,
    to: '',
    paragraphs: [...front, ...text.clauses.flatMap(paragraphsOf)],
    tables: [
      ...annexTable('responses', text),
      ...annexTable('duties', text),
      ...annexTable('contacts', text),
      ...cards,
    ],
    signer: owner,
    day: issuedOn ?? today,
  };
}

/** What stands at the foot of every sheet of paper. */
function footOf(printed: Printed): string {
  const issued = printed.issuedOn === null ? '' : `${dayText(printed.issuedOn)}印发`;
  return [printed.title, printed.documentNumber, issued, stateMark(printed)]
    .filter((words) => words !== '')
    .join('　');
}

/** Values of `plan-cards.typ`: four cards an A4, or two in large type. */
export function cardsValue(printed: Printed, large: boolean): Record<string, unknown> {
  return { cards: printed.text.cards, foot: footOf(printed), large };
}

/** Values of `plan-handbook.typ`. */
export function handbookValue(printed: Printed): Record<string, unknown> {
  const { title, owner, issuedOn, text } = printed;
  const issued = issuedOn === null ? '' : dayText(issuedOn);
  const { clauses, responses, duties, contacts, cards } = text;
  return {
    title,
    owner,
    issued,
    mark: stateMark(printed),
    foot: footOf(printed),
    clauses,
    responses,
    duties,
    contacts,
    cards,
  };
}

/** Values of `plan-contacts.typ`. */
export function contactsValue(printed: Printed, today: Day): Record<string, unknown> {
  return {
    title: `${printed.title}${ANNEX_TITLES.contacts}`,
    contacts: printed.text.contacts,
    foot: `${footOf(printed)}　${dayText(today)}打印`,
  };
}

/** The list of plans as a workbook. */
export function planListTable(rows: readonly PlanItem[], by: string, at: Date): Table {
  return {
    title: '预案清单',
    columns: [
      { heading: '预案', kind: 'text' },
      { heading: '类别', kind: 'text' },
      { heading: '事件类型', kind: 'text' },
      { heading: '区划', kind: 'text' },
      { heading: '责任单位', kind: 'text' },
      { heading: '现行版本', kind: 'text' },
      { heading: '印发文号', kind: 'text' },
      { heading: '印发日期', kind: 'day' },
      { heading: '条款数', kind: 'integer' },
      { heading: '演练过的条款', kind: 'integer' },
      { heading: '失败过的条款', kind: 'integer' },
    ],
    rows: rows.map((row) => [
      row.title,
      PLAN_KIND_WORDS[row.kind],
      PLAN_EVENT_WORDS[row.eventType] ?? '',
      row.place,
      row.owner,
      row.inForce ? `第${row.inForce.number}版` : '尚未公布',
      row.inForce?.documentNumber ?? '',
      row.inForce?.issuedOn ?? null,
      row.clauses,
      row.drilled,
      row.failed,
    ]),
    frame: { left: `导出人：${by}`, right: `截至${dayText(dayOf(at))}` },
  };
}
