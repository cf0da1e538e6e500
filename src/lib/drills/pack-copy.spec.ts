import { describe, expect, it } from 'vitest';
import { modelScriptFiles } from '#seeds/reference/scripts.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { PACK_KINDS, packFileName, packPaper, type PackFacts } from './pack-copy.ts';
import type { Script } from './scripts/script.ts';

const facts = (script: Script): PackFacts => ({
  title: '防汛推演',
  plannedOn: '2026-12-01',
  place: '三楼会议室',
  notice: 'full',
  script,
  seats: [
    { name: '张三', roles: script.roles.filter(({ group }) => group === 'player').map(({ id }) => id) },
  ],
});
const textOf = (paper: ReturnType<typeof packPaper>) => JSON.stringify(paper);

describe('the papers of a drill', () => {
  const script = exampleScript();

  it('are named by the drill and marked', () => {
    expect(packFileName('tasks', '防汛/推演')).toBe('【演练】防汛 推演 任务卡.docx');
  });

  it('give each role a card with its holder and the stop word', () => {
    const { tables } = packPaper('tasks', facts(script));
    expect(tables).toHaveLength(script.roles.length);
    expect(tables.every(({ rows }) => rows.some(([, text]) => text!.includes(script.safety.stopWord)))).toBe(
      true,
    );
    expect(textOf(packPaper('tasks', facts(script)))).toContain('张三');
  });

  it('tell players nothing of what comes', () => {
    for (const kind of ['tasks', 'signs', 'host'] as const) {
      const text = textOf(packPaper(kind, facts(script)));
      for (const inject of script.injects) expect(text).not.toContain(inject.body);
      for (const { title } of script.expectations) expect(text).not.toContain(title);
    }
  });

  it.each(modelScriptFiles())('can all be made from $file, every inject in the cues', ({ draft }) => {
    const model = draft as Script;
    for (const kind of PACK_KINDS)
      expect(textOf(packPaper(kind, facts(model)))).not.toMatch(/undefined|PT\d/);
    const [injects, expectations] = packPaper('cues', facts(model)).tables;
    expect(injects!.rows.map(([code]) => code)).toEqual(model.injects.map(({ code }) => code));
    expect(expectations!.rows).toHaveLength(model.expectations.length);
    const sheets = packPaper('sheets', facts(model)).tables;
    const items = model.evaluation.sheets.flatMap(({ categories }) =>
      categories.flatMap(({ items: all }) => all),
    );
    expect(sheets.flatMap(({ rows }) => rows)).toHaveLength(items.length);
  });
});
