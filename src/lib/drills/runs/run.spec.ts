import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { exerciseMs } from './clock.ts';
import { answerDeed } from './deed.ts';
import type { Deed } from './run-command.ts';
import type { Entry } from './run-log.ts';
import { append, catchUp, emptyRun, foldAll, recover, wakesAtWall, type Run } from './run.ts';
import type { Seat } from './seat.ts';

const script = exampleScript();
const ALL: Seat = { id: 'seat', roles: script.roles.map(({ id }) => id), name: '' };
const minutes = (count: number) => count * 60_000;

/** A run with its log, driven the way the server drives it. */
class Table {
  run: Run = emptyRun(script);
  log: Entry[] = [];
  now = 0;

  at(now: number): this {
    this.now = Math.max(this.now, now);
    const { run, entries } = catchUp(script, this.run, this.now);
    this.take(run, entries);
    return this;
  }

  try(role: string, deed: Deed): string | null {
    this.at(this.now);
    const answer = answerDeed(script, this.run, ALL, role, deed, this.now);
    if ('refusal' in answer) return answer.refusal;
    const when = { atMs: exerciseMs(this.run.clock, this.now), wallMs: this.now };
    const { run, entries } = append(
      script,
      this.run,
      answer.body,
      { seat: 'seat', role, command: null },
      when,
    );
    this.take(run, entries);
    this.at(this.now);
    return null;
  }

  take(run: Run, entries: Entry[]): void {
    this.run = run;
    this.log.push(...entries);
  }

  facts(): string[] {
    return this.log.flatMap(({ body, atMs }) =>
      body.kind === 'fact' ? [`${atMs / 60_000} ${body.fact.type}`] : [],
    );
  }
}

const started = () => {
  const table = new Table();
  table.try('director', { kind: 'start' });
  return table;
};

describe('exercise time', () => {
  it('stands during a pause: nothing becomes due, and by hand all goes on', () => {
    const table = started().at(minutes(1));
    table.try('director', { kind: 'pause' });
    table.at(minutes(300));
    expect(table.facts()).toEqual(['0 phase_entered', '0 variable_set']);
    expect(table.try('director', { kind: 'release', inject: 'i-extra' })).toBeNull();
    table.try('director', { kind: 'resume' });
    table.at(minutes(301));
    expect(table.facts().at(-2)).toBe('2 inject_released');
  });

  it('runs faster when asked, and what was due is logged at its own moment', () => {
    const table = started();
    expect(table.try('director', { kind: 'set_rate', rate: 11 })).toBe('rate_too_high');
    table.try('director', { kind: 'set_rate', rate: 10 });
    table.at(minutes(3));
    expect(table.facts()).toContain('2 inject_released');
    expect(table.facts()).toContain('20 feature_revealed');
    expect(wakesAtWall(script, table.run)).toBeGreaterThan(minutes(3));
  });

  it('jumps forward: injects as chosen, limits passed over do not count as missed', () => {
    const table = started().at(minutes(3));
    expect(table.try('director', { kind: 'jump', toMs: minutes(2), choices: {} })).toBe('no_way_back');
    table.try('director', { kind: 'jump', toMs: minutes(25), choices: { 'i-rise': 'fire' } });
    const { injects, expectations } = table.run.snapshot.state;
    expect(injects['i-rise']).toMatchObject({ state: 'released', releasedMs: minutes(20) });
    expect(expectations['e-report']!.state).toBe('voided');
    expect(table.facts()).not.toContain('12 expectation_missed');
    expect(table.run.snapshot.state.jump).toBeNull();
    expect(expectations['e-boat']!.state).toBe('open');
  });
});

describe('after the service was away', () => {
  it('what was owed happens first, then the clock stands for the outage', () => {
    const table = started().at(minutes(1));
    const { run, entries } = recover(script, table.run, minutes(3), minutes(63));
    expect(entries.map(({ body, atMs }) => [body.kind, atMs / 60_000])).toEqual([
      ['time', 2],
      ['fact', 2],
      ['fact', 2],
      ['rebased', 3],
      ['paused', 3],
    ]);
    expect(exerciseMs(run.clock, minutes(90))).toBe(minutes(3));
  });

  it('a short outage goes on by itself', () => {
    const table = started().at(minutes(1));
    const { run } = recover(script, table.run, minutes(1), minutes(1) + 20_000);
    expect(run.clock).toMatchObject({ running: true, exMs: minutes(1), wallMs: minutes(1) + 20_000 });
  });
});

