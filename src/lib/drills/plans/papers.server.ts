import type { Actor } from '#lib/kernel/actor.ts';
import { dayOf } from '#lib/kernel/day.ts';
import { write } from '#lib/server/db/open.ts';
import { letterDocument } from '#lib/server/documents/letter.ts';
import { tablesWorkbook } from '#lib/server/sheets/write-table.ts';
import { typesetTemplate } from '#lib/server/typeset/typeset.ts';
import { refuse } from './copy.ts';
import {
  cardsValue,
  contactsValue,
  handbookValue,
  PAPER_NAMES,
  planLetter,
  planListTable,
  type PaperForm,
  type Printed,
} from './papers-copy.ts';
import type { PlanFilter } from './plan-filter.ts';
import { listPlans, readPlan } from './plans.server.ts';
import { planStream, tell } from './versions.server.ts';

export type Download = { name: string; bytes: Uint8Array };

/** Plans in one workbook. */
const LIST_MAX = 1000;

/** What paper is asked for; an unknown word is the document itself. */
export function readPaperForm(word: string | null): PaperForm {
  return word !== null && word in PAPER_NAMES ? (word as PaperForm) : 'document';
}

/**
 * A version of a plan on paper: the document as .docx, cards, handbook and contacts as PDF. Who took it is
 * an event, since it may hold names and telephone numbers. Refused: not_found, version_none, cards_none.
 */
export async function paperOf(
  actor: Actor,
  { planId, number, form }: { planId: string; number: number | null; form: PaperForm },
  now: Date,
): Promise<Download> {
  const { plan, version, text } = await readPlan(actor, planId, number);
  if (!version) throw refuse('version_none');
  if (form.endsWith('cards') && text.cards.length === 0) throw refuse('cards_none');
  const { title, owner, isModel } = plan;
  const { documentNumber, issuedOn, inForceAt } = version;
  const printed = { title, owner, text, documentNumber, issuedOn, isDraft: inForceAt === null, isModel };
  const bytes = await madeOf(printed, form, now);
  await write(planStream(planId), async (tx) => {
    await tell(tx, actor, plan, 'drill_plan_printed', { form, version: version.number }, now);
  });
  const extension = form === 'document' ? 'docx' : 'pdf';
  return { bytes, name: `${title}${PAPER_NAMES[form]}.${extension}` };
}

async function madeOf(printed: Printed, form: PaperForm, now: Date): Promise<Uint8Array> {
  const today = dayOf(now);
  switch (form) {
    case 'document':
      return await letterDocument(planLetter(printed, today));
    case 'cards':
    case 'large-cards':
      return (await typesetTemplate('plan-cards', cardsValue(printed, form === 'large-cards'))).pdf;
    case 'handbook':
      return (await typesetTemplate('plan-handbook', handbookValue(printed))).pdf;
    case 'contacts':
      return (await typesetTemplate('plan-contacts', contactsValue(printed, today))).pdf;
  }
}

/** The list of plans, as the page has it, as a workbook, never cut short in silence. Refused: forbidden, list_too_long. */
export async function exportPlanList(actor: Actor, filter: PlanFilter, now: Date): Promise<Download> {
  const { rows, total } = await listPlans(actor, filter, { page: 1, sort: null, limit: LIST_MAX });
  if (total > LIST_MAX) throw refuse('list_too_long', { most: LIST_MAX });
  const table = planListTable(rows, actor.name, now);
  return { bytes: await tablesWorkbook([table]), name: `${table.title}-${dayOf(now)}.xlsx` };
}
