import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Tx } from '#lib/server/db/open.ts';
import { drillAdoption, drillRule, drillRulePack } from '#lib/server/db/schema/quotas.ts';

type RuleSeed = Omit<
  typeof drillRule.$inferInsert,
  'packId' | 'fromOn' | 'untilOn' | 'ordinal' | 'source' | 'mark'
>;
type PackSeed = Omit<typeof drillRulePack.$inferInsert, 'divisionId'> & { divisionCode: string; rules: RuleSeed[] };

/** Packs that a law, an order or a provincial notice makes hold in the whole province without anybody adopting them. */
const IN_FORCE_BY_LAW: Readonly<Record<string, string>> = {
  'state-708': '国务院令第708号',
  'order-88': '安全监管总局令第88号、应急管理部令第2号',
  'henan-2020': '河南省2020年通知',
};

/** Rules of how often whom must drill: dated, with source and mark. Harmless to repeat. */
export async function loadDrillRules(tx: Tx, province: { id: string; path: string }, now: Date): Promise<void> {
  const packs = JSON.parse(readFileSync(resolve('seeds/reference/drill-rules.json'), 'utf8')) as PackSeed[];
  for (const { divisionCode, rules, ...pack } of packs) {
    await tx
      .insert(drillRulePack)
      .values({ ...pack, divisionId: divisionCode })
      .onConflictDoNothing();
    const { fromOn, untilOn, source, mark } = pack;
    const dated = { packId: pack.id, fromOn, untilOn: untilOn ?? null, source, mark };
    await tx
      .insert(drillRule)
      .values(rules.map((rule, ordinal) => ({ ...rule, ...dated, ordinal })))
      .onConflictDoNothing();
    const documentNumber = IN_FORCE_BY_LAW[pack.id];
    if (documentNumber === undefined) continue;
    await tx
      .insert(drillAdoption)
      .values({
        ...{ id: `${pack.id}/${province.id}`, packId: pack.id, divisionId: province.id, path: province.path },
        ...{ documentNumber, fromOn, untilOn: null, counts: {}, adoptedBy: '', adoptedAt: now },
      })
      .onConflictDoNothing();
  }
}
