import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { partNames } from '../scripts/part-names.ts';
import { indexOf } from '../scripts/script-index.ts';
import { triggerText } from '../scripts/trigger-copy.ts';
import { exerciseMs } from './clock.ts';
import { ControlLog } from './control-log.ts';
import { answerDeed } from './deed.ts';
import {
  curatedOf,
  decisionsOf,
  expectationsOf,
  resourcesOf,
  seatsOf,
  talksOf,
  typedValue,
  variablesOf,
} from './desk-control.ts';
import { passedBy, phaseOf, queueOf, receiptsOf } from './desk-injects.ts';
import { extraInject, targetChoices } from './extra-inject.ts';
import { namingOf } from './fact-copy.ts';
import { logLines } from './log-copy.ts';
import type { Deed } from './run-command.ts';
import type { Entry } from './run-log.ts';
import { append, catchUp, emptyRun, foldAll, type Run } from './run.ts';
import type { Seat } from './seat.ts';
import { slipsOf } from './slips.ts';
import type { Shown } from './visible.ts';

const script = exampleScript();
const index = indexOf(script);
const ALL: Seat = { id: 'seat', roles: script.roles.map(({ id }) => id), name: '' };
const minutes = (count: number) => count * 60_000;

/** A run whose log arrives at a director's screen. */
class Hall {
  run: Run = emptyRun(script);
  entries: Entry[] = [];
  now = 0;

  at(now: number): this {
    this.now = now;
    this.#take(catchUp(script, this.run, now));
    return this;
  }

  do(role: string, deed: Deed): this {
    const answer = answerDeed(script, this.run, ALL, role, deed, this.now);
    if ('refusal' in answer) throw new Error(answer.refusal);
    const when = { atMs: exerciseMs(this.run.clock, this.now), wallMs: this.now };
    this.#take(append(script, this.run, answer.body, { seat: 'seat', role, command: null }, when));
    return this.at(this.now);
  }

  #take({ run, entries }: { run: Run; entries: Entry[] }): void {
    this.run = run;
    this.entries.push(...entries);
  }

  get state() {
    return this.run.snapshot.state;
  }

  shown(): Shown[] {
    return this.entries.map(({ atMs, wallMs, role, seq, cause, seat, body }) => ({
      atMs,
      wallMs,
      role,
      body: { kind: 'entry', body, seq, cause, seat },
    }));
  }
}

const started = () => new Hall().do('director', { kind: 'start' });
const ids = (items: readonly { inject: { id: string } }[]) => items.map(({ inject }) => inject.id);

describe('the log on the screen', () => {
  it('folds to what the server has, however it arrives, and twice is once', () => {
    const hall = started().at(minutes(25));
    const shown = hall.shown();
    const log = new ControlLog(script);
    log.upTo(shown.slice(0, 3));
    const twice = [...shown.slice(0, 3), ...shown.slice(1, 3), ...shown.slice(3)];
    const { run, entries, hasGap } = log.upTo(twice);
    expect(run.snapshot.state).toEqual(foldAll(script, hall.entries).snapshot.state);
    expect(entries).toHaveLength(hall.entries.length);
    expect(hasGap).toBe(false);
  });

  it('says that a piece is missing instead of folding on', () => {
    const shown = started().at(minutes(25)).shown();
    const { run, hasGap } = new ControlLog(script).upTo([...shown.slice(0, 2), ...shown.slice(4)]);
    expect(hasGap).toBe(true);
    expect(run.seq).toBe(2);
  });
});