describe('an expected action', () => {
  const report = (fields: Record<string, string>): Deed => ({ kind: 'submit', document: 'first', fields });

  it('is met in time with the share of its fields', () => {
    const table = started().at(minutes(5));
    table.try('duty', report({ time: '05:35' }));
    expect(table.run.snapshot.state.expectations['e-report']).toMatchObject({
      state: 'met',
      doneMs: minutes(5),
      fieldShare: 0.5,
    });
    expect(table.run.snapshot.phase).toBe('respond');
  });

  it('is missed after its limit, brings the contingency, and counts late when done then', () => {
    const table = started().at(minutes(13));
    expect(table.facts()).toContain(`${(minutes(12) + 2001) / 60_000} expectation_missed`);
    expect(table.run.snapshot.state.injects['i-press']!.state).toBe('released');
    table.try('duty', report({ time: '1', place: '2' }));
    expect(table.run.snapshot.state.expectations['e-report']).toMatchObject({
      state: 'late',
      doneMs: minutes(13),
    });
  });

  it('done before it opened counts where the script says so', () => {
    const table = started().at(minutes(1));
    table.try('leader', { kind: 'dispatch', resource: 'boat', quantity: 2, to: 'li' });
    table.at(minutes(20));
    expect(table.run.snapshot.state.expectations['e-boat']).toMatchObject({
      state: 'met',
      doneMs: minutes(20),
    });
  });

  it('that never opened because what opens it was missed is missed; else it does not apply', () => {
    const table = started().at(minutes(31));
    table.at(minutes(32));
    table.try('leader', { kind: 'decide', inject: 'i-ask', option: 'move', why: '' });
    table.at(minutes(45));
    table.try('director', { kind: 'end' });
    expect(table.run.snapshot.state.expectations['e-order']!.state).toBe('missed');
    expect(table.run.snapshot.state.expectations['e-count']!.state).toBe('missed');

    const other = started().at(minutes(20));
    other.try('director', { kind: 'end' });
    expect(other.run.snapshot.state.expectations['e-count']!.state).toBe('not_applicable');
  });

  it('confirmed by an evaluator whose phone was offline counts by the moment it was seen', () => {
    const table = started();
    table.try('duty', report({}));
    table.at(minutes(3));
    table.try('duty', report({ time: '1', place: '2' }));
    table.at(minutes(6));
    table.try('leader', { kind: 'decide', inject: 'i-ask', option: 'move', why: '' });
    table.try('leader', { kind: 'message', to: ['head'], text: '马上转移', channel: 'phone' });
    table.at(minutes(22));
    expect(table.run.snapshot.state.expectations['e-count']!.state).toBe('missed');
    table.try('watch', {
      kind: 'confirm',
      expectation: 'e-count',
      doer: 'head',
      done: true,
      doneMs: minutes(15),
      note: '',
      media: [],
    });
    expect(table.run.snapshot.state.expectations['e-count']).toMatchObject({
      state: 'met',
      doneMs: minutes(15),
      missedMs: null,
    });
  });
});

describe('who may', () => {
  it('is decided by the role acted for', () => {
    const table = started().at(minutes(3));
    expect(table.try('duty', { kind: 'pause' })).toBe('not_your_task');
    expect(
      table.try('head', { kind: 'acknowledge', inject: 'i-rain', channel: 'system', answeredBy: '' }),
    ).toBe('no_such_part');
    expect(
      table.try('duty', { kind: 'acknowledge', inject: 'i-rise', channel: 'system', answeredBy: '' }),
    ).toBe('no_such_part');
    expect(table.try('head', { kind: 'dispatch', resource: 'boat', quantity: 1, to: 'li' })).toBe(
      'no_such_part',
    );
    expect(table.try('leader', { kind: 'dispatch', resource: 'boat', quantity: 4, to: 'li' })).toBe(
      'not_so_many',
    );
    expect(table.try('nobody', { kind: 'check' })).toBe('not_your_role');
  });
});

const deed: fc.Arbitrary<{ role: string; deed: Deed }> = fc.oneof(
  fc
    .constantFrom('pause' as const, 'resume' as const)
    .map((kind) => ({ role: 'director', deed: { kind } as Deed })),
  fc
    .constantFrom(0.5, 1, 5, 10)
    .map((rate) => ({ role: 'director', deed: { kind: 'set_rate', rate } as Deed })),
  fc
    .integer({ min: 1, max: 60 })
    .map((to) => ({ role: 'director', deed: { kind: 'jump', toMs: minutes(to), choices: {} } as Deed })),
  fc
    .tuple(
      fc.constantFrom('release' as const, 'hold' as const, 'unhold' as const, 'skip' as const),
      fc.constantFrom(...script.injects.map(({ id }) => id)),
    )
    .map(([kind, inject]) => ({ role: 'director', deed: { kind, inject } as Deed })),
  fc
    .constantFrom(...script.phases.map(({ id }) => id))
    .map((phase) => ({ role: 'director', deed: { kind: 'go_to', phase } as Deed })),
  fc.constantFrom('i-rain', 'i-rise').map((inject) => ({
    role: 'duty',
    deed: { kind: 'acknowledge', inject, channel: 'system', answeredBy: '' } as Deed,
  })),
  fc.constant({
    role: 'duty',
    deed: { kind: 'submit', document: 'first', fields: { time: '1', place: '2' } } as Deed,
  }),
  fc.constantFrom('move', 'wait').map((option) => ({
    role: 'leader',
    deed: { kind: 'decide', inject: 'i-ask', option, why: '' } as Deed,
  })),
  fc.constant({
    role: 'leader',
    deed: { kind: 'message', to: ['head'], text: '转移', channel: 'phone' } as Deed,
  }),
  fc.constant({
    role: 'leader',
    deed: { kind: 'dispatch', resource: 'boat', quantity: 2, to: 'li' } as Deed,
  }),
  fc.integer({ min: 0, max: 60 }).map((at) => ({
    role: 'watch',
    deed: {
      kind: 'confirm',
      expectation: 'e-count',
      doer: 'head',
      done: true,
      doneMs: minutes(at),
      note: '',
      media: [],
    } as Deed,
  })),
);

describe('whatever is done in whatever order', () => {
  it('the log folds to the same state, its times never go back and nothing happens twice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: minutes(10) }), deed), { maxLength: 40 }),
        (steps) => {
          const table = started();
          for (const [wait, { role, deed: what }] of steps) {
            table.at(table.now + wait);
            table.try(role, what);
          }
          expect(foldAll(script, table.log)).toEqual({ ...table.run, snapshot: { ...table.run.snapshot } });
          expect(table.log.map(({ seq }) => seq)).toEqual(table.log.map((_, at) => at + 1));
          const times = table.log.map(({ atMs }) => atMs);
          expect(times).toEqual([...times].sort((a, b) => a - b));
          const released = table.log.flatMap(({ body }) =>
            body.kind === 'fact' && body.fact.type === 'inject_released' ? [body.fact.inject] : [],
          );
          expect(new Set(released).size).toBe(released.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
