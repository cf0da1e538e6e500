import { describe, expect, it } from 'vitest';
import { getShortestPaths } from 'xstate/graph';
import { examPlayerMachine, type PlayerPhase } from './exam-player.machine.ts';
import { DUE, world } from '#tests/worlds/exam-page.ts';

describe('ExamPlayer', () => {
  it('saves each answer as it is given, and only the newest', async () => {
    const { far, open, settle } = world();
    const player = await open();
    expect(player.view.phase).toBe('answering');
    player.answer(1, 'A');
    expect(player.view).toMatchObject({ saveState: 'saving', unsaved: 1 });
    player.answer(1, 'B');
    player.answer(1, 'B');
    await settle();
    expect(far.stored.get(1)).toEqual({ slot: 1, seq: 2, answer: 'B' });
    expect(player.view).toMatchObject({ saveState: 'saved', unsaved: 0 });
    player.answer(1, '');
    await settle();
    expect(far.stored.get(1)).toEqual({ slot: 1, seq: 3, answer: '' });
    expect(player.view.answers.size).toBe(0);
  });

  it('answering goes on without a network; everything is sent when it comes back', async () => {
    const { far, open, pass } = world();
    const player = await open();
    far.online = false;
    for (const slot of [1, 2, 3]) player.answer(slot, 'A');
    await pass(10_000);
    expect(player.view).toMatchObject({ phase: 'answering', saveState: 'waiting', unsaved: 3 });
    far.online = true;
    await pass(20_000);
    expect(player.view).toMatchObject({ saveState: 'saved', unsaved: 0 });
    expect(far.stored.size).toBe(3);
  });

  it('a lost session keeps the answers and says so until the candidate is back', async () => {
    const { far, open, pass } = world();
    const player = await open();
    far.session = false;
    player.answer(2, 'C');
    await pass(3_000);
    expect(player.view).toMatchObject({ phase: 'answering', loginNeeded: true, unsaved: 1 });
    far.session = true;
    await pass(20_000);
    expect(player.view).toMatchObject({ loginNeeded: false, unsaved: 0 });
  });

  it('a reload finds unsent answers, marks and the lease', async () => {
    const { far, open, pass } = world();
    const first = await open();
    far.online = false;
    first.answer(4, 'D');
    first.mark(4);
    await pass(100);
    first.stop();
    far.online = true;
    const second = await open();
    await pass(1);
    expect(second.view.phase).toBe('answering');
    expect([...second.view.marks]).toEqual([4]);
    expect(far.stored.get(4)?.answer).toBe('D');
  });

  it('another device’s sitting is taken over only when asked, and the other one notices', async () => {
    const { far, open, pass, settle } = world();
    const here = await open();
    far.lease = 'other';
    far.stored.set(1, { slot: 1, seq: 7, answer: 'C' });
    await pass(30_000);
    expect(here.view.phase).toBe('lost');
    here.answer(1, 'A');
    await settle();
    expect(far.stored.get(1)?.answer).toBe('C');
    await here.takeOver();
    await settle();
    expect(here.view.phase).toBe('answering');
    expect(here.view.answers.get(1)).toBe('C');
    far.lease = 'other';
    const fresh = await open();
    expect(fresh.view.phase).toBe('held');
  });

  it('hands in with what was unsent, and repeats until there is a receipt', async () => {
    const { far, open, pass } = world();
    const player = await open();
    far.online = false;
    player.answer(1, 'A');
    const handing = player.handIn('hand_in');
    await pass(1);
    await handing;
    expect(player.view.phase).toBe('undelivered');
    far.online = true;
    await pass(20_000);
    expect(player.view).toMatchObject({
      phase: 'handed_in',
      lost: 0,
      receipt: { state: 'submitted', answered: 1 },
    });
    expect(far.stored.get(1)?.answer).toBe('A');
  });

  it('says honestly what did not arrive in time', async () => {
    const { far, open, pass } = world();
    const player = await open();
    await pass(DUE - 1_000);
    far.online = false;
    player.answer(1, 'A');
    await pass(41_000);
    expect(player.view.phase).toBe('undelivered');
    far.online = true;
    await pass(20_000);
    expect(player.view).toMatchObject({ phase: 'handed_in', lost: 1, receipt: { state: 'collected' } });
  });

  it('hands in by itself at zero, and at once when it is opened later', async () => {
    const { far, open, pass } = world();
    const player = await open();
    player.answer(1, 'A');
    await pass(DUE - 1);
    expect(player.view.phase).toBe('answering');
    await pass(1);
    expect(player.view).toMatchObject({ phase: 'handed_in', receipt: { state: 'submitted' } });
    Object.assign(far, { over: false, lease: '' });
    const late = await open();
    await pass(1);
    expect(late.view.phase).toBe('handed_in');
  });

  it('tries again at once when the network is back', async () => {
    const { far, open, pass } = world();
    const player = await open();
    far.online = false;
    await player.handIn('hand_in');
    await pass(60_000);
    expect(player.view.phase).toBe('undelivered');
    far.online = true;
    await player.wake();
    expect(player.view.phase).toBe('handed_in');
  });

  it('follows the server’s clock, extra minutes and a collected paper', async () => {
    const { far, open, pass } = world();
    const player = await open();
    far.dueAt += 600_000;
    await pass(30_000);
    expect(player.view).toMatchObject({ dueAt: DUE + 600_000, extended: 10 });
    player.noted();
    expect(player.view.extended).toBe(0);
    far.over = true;
    await pass(30_000);
    expect(player.view.phase).toBe('over');
    const asked = await pass(120_000);
    expect(asked).toBeUndefined();
  });

  it('an answer the paper does not know does not hold up the others', async () => {
    const { far, open, pass, settle } = world();
    const player = await open();
    far.online = false;
    player.answer(1, 'Z');
    player.answer(2, 'B');
    await settle();
    far.online = true;
    await pass(20_000);
    expect(far.stored.get(2)?.answer).toBe('B');
    expect(player.view).toMatchObject({ unsaved: 0, refusal: 'answer_bad' });
  });

  it('counts leaving the page from two seconds on, and hands over when it closes', async () => {
    const { far, open, pass, calls, handed } = world();
    const player = await open();
    await player.seen(false);
    await pass(1_000);
    await player.seen(true);
    expect(calls).not.toContain('leave');
    await player.seen(false);
    await pass(5_000);
    await player.seen(true);
    expect(calls).toContain('leave');
    expect(player.view.leaves).toBe(1);
    far.online = false;
    player.answer(3, 'A');
    player.handOver();
    expect(handed).toEqual([{ slot: 3, seq: 1, answer: 'A' }]);
  });

  it('after a hand-in the browser keeps nothing', async () => {
    const { open, keptNow } = world();
    const player = await open();
    player.mark(1);
    await player.handIn('hand_in');
    expect(player.view.phase).toBe('handed_in');
    expect(keptNow()).toEqual({ lease: '', unsent: [], marks: [] });
  });
});

it('the machine reaches every phase, and only hand-in and the server end it', () => {
  const phases: Record<PlayerPhase, true> = {
    opening: true,
    held: true,
    answering: true,
    lost: true,
    handing_in: true,
    undelivered: true,
    handed_in: true,
    over: true,
  };
  const reached = getShortestPaths(examPlayerMachine).map((path) => String(path.state.value));
  expect([...new Set(reached)].toSorted()).toEqual(Object.keys(phases).toSorted());
});
