import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '#lib/kernel/actor.ts';
import { letterDocument } from '#lib/server/documents/letter.ts';
import { read, write } from '#lib/server/db/open.ts';
import { clauseTrial } from '#lib/server/db/schema/drills.ts';
import { event } from '#lib/server/db/schema/events.ts';
import { eq } from 'drizzle-orm';
import { loadReference } from '#seeds/reference/load.ts';
import { editClause, readDraft, replaceAnnex } from './clauses.server.ts';
import {
  adoptModel,
  archivePlan,
  beginVersion,
  discardDraft,
  importPlan,
  importVersion,
  publishDraft,
  readModel,
} from './drafts.server.ts';
import { planFileOf } from './plan-files.server.ts';
import { askedPlans } from './plan-filter.ts';
import { listPlans, readPlan, readVersions } from './plans.server.ts';
import { BLANK, clauseChanges } from './plan.ts';
import { planStream } from './versions.server.ts';

const NOW = new Date('2026-11-22T01:00:00Z');
const XIAYI = '/41/4114/411426/';
const HUITING = `${XIAYI}411426101/`;
const actor = (role: Role, path: string): Actor => ({
  accountId: `a-${role}`,
  personId: null,
  name: role,
  grants: [{ role, path, organizationId: null }],
});
const bureau = actor('bureau', XIAYI);
const officer = actor('township_officer', HUITING);
const lushi = actor('bureau', '/41/4112/411224/');
const ISSUED = { documentNumber: '夏政办〔2026〕5号', issuedOn: '2026-11-20' };
const FIRST_PAGE = { page: 1, sort: null };
const list = async (who: Actor, query = '') =>
  (await listPlans(who, askedPlans(new URLSearchParams(query)), FIRST_PAGE)).rows;
const fileOf = (text: string | Uint8Array, name: string) =>
  planFileOf(bureau, new File([text as BlobPart], name));

let floods: string;
beforeAll(async () => {
  await loadReference(NOW);
  floods = (await list(bureau, 'scope=model&event=flood&kind=special'))[0]!.id;
});

async function adopted(title: string, divisionId: string): Promise<string> {
  const [model] = (await list(bureau, 'scope=model')).filter((one) => one.title.startsWith(title));
  return await adoptModel(bureau, model!.id, { title: `夏邑${title}`, divisionId, values: {} }, NOW);
}

