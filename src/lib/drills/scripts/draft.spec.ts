import { describe, expect, it } from 'vitest';
import { exampleScript } from '#tests/drills/example-script.ts';
import {
  freeId,
  namedIn,
  namesOf,
  objectAt,
  partOfFinding,
  partsAt,
  withoutPart,
  withPart,
  withPartMoved,
  withValue,
  type Draft,
} from './draft.ts';
import { lintScript } from './lint.ts';
import { pageOfList } from './part-lists-copy.ts';
import { choicesOf, happenedTo } from './pick.ts';

const draft = exampleScript() as unknown as Draft;
const ids = (path: string, of = draft) => partsAt(of, path).map(({ id }) => id);

describe('a draft', () => {
  it('is changed into a new one, part by part', () => {
    const changed = withPart(draft, 'map.features', { id: 'hall', name: '新址' });
    expect(partsAt(changed, 'map.features')[0]).toEqual({ id: 'hall', name: '新址' });
    expect(partsAt(draft, 'map.features')[0]).toMatchObject({ name: '镇政府' });
    expect(objectAt(changed, 'map').widthKm).toBe(20);
    expect(ids('phases', withPart(draft, 'phases', { id: 'new' })).at(-1)).toBe('new');
    expect(ids('phases', withoutPart(draft, 'phases', 'move'))).toEqual(['warn', 'respond', 'after']);
    expect(ids('phases', withPartMoved(draft, 'phases', 'move', -1))).toEqual([
      'warn',
      'move',
      'respond',
      'after',
    ]);
    expect(withPartMoved(draft, 'phases', 'warn', -1)).toBe(draft);
  });

  it('reads as nothing where it is damaged', () => {
    const damaged: Draft = { injects: 'x', map: null, phases: [null, 3, { title: 'no id' }, { id: 'p' }] };
    expect(ids('injects', damaged)).toEqual([]);
    expect(ids('map.features', damaged)).toEqual([]);
    expect(ids('phases', damaged)).toEqual(['p']);
    expect(objectAt(withValue(damaged, 'map.widthKm', 3), 'map')).toEqual({ widthKm: 3 });
    expect(namesOf(damaged)('p')).toBe('p');
  });

  it('gives new parts names nobody has, and counts where one is named', () => {
    const once = freeId(draft, 'i');
    expect(freeId(withPart(draft, 'injects', { id: once }), 'i')).not.toBe(once);
    expect(namedIn(draft, 'i-rain')).toBe(1);
    expect(namedIn(draft, 'i-extra')).toBe(0);
  });

  it('knows the part and the page of every finding', () => {
    const faulty = withPart(draft, 'injects', { ...partsAt(draft, 'injects')[1]!, from: 'ghost' });
    const [finding] = lintScript(faulty).findings;
    expect(partOfFinding(faulty, finding!.path)).toEqual({ list: 'injects', id: 'i-rise' });
    expect(partOfFinding(draft, 'map.features.2.revealOn')).toEqual({ list: 'map.features', id: 'water' });
    expect(partOfFinding(draft, 'meta.title')).toEqual({ list: 'meta', id: null });
    expect(
      ['injects', 'map.features', 'meta', 'evaluation.sheets', 'roles', 'clock'].map(pageOfList),
    ).toEqual(['table', 'material', 'settings', 'evaluation', 'roles', 'settings']);
  });
});

describe('what a field may choose', () => {
  const values = (from: Parameters<typeof choicesOf>[1], holder = {}, part = {}) =>
    choicesOf(draft, from, holder, part).map(({ value }) => value);

  it('is of the right kind', () => {
    expect(values('decisions')).toEqual(['i-ask']);
    expect(values('points')).toEqual(['hall', 'li']);
    expect(values('players')).not.toContain('sim');
    expect(values('clauses')).toContain('c-report');
    expect(values('events')).toEqual([...ids('injects'), ...ids('expectations'), ...ids('phases')]);
  });

  it('offers the options of the decision that is named, or of the inject itself', () => {
    expect(values('options', { decision: 'i-ask' })).toEqual(['move', 'wait']);
    expect(values('options', { decision: 'i-rain' })).toEqual([]);
    const inject = partsAt(draft, 'injects').find(({ id }) => id === 'i-ask')!;
    expect(values('options', inject.decision as object, inject)).toEqual(['move', 'wait']);
  });

  it('says what can happen to a part', () => {
    expect(happenedTo(draft, 'i-rain')).toContain('released');
    expect(happenedTo(draft, 'e-report')).toEqual(['met', 'late', 'missed']);
    expect(happenedTo(draft, 'warn')).toEqual(['entered', 'exited']);
    expect(happenedTo(draft, 'nothing')).toEqual([]);
  });
});
