import { asc, eq } from 'drizzle-orm';
import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import { addDays, instantOn, type Day } from '#lib/kernel/day.ts';
import { editClause, readDraft } from '#lib/drills/plans/clauses.server.ts';
import { adoptModel, beginVersion, publishDraft } from '#lib/drills/plans/drafts.server.ts';
import { actorByLoginName } from '#lib/people/accounts.server.ts';
import { read } from '#lib/server/db/open.ts';
import { division, plan } from '#lib/server/db/schema/index.ts';
import { beginningOf } from './year.ts';

const HUITING = '411426101';

type Adopted = {
  bureau: string;
  key: string;
  divisionId: string;
  title: string;
  values?: Record<string, string>;
  /** Left a draft without it. */
  documentNumber?: string;
  /** Days after the beginning of the demo. */
  after: number;
};

const ADOPTED: readonly Adopted[] = [
  {
    bureau: 'xiayi',
    key: 'plan-county-flood',
    divisionId: '411426',
    title: '夏邑县防汛应急预案',
    documentNumber: '夏政办〔演示〕5号',
    after: 12,
  },
  {
    bureau: 'xiayi',
    key: 'plan-township-flood',
    divisionId: HUITING,
    title: '会亭镇防汛应急预案',
    values: { first_report_min: '15' },
    documentNumber: '会政〔演示〕3号',
    after: 20,
  },
  { bureau: 'xiayi', key: 'plan-county-hazmat', divisionId: '411426', title: '夏邑县危险化学品事故应急预案', after: 40 },
  {
    bureau: 'lushi',
    key: 'plan-county-flood',
    divisionId: '411224',
    title: '卢氏县防汛应急预案',
    documentNumber: '卢政办〔演示〕8号',
    after: 15,
  },
  {
    bureau: 'lushi',
    key: 'plan-county-forest-fire',
    divisionId: '411224',
    title: '卢氏县森林火灾应急预案',
    documentNumber: '卢政办〔演示〕9号',
    after: 16,
  },
];

/** A handbook for one village: that its cards are printed from. */
const HANDBOOK = { key: 'plan-village-handbook', documentNumber: '村民代表会议通过（演示）' };

/** The two counties make model plans their own: put in force, one revised after a rehearsal, one still a draft. */
export async function playPlans(today: Day): Promise<void> {
  const models = await read((db) => db.select().from(plan).where(eq(plan.isModel, true)));
  const modelOf = (key: string) => models.find((one) => one.key === key)!.id;
  for (const one of ADOPTED) {
    const bureau = await actorByLoginName(SYSTEM, one.bureau);
    const day = dayAfter(one.after, today);
    const input = { title: one.title, divisionId: one.divisionId, values: one.values ?? {} };
    const id = await adoptModel(bureau, modelOf(one.key), input, instantOn(day, '00:10'));
    const { documentNumber } = one;
    if (!documentNumber) continue;
    await publishDraft(bureau, id, { documentNumber, issuedOn: day }, instantOn(day, '00:20'));
    if (one.divisionId === '411426') await revise(bureau, id, today);
  }
  await adoptHandbook(modelOf(HANDBOOK.key), today);
}

/** Early in January it is today: nothing may have happened later than now. */
function dayAfter(days: number, today: Day): Day {
  const day = addDays(beginningOf(today), days);
  return day < today ? day : today;
}

async function revise(bureau: Actor, planId: string, today: Day): Promise<void> {
  const day = dayAfter(100, today);
  const now = instantOn(day, '00:30');
  await beginVersion(bureau, planId, '汛前自查发现夜间叫应没有规定换人时限', now);
  const { clauses } = await readDraft(bureau, planId);
  const clause = clauses.find(({ no }) => no === '4.3')!;
  const body = `${clause.body}夜间第一次没有接通的，5分钟内改拨替补人，并由值班员记录。`;
  await editClause(bureau, planId, { act: 'change', clauseId: clause.id, ...clause, body }, now);
  await publishDraft(bureau, planId, { documentNumber: '夏政办〔演示〕17号', issuedOn: day }, now);
}

async function adoptHandbook(modelId: string, today: Day): Promise<void> {
  const bureau = await actorByLoginName(SYSTEM, 'xiayi');
  const [village] = await read((db) =>
    db.select().from(division).where(eq(division.parentId, HUITING)).orderBy(asc(division.path)).limit(1),
  );
  const day = dayAfter(30, today);
  const input = { title: `${village!.name}“多案合一”应急手册`, divisionId: village!.id, values: {} };
  const id = await adoptModel(bureau, modelId, input, instantOn(day, '00:10'));
  await publishDraft(bureau, id, { documentNumber: HANDBOOK.documentNumber, issuedOn: day }, instantOn(day, '00:20'));
}