describe('injects to come', () => {
  it('stand in the order of time, then those that wait for something, then those of the hand', () => {
    const queue = queueOf(started().state, index);
    expect(ids(queue)).toEqual(['i-rain', 'i-rise', 'i-press', 'i-ask', 'i-extra']);
    expect(queue[0]!.expected).toEqual({ atMs: minutes(2), how: 'sure' });
  });

  it('that only a missed action brings have its limit as their time, and are not passed by a jump', () => {
    const hall = started().at(minutes(3));
    const press = queueOf(hall.state, index).find(({ inject }) => inject.id === 'i-press')!;
    expect(press.expected).toEqual({ atMs: minutes(12), how: 'if_missed' });
    const passed = passedBy(hall.state, index, minutes(15));
    expect(ids(passed.injects)).toEqual([]);
    expect(passed.expectations.map(({ expectation }) => expectation.id)).toEqual(['e-report']);
  });

  it('that are held come first and say so; skipped ones are gone', () => {
    const hall = started();
    hall.do('director', { kind: 'hold', inject: 'i-extra' });
    expect(queueOf(hall.state, index)[0]).toMatchObject({
      inject: { id: 'i-extra' },
      now: { state: 'held' },
    });
    hall.do('director', { kind: 'skip', inject: 'i-extra' });
    expect(ids(queueOf(hall.state, index))).not.toContain('i-extra');
  });

  it('of the director’s own are taken by the run, now or later', () => {
    const hall = started().at(minutes(1));
    const [, duty] = targetChoices(script);
    const written = { title: '桥面塌陷', body: '请处置。', to: duty!.value, from: 'sim', channel: 'phone' };
    const now = extraInject(script, hall.state, { ...written, atMs: minutes(1) + 400 });
    hall.do('director', { kind: 'add', inject: now });
    expect(hall.state.injects[now.id]?.state).toBe('released');
    const later = extraInject(script, hall.state, { ...written, atMs: minutes(9) });
    expect(later.id).not.toBe(now.id);
    hall.do('director', { kind: 'add', inject: later });
    expect(ids(queueOf(hall.state, index))).toContain(later.id);
  });
});

describe('what has gone out', () => {
  it('names who has not said that it arrived', () => {
    const hall = started().at(minutes(21));
    expect(receiptsOf(hall.state, index)[0]).toMatchObject({
      inject: { id: 'i-rise' },
      missing: [{ id: 'duty' }, { id: 'leader' }],
      dueMs: null,
    });
    hall.do('duty', { kind: 'acknowledge', inject: 'i-rise', channel: 'system', answeredBy: '' });
    expect(receiptsOf(hall.state, index)[0]).toMatchObject({
      missing: [{ id: 'leader' }],
      acked: [{ role: { id: 'duty' }, atMs: minutes(21) }],
    });
    expect(receiptsOf(hall.state, index).at(-1)?.dueMs).toBe(minutes(5));
  });

  it('sorts actions by what is due next', () => {
    const hall = started().at(minutes(3));
    expect(expectationsOf(hall.state, index).open.map(({ expectation }) => expectation.id)).toEqual([
      'e-report',
    ]);
    const later = expectationsOf(hall.at(minutes(21)).state, index);
    expect(later.missed.map(({ expectation }) => expectation.id)).toEqual(['e-report']);
    expect(later.dormant).toBe(2);
  });

  it('shows the phase with its time limit, decisions, resources and values', () => {
    const hall = started().at(minutes(3));
    expect(phaseOf(new Hall().state, index)).toBeNull();
    expect(phaseOf(hall.state, index)?.timeout).toEqual({ atMs: minutes(30), to: 'respond' });
    hall.do('duty', { kind: 'dispatch', resource: 'boat', quantity: 2, to: 'li' });
    expect(resourcesOf(hall.state, index)[0]).toMatchObject({
      left: 1,
      sent: [{ quantity: 2, to: '李集村' }],
    });
    expect(variablesOf(hall.state, index, minutes(15))[0]).toMatchObject({ value: 31, isSet: false });
    hall.at(minutes(33));
    expect(decisionsOf(hall.state, index)).toMatchObject([
      { inject: { id: 'i-ask' }, now: { option: null }, decider: { id: 'leader' } },
    ]);
  });

  it('takes a typed value only of the kind the variable has', () => {
    expect(typedValue(3, '4.5')).toBe(4.5);
    expect(typedValue(3, '四')).toBeNull();
    expect(typedValue('open', ' cut ')).toBe('cut');
    expect(typedValue(true, 'false')).toBe(false);
    expect(typedValue(true, '不')).toBeNull();
    expect(typedValue('open', ' ')).toBeNull();
  });
});

