import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventName } from './event-copy.ts';
import { EVENT_GROUPS } from './event-groups-copy.ts';
import { shownEvent } from './event-view.ts';

const event = (detail: Record<string, unknown>, more: Partial<Parameters<typeof shownEvent>[0]> = {}) =>
  shownEvent({
    id: 'e1',
    at: new Date('2026-03-05T00:52:00Z'),
    kind: 'post_transferred',
    actorName: '夏邑县应急管理局',
    stream: 'person:01a2042c-a7d5-7e36-9f1e-751e2cc289dc',
    detail,
    hash: 'mqZ3iqeLpA-ugNOAG2fTgIDEqQQBehV9ufPyW3P2E4w',
    ...more,
  });

describe('shownEvent', () => {
  it('says who did what to whom, with the page of the thing', () => {
    expect(event({})).toMatchObject({
      name: '调动',
      actor: '夏邑县应急管理局',
      about: { text: '人员', href: '/office/people/01a2042c-a7d5-7e36-9f1e-751e2cc289dc' },
      hash: 'mqZ3iqeLpA',
      details: [],
    });
    expect(event({}, { actorName: '' }).actor).toBe('系统');
  });

  it('shows an unknown kind, stream and term as their codes', () => {
    const shown = event({ odd_part: 3 }, { kind: 'moon_landed', stream: 'moon:1' });
    expect(shown).toMatchObject({ name: 'moon_landed', about: { text: 'moon:1', href: null } });
    expect(shown.details).toEqual([{ term: 'odd_part', text: '3' }]);
  });

  it('reads out roles, instants, yes and no, lists and changes', () => {
    const { details } = event({
      role: 'bureau',
      dueAt: Date.parse('2026-03-05T02:00:00Z'),
      passed: true,
      reason: '',
      confirmed: [],
      rows: [1, 2, 3, 4, 5, 6, 7],
      changes: [{ what: 'unit', from: '', to: '会亭镇人民政府' }],
      before: { answer: 'A', topic: null },
    });
    expect(Object.fromEntries(details.map(({ term, text }) => [term, text]))).toEqual({
      角色: '应急管理局（培训主管）',
      交卷时间: '2026年3月5日 10:00',
      合格: '是',
      行数: '1、2、3、4、5等 7 项',
      变化: '单位：（空） → 会亭镇人民政府',
      原来: '答案：A；主题：（空）',
    });
  });

  it('calls people and classes by name where the id has one, in lists too', () => {
    const [one, two] = ['01a2042c-a7d5-7e36-9f1e-751e2cc289dc', '01a2042c-a7d5-7e36-9f1e-751e2cc289dd'];
    const row = { id: 'e1', at: new Date(0), kind: 'signed_in', actorName: '', stream: 'class:1', hash: '' };
    const detail = { personId: one, personIds: [one, two], classId: two, attendanceId: two };
    const { details } = shownEvent({ ...row, detail }, {}, new Map([[one!, '冯长全']]));
    expect(details).toEqual([
      { term: '人员', text: '冯长全' },
      { term: '人员编号', text: '…2cc289dc、…2cc289dd' },
      { term: '培训班编号', text: '…2cc289dd' },
      { term: '签到编号', text: '…2cc289dd' },
    ]);
  });

  it('never shows an ID number whole, however deep it lies', () => {
    const shown = event({
      number: 'T41000019880125804X',
      reason: '核对410000198801258045的证书',
      before: { name: ['410000880125804'] },
    });
    expect(JSON.stringify(shown)).not.toMatch(/41000019880125|410000880125804/);
    expect(shown.details.map(({ text }) => text)).toContain('核对410000****8045的证书');
  });

  it('shortens ids and hashes', () => {
    const { details } = event({ personId: '01a2042c-a7d5-7e36-9f1e-751e2cc289dc', sha256: 'f3'.repeat(32) });
    expect(details.map(({ text }) => text)).toEqual(['…2cc289dc', 'f3f3f3f3f3…']);
  });
});

describe('eventName', () => {
  /** Every kind written down in the program; those made from a table stand in it as `uploaded: '…'`. */
  function kindsInSource(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:server|steps)\.ts$|import-steps\.ts$/.test(file))
      .flatMap((file) => [
        ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(
          /record(?:Many)?\([^;]*?kind: '([a-z]+_[a-z_]+)'/g,
        ),
      ])
      .map(([, kind]) => kind!);
  }

  it('knows every kind the program records', () => {
    const kinds = [...new Set(kindsInSource('src/lib'))];
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.filter((kind) => eventName(kind) === kind)).toEqual([]);
  });

  it('names no kind twice', () => {
    const kinds = EVENT_GROUPS.flatMap((group) => Object.keys(group.kinds));
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});
