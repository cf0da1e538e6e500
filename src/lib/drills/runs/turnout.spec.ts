import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import type { Entry, EntryBody } from './run-log.ts';
import { turnoutOf } from './turnout.ts';

const script = exampleScript();
const forAll = script.injects[0]!;
forAll.to = [{ all: true }];

let seq = 0;
const entry = (seconds: number, body: EntryBody, role: string | null = null): Entry => ({
  ...{
    seq: (seq += 1),
    atMs: seconds * 100,
    wallMs: 1_000_000 + seconds * 1_000,
    command: null,
    cause: null,
  },
  ...{ seat: role && `seat-${role}`, role, body },
});
const released = (inject: string, seconds: number) =>
  entry(seconds, { kind: 'fact', fact: { type: 'inject_released', inject, to: [] } as never });
const seats = [
  { id: 'seat-duty', name: '张三' },
  { id: 'seat-head', name: '李四' },
];

describe('the turnout', () => {
  it('counts real seconds from the alarm to the acknowledgement, the presence and the first report', () => {
    const log = [
      entry(5, { kind: 'present', people: 1, note: '' }, 'duty'),
      released(forAll.id, 10),
      entry(75, { kind: 'acknowledged', inject: forAll.id, channel: 'phone', answeredBy: '' }, 'duty'),
      entry(200, { kind: 'present', people: 6, note: '' }, 'head'),
      entry(310, { kind: 'document', document: 'first', fields: {}, fieldShare: 1 }, 'duty'),
      entry(400, { kind: 'present', people: 9, note: '' }, 'head'),
    ];
    const { units, roles } = turnoutOf(script, log, seats);
    expect(units).toEqual([
      {
        ...{ unit: '会亭镇', acknowledgedMs: 65_000, presentMs: null, reportedMs: 300_000 },
        ...{ people: null, answered: 1, alarmed: 2 },
      },
      {
        ...{ unit: '李集村', acknowledgedMs: null, presentMs: 190_000, reportedMs: null },
        ...{ people: 9, answered: 1, alarmed: 1 },
      },
    ]);
    expect(roles.map(({ person }) => person)).toEqual(['张三', '', '李四']);
  });

  it('begins with the inject that is an alarm, where there is one', () => {
    const other = structuredClone(script);
    other.injects[1]!.kind = 'alarm';
    other.injects[1]!.to = [{ all: true }];
    const log = [
      released(forAll.id, 10),
      released(other.injects[1]!.id, 60),
      entry(70, { kind: 'present', people: 3, note: '' }, 'duty'),
    ];
    expect(turnoutOf(other, log, seats).units[0]!.presentMs).toBe(10_000);
  });

  it('says who was not alarmed and who did not answer', () => {
    expect(turnoutOf(script, [], seats).units.map(({ alarmed }) => alarmed)).toEqual([0, 0]);
    const silent = turnoutOf(script, [released(forAll.id, 1)], seats);
    expect(silent.units.map(({ answered, alarmed }) => [answered, alarmed])).toEqual([
      [0, 2],
      [0, 1],
    ]);
  });
});