describe('talk, seats and the wall', () => {
  const said = (to: string, text: string): Deed => ({ kind: 'message', to: [to], text, channel: 'phone' });

  it('a message to a simulated role waits until that role has answered', () => {
    const hall = started().do('duty', said('sim', '请求增援'));
    const sim = index.roles.get('sim')!;
    expect(talksOf(hall.entries, [sim])[0]).toMatchObject({ unanswered: 1, said: [{ text: '请求增援' }] });
    hall.do('sim', said('duty', '已派出'));
    expect(talksOf(hall.entries, [sim])[0]?.unanswered).toBe(0);
  });

  it('tells player roles that nobody holds, and who has checked', () => {
    const seated = (roles: string[], name: string): Entry['body'] => ({
      kind: 'seated',
      account: name,
      roles,
      name,
    });
    const log = [seated(['duty'], '甲'), seated(['leader'], '乙'), seated([], '乙')].map(
      (body, at): Entry => ({
        seq: at + 1,
        atMs: 0,
        wallMs: 0,
        seat: null,
        role: null,
        command: null,
        cause: null,
        body,
      }),
    );
    const checked: Entry = { ...log[0]!, seq: 4, role: 'duty', body: { kind: 'checked' } };
    const { seats, empty } = seatsOf([...log, checked], index);
    expect(seats).toMatchObject([{ name: '甲', checked: true }]);
    expect(empty.map(({ id }) => id)).toEqual(['leader', 'head']);
  });

  it('knows what is on the wall after it was taken off again', () => {
    const hall = started().at(minutes(2));
    hall.do('director', { kind: 'curate', entry: 3, shown: true });
    expect([...curatedOf(hall.entries)]).toEqual([3]);
    hall.do('director', { kind: 'curate', entry: 3, shown: false });
    expect([...curatedOf(hall.entries)]).toEqual([]);
  });
});

describe('in words', () => {
  it('the log tells each thing once, with its reason', () => {
    const hall = started().at(minutes(3));
    hall.do('director', { kind: 'release', inject: 'i-extra' });
    hall.do('director', { kind: 'void', expectation: 'e-report', why: '值班电话坏了' });
    const lines = logLines(hall.entries, namingOf(script)).map(({ text, note }) =>
      note ? `${text}｜${note}` : text,
    );
    expect(lines.filter((line) => line.includes('B-01'))).toEqual(['发出情景：B-01 群众求助']);
    expect(lines.filter((line) => line.startsWith('不计'))).toEqual([
      '不计：电话报告并提交首报｜值班电话坏了',
    ]);
  });

  it('a trigger says what it waits for', () => {
    const name = partNames(script);
    expect(script.injects.map(({ trigger }) => triggerText(trigger, name))).toEqual([
      '开始后 00:02:00',
      '水位达到 33时',
      '补救：“电话报告并提交首报”未按时完成时',
      '“响应”阶段开始后 2 分钟',
      '由导调手动发出，建议在 00:40:00 前后',
    ]);
  });
});

it('slips are numbered in the order in which they are expected, without what the system sends', () => {
  const slips = slipsOf(emptyRun(script).snapshot.state, index);
  expect(slips.map(({ number, inject }) => `${number} ${inject.code}`)).toEqual([
    '1 A-01',
    '2 A-03',
    '3 B-01',
  ]);
  expect(slips[0]).toMatchObject({ from: '模拟县防办', to: ['镇值班员'], aboutMs: minutes(2) });
});