describe('model plans', () => {
  it('are loaded once, for everybody with a library, and nobody changes them', async () => {
    await loadReference(NOW);
    for (const who of [bureau, officer, lushi]) expect(await list(who, 'scope=model')).toHaveLength(10);
    await expect(list(actor('trainee', XIAYI))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(beginVersion(bureau, floods, '改一改范本', NOW)).rejects.toMatchObject({
      code: 'model_fixed',
    });
    const { text } = await readPlan(bureau, floods);
    expect(JSON.stringify(text)).not.toContain('{{');
  });

  it('become a plan of a place with its own values, and only once', async () => {
    const { parameters } = await readModel(bureau, floods);
    const [first] = parameters.filter((one) => one.unit === '分钟');
    const input = {
      title: '夏邑县防汛应急预案',
      divisionId: '411426',
      values: { [first!.name]: '13', deputy_order: ' ' },
    };
    const id = await adoptModel(bureau, floods, input, NOW);
    const { draft, clauses } = await readDraft(bureau, id);
    const said = clauses.map(({ body }) => body).join();
    expect([said.includes('13分钟'), said.includes(BLANK), said.includes('适用于夏邑县')]).toEqual([
      true,
      true,
      true,
    ]);
    expect(draft.parameters.find(({ name }) => name === first!.name)).toMatchObject({ value: '13' });
    await expect(adoptModel(bureau, floods, input, NOW)).rejects.toMatchObject({ code: 'plan_key_taken' });
    const elsewhere = { ...input, divisionId: '411224' };
    await expect(adoptModel(bureau, floods, elsewhere, NOW)).rejects.toMatchObject({ code: 'not_found' });
    await expect(adoptModel(officer, floods, input, NOW)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a plan', () => {
  it('is a draft for its keepers, then in force for its place and those below, and frozen', async () => {
    const id = await adopted('县级地震', '411426');
    for (const who of [officer, lushi])
      await expect(readPlan(who, id)).rejects.toMatchObject({ code: 'not_found' });
    await publishDraft(bureau, id, ISSUED, NOW);
    expect((await readPlan(officer, id)).version).toMatchObject({ number: 1, ...ISSUED });
    expect((await list(officer)).map((one) => one.id)).toContain(id);
    await expect(readPlan(lushi, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await list(lushi)).map((one) => one.id)).not.toContain(id);
    await expect(publishDraft(bureau, id, ISSUED, NOW)).rejects.toMatchObject({ code: 'draft_none' });
    await expect(beginVersion(officer, id, '不归我管的', NOW)).rejects.toMatchObject({ code: 'forbidden' });
    const first = (await readPlan(bureau, id)).text.clauses[0]!;
    const edit = { act: 'change', clauseId: 'x', ...first } as const;
    await expect(editClause(bureau, id, edit, NOW)).rejects.toMatchObject({ code: 'draft_none' });
  });

  it('gets a next version from the last, of which the changes are known', async () => {
    const id = await adopted('县级森林', '411426');
    await publishDraft(bureau, id, ISSUED, NOW);
    await beginVersion(bureau, id, '演练发现叫应太慢', NOW);
    await expect(beginVersion(bureau, id, '再来一份草稿', NOW)).rejects.toMatchObject({
      code: 'draft_exists',
    });
    const { clauses } = await readDraft(bureau, id);
    const clause = clauses.find(({ no }) => no === '1.1')!;
    await editClause(
      bureau,
      id,
      { act: 'change', clauseId: clause.id, ...clause, body: '改过的文字。' },
      NOW,
    );
    await editClause(bureau, id, { act: 'drop', clauseId: clauses.at(-1)!.id }, NOW);
    const compared = await readVersions(bureau, id, [2, 1]);
    const changes = clauseChanges(...compared.clauses);
    expect(changes.map(({ no, kind }) => [no, kind])).toEqual([
      ['1.1', 'changed'],
      [clauses.at(-1)!.no, 'removed'],
    ]);
    await expect(readVersions(officer, id, [1, 2])).rejects.toMatchObject({ code: 'not_found' });
    expect(await discardDraft(bureau, id, NOW)).toBe(true);
    expect((await readPlan(bureau, id)).version?.number).toBe(1);
  });

  it('is told by events, one for each command', async () => {
    const id = await adopted('县级危险化学品', '411426');
    await publishDraft(bureau, id, ISSUED, NOW);
    await archivePlan(bureau, id, true, NOW);
    await expect(readPlan(officer, id)).rejects.toMatchObject({ code: 'not_found' });
    await archivePlan(bureau, id, false, NOW);
    const rows = await read((db) =>
      db
        .select()
        .from(event)
        .where(eq(event.stream, planStream(id))),
    );
    expect(rows.toSorted((a, b) => a.seq - b.seq).map(({ kind }) => kind)).toEqual([
      'drill_plan_adopted',
      'drill_plan_put_in_force',
      'drill_plan_archived',
      'drill_plan_restored',
    ]);
  });

  it('shows for each clause how drills in its place came out', async () => {
    const id = await adopted('县级矿山', '411426');
    await publishDraft(bureau, id, ISSUED, NOW);
    const planKey = (await readPlan(bureau, id)).plan.key;
    const trial = (drillId: string, path: string, met: boolean, heldOn: string) => ({
      ...{ drillId, planKey, clauseNo: '1.1', path, met, heldOn },
    });
    await write('trials', (tx) =>
      tx
        .insert(clauseTrial)
        .values([
          trial('d1', XIAYI, true, '2026-05-01'),
          trial('d2', HUITING, false, '2026-06-01'),
          trial('d3', '/41/4112/411224/', false, '2026-07-01'),
        ]),
    );
    const { trials } = await readPlan(officer, id);
    expect(trials.get('1.1')).toEqual({ drilled: 2, failed: 1, lastVerifiedOn: '2026-05-01' });
    expect((await list(bureau)).find((one) => one.id === id)).toMatchObject({ drilled: 1, failed: 1 });
  });
});

describe('a file', () => {
  const place = { title: '', divisionId: '411426101', kind: 'township', eventType: 'flood' } as const;

  it('in Word is recognised, corrected and put in force', async () => {
    const bytes = await letterDocument({
      title: '会亭镇防汛应急预案',
      to: '',
      paragraphs: [
        { level: 1, text: '一、总则' },
        '（一）目的。为做好防汛工作。',
        '（二）原则。先转后报。',
        { level: 1, text: '二、职责' },
        '（一）镇长。任指挥长。',
      ],
      tables: [
        { caption: '通信录', columns: [{ heading: '单位' }, { heading: '电话' }], rows: [['消防', '119']] },
      ],
      signer: '会亭镇人民政府',
      day: '2026-11-20',
    });
    const id = await importPlan(bureau, { ...place, file: await fileOf(bytes, '预案.docx') }, NOW);
    const { plan, draft, clauses } = await readDraft(bureau, id);
    expect(plan.title).toBe('会亭镇防汛应急预案');
    expect(clauses.map(({ no, title }) => `${no} ${title}`)).toEqual([
      '1 总则',
      '1.1 目的',
      '1.2 原则',
      '2 职责',
      '2.1 镇长',
    ]);
    expect(draft.contacts).toEqual([{ name: '消防', person: '', phone: '119', note: '' }]);
    await editClause(bureau, id, { act: 'merge', clauseId: clauses[2]!.id }, NOW);
    const [, merged] = (await readDraft(bureau, id)).clauses;
    expect(merged!.body).toBe('为做好防汛工作。\n1.2 原则\n先转后报。');
    await editClause(bureau, id, { act: 'split', clauseId: merged!.id, line: 1 }, NOW);
    expect((await readDraft(bureau, id)).clauses.map(({ no }) => no)).toEqual([
      '1',
      '1.1',
      '1.2',
      '2',
      '2.1',
    ]);
    const added = await editClause(bureau, id, { act: 'add', clauseId: clauses[0]!.id }, NOW);
    await expect(publishDraft(bureau, id, ISSUED, NOW)).rejects.toMatchObject({ code: 'clause_no_missing' });
    await editClause(bureau, id, { act: 'drop', clauseId: added }, NOW);
    const rows = [
      { name: '镇值班室', person: '', phone: '由本地填写', note: '' },
      { name: '', person: '', phone: '', note: '' },
    ];
    await replaceAnnex(bureau, id, { part: 'contacts', rows }, NOW);
    await publishDraft(bureau, id, ISSUED, NOW);
    await replaceAnnex(bureau, id, { part: 'contacts', rows: [{ ...rows[0]!, person: '张三' }] }, NOW);
    expect((await readPlan(officer, id)).text.contacts).toMatchObject([{ person: '张三' }]);
    await expect(replaceAnnex(bureau, id, { part: 'duties', rows: [] }, NOW)).rejects.toMatchObject({
      code: 'draft_none',
    });
    const file = await fileOf('# 1 总则\n\n新的总则。\n', '新版.md');
    await importVersion(bureau, id, { file, reason: '' }, NOW);
    expect((await readDraft(bureau, id)).draft.number).toBe(2);
  });

  it('that was never put in force leaves nothing when its draft is thrown away', async () => {
    const id = await importPlan(
      bureau,
      { ...place, file: await fileOf('# 1 总则\n\n文字。\n', 'a.md') },
      NOW,
    );
    expect(await discardDraft(bureau, id, NOW)).toBe(false);
    await expect(readPlan(bureau, id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that is none is refused with its reason', async () => {
    const refusal = async (content: string | Uint8Array, name: string) =>
      await importPlan(bureau, { ...place, file: await fileOf(content, name) }, NOW).catch((e) => e.code);
    expect(await refusal('%PDF-1.7', 'a.pdf')).toBe('plan_file_type');
    expect(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.doc')).toBe('plan_file_old');
    expect(await refusal(Buffer.from('504b030400000000', 'hex'), 'a.docx')).toBe('plan_file_damaged');
    expect(await refusal('', 'a.md')).toBe('plan_file_empty');
    expect(await refusal(new Uint8Array(20 * 1_048_576 + 1).fill(65), 'a.md')).toBe('plan_file_large');
  });
});
