import { describe, expect, it } from 'vitest';
import { planRow, type KnownPerson, type PlannedRow } from './roster-plan.ts';

const row: PlannedRow = {
  name: '王建国',
  category: 'township_emergency',
  place: { divisionId: 'huiting', parentId: 'huiting', village: null },
  organizationId: null,
  operation: '',
  unit: '会亭镇人民政府',
  title: '应急办主任',
  phone: '16900000001',
  heldFrom: '2026-03-16',
};
const known: KnownPerson = {
  personId: 'p1',
  name: '王建国',
  phone: '16900000001',
  posts: [
    {
      postId: 'post1',
      category: 'township_emergency',
      divisionId: 'huiting',
      organizationId: null,
      operation: '',
      unit: '会亭镇人民政府',
      title: '应急办主任',
      heldFrom: '2026-01-08',
    },
  ],
};
const here = new Set(['huiting']);

describe('planRow', () => {
  it('creates somebody nobody knows', () => {
    expect(planRow(row, null, here)).toMatchObject({ outcome: 'create', action: 'begin' });
  });

  it('changes nothing when the register says the same', () => {
    expect(planRow(row, known, here)).toMatchObject({ outcome: 'unchanged', action: 'none', changes: [] });
  });

  it('asks before it renames a known number', () => {
    const plan = planRow({ ...row, name: '王建华' }, known, here);
    expect(plan.outcome).toBe('confirm');
    expect(plan.changes).toEqual([{ what: 'name', from: '王建国', to: '王建华' }]);
  });

  it('updates a phone and a title, and takes an empty phone as no statement', () => {
    expect(planRow({ ...row, phone: '16900000002' }, known, here).outcome).toBe('update');
    expect(planRow({ ...row, phone: null }, known, here).outcome).toBe('unchanged');
  });

  it('transfers somebody whose post moved to another place', () => {
    const moved = {
      ...row,
      place: { divisionId: 'matou', parentId: 'matou', village: null },
      unit: '马头镇人民政府',
    };
    expect(planRow(moved, known, new Set(['matou']))).toMatchObject({
      outcome: 'update',
      action: 'transfer',
      postId: 'post1',
    });
  });

  it('begins a second post when the file names both places', () => {
    const second = { ...row, place: { divisionId: 'matou', parentId: 'matou', village: null } };
    expect(planRow(second, known, new Set(['huiting', 'matou']))).toMatchObject({
      outcome: 'create',
      action: 'begin',
      personId: 'p1',
    });
  });

  it('begins a second post of another category', () => {
    const informant = { ...row, category: 'disaster_informant_a' };
    expect(planRow(informant, known, here)).toMatchObject({ outcome: 'create', action: 'begin' });
  });

  it('transfers nobody back by a roster that is older than the post', () => {
    const elsewhere = { ...row, place: { divisionId: 'matou', parentId: 'matou', village: null } };
    const there = new Set(['matou']);
    expect(planRow({ ...elsewhere, heldFrom: '2025-12-31' }, known, there)).toEqual({
      ...{ outcome: 'unchanged', personId: 'p1', postId: null, action: 'none', changes: [] },
    });
    expect(planRow({ ...elsewhere, heldFrom: '2026-01-08' }, known, there)).toMatchObject({
      action: 'transfer',
    });
    const phone = { ...elsewhere, heldFrom: '2025-12-31', phone: '16900000002' };
    expect(planRow(phone, known, there)).toMatchObject({ outcome: 'update', action: 'none' });
  });
});
