import type { StoredAnswer } from '#lib/exams/attempt.ts';
import {
  ExamPlayer,
  OFFLINE,
  type Kept,
  type LeaseReply,
  type ReceiptReply,
  type Reply,
  type Surroundings,
  type Transport,
} from '#lib/exams/exam-player.ts';

/** The deadline of the attempt in this world, in milliseconds from its start. */
export const DUE = 3_600_000;
const GRACE = 30_000;

/** A machine whose time passes only when the spec says so. */
function slowMachine() {
  let now = 0;
  let nextTimer = 0;
  const timers = new Map<number, { at: number; work: () => void }>();
  const around: Surroundings = {
    now: () => now,
    later(work, ms) {
      const id = (nextTimer += 1);
      timers.set(id, { at: now + ms, work });
      return () => void timers.delete(id);
    },
    random: () => 0.5,
  };
  async function settle() {
    for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
  }
  async function pass(ms: number) {
    const until = now + ms;
    for (;;) {
      const due = [...timers]
        .filter(([, timer]) => timer.at <= until)
        .toSorted((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      timers.delete(due[0]);
      now = Math.max(now, due[1].at);
      due[1].work();
      await settle();
    }
    now = until;
    await settle();
  }
  return { around, pass, settle };
}

const fail = <Value>(code: string, detail = {}): Reply<Value> => ({ ok: false, code, message: code, detail });
const good = <Value>(value: Value): Reply<Value> => ({ ok: true, value });

/** A server that keeps the rules of the real one and can be cut off. */
function farServer(now: () => number) {
  const far = {
    stored: new Map<number, StoredAnswer>(),
    lease: '',
    dueAt: DUE,
    over: false,
    online: true,
    session: true,
  };
  const calls: string[] = [];
  const handed: StoredAnswer[] = [];
  let nextLease = 0;
  function reach<Value>(name: string, work: () => Reply<Value>): Promise<Reply<Value>> {
    calls.push(name);
    if (!far.online) return Promise.resolve(fail(OFFLINE));
    return Promise.resolve(far.session ? work() : fail('login_needed'));
  }
  const take = (answers: StoredAnswer[]) =>
    answers.map((one) => {
      const before = far.stored.get(one.slot);
      if (!before || one.seq > before.seq) far.stored.set(one.slot, one);
      return { ...far.stored.get(one.slot)!, kept: true, savedAt: now(), late: false };
    });
  const transport: Transport = {
    claim: (previous, force) =>
      reach<LeaseReply>('claim', () => {
        if (far.over) return fail('attempt_over');
        if (far.lease !== '' && far.lease !== previous && !force) return fail('lease_held');
        far.lease = `lease${(nextLease += 1)}`;
        return good({ lease: far.lease, answers: [...far.stored.values()], dueAt: far.dueAt, now: now() });
      }),
    save: ({ lease, answers }) =>
      reach('save', () => {
        const unknown = answers.find((one) => one.answer === 'Z');
        if (far.over) return fail('attempt_over');
        if (lease !== far.lease) return fail('lease_lost');
        if (unknown) return fail('answer_bad', { slot: unknown.slot });
        if (now() > far.dueAt + GRACE) return fail('save_too_late');
        return good({ saved: take(answers), now: now() });
      }),
    submit: ({ lease, answers }) =>
      reach<ReceiptReply>('submit', () => {
        const isCollected = now() > far.dueAt + GRACE;
        if (!isCollected && lease !== far.lease) return fail('lease_lost');
        if (!isCollected) take(answers);
        far.over = true;
        const state = isCollected ? 'collected' : 'submitted';
        return good({ state, at: now(), receipt: '1122-AAAA-BBBB', answered: far.stored.size, questions: 5 });
      }),
    pulse: (lease) =>
      reach('pulse', () => {
        const state = far.over ? ('collected' as const) : ('in_progress' as const);
        return good({
          now: now(),
          dueAt: far.dueAt,
          graceSeconds: 30,
          state,
          holdsLease: lease === far.lease,
        });
      }),
    leave: () => reach('leave', () => good({ leaves: 1 })),
    handOver: ({ answers }) => void handed.push(...answers),
  };
  return { far, transport, calls, handed };
}

/** A browser and a server for specs of the exam page; `open` is a new page of the same browser. */
export function world() {
  const { around, pass, settle } = slowMachine();
  const { far, transport, calls, handed } = farServer(() => around.now());
  let kept: Kept | null = null;
  const keeper = { read: () => Promise.resolve(kept), write: (next: Kept) => void (kept = next) };
  async function open() {
    const opened = { dueAt: far.dueAt, serverNow: around.now(), answers: [...far.stored.values()] };
    const player = new ExamPlayer(opened, { transport, keeper, around, changed: () => undefined });
    await player.start();
    await settle();
    return player;
  }
  return { far, open, pass, settle, calls, handed, keptNow: () => kept };
}
