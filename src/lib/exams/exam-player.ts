import { createActor } from 'xstate';
import { AnswerQueue, retryDelayMs, type AcknowledgedAnswer } from './answer-queue.ts';
import type { AttemptState, StoredAnswer } from './attempt.ts';
import { examPlayerMachine, type PlayerEvent, type PlayerPhase } from './exam-player.machine.ts';

/** What came back from the server: an answer, a refusal by code, or nothing at all. */
export type Reply<Value> =
  { ok: true; value: Value } | { ok: false; code: string; message: string; detail?: Record<string, unknown> };

/** No answer, no understandable one, or a server that is not well: try again later. */
export const OFFLINE = 'offline';
/** The session is gone; answers wait until the candidate has logged in again in another tab. */
export const LOGIN_NEEDED = 'login_needed';

export type LeaseReply = { lease: string; answers: StoredAnswer[]; dueAt: number; now: number };
export type SaveReply = { saved: (AcknowledgedAnswer & { savedAt: number; late: boolean })[]; now: number };
export type PulseReply = {
  now: number;
  dueAt: number;
  graceSeconds: number;
  state: AttemptState;
  holdsLease: boolean;
};
export type ReceiptReply = {
  state: 'submitted' | 'collected';
  at: number;
  receipt: string;
  answered: number;
  questions: number;
};
type Sent = { lease: string; answers: StoredAnswer[] };

/** How the page reaches the server. */
export type Transport = {
  claim(previous: string, force: boolean): Promise<Reply<LeaseReply>>;
  save(sent: Sent): Promise<Reply<SaveReply>>;
  submit(sent: Sent): Promise<Reply<ReceiptReply>>;
  pulse(lease: string): Promise<Reply<PulseReply>>;
  leave(seconds: number): Promise<Reply<{ leaves: number }>>;
  /** The page is being closed: hand over what is unsent without waiting. */
  handOver(sent: Sent): void;
};

/** What a browser keeps of a sitting over a reload. */
export type Kept = { lease: string; unsent: StoredAnswer[]; marks: number[] };
export type Keeper = { read(): Promise<Kept | null>; write(kept: Kept): void };

/** Clock, timers and chance of the machine the page runs on. */
export type Surroundings = {
  now(): number;
  later(work: () => void, ms: number): () => void;
  random(): number;
};

export type SaveState = 'saved' | 'saving' | 'waiting';

/** Everything the screen shows, made anew at each change. */
export type PlayerView = {
  phase: PlayerPhase;
  answers: ReadonlyMap<number, string>;
  marks: ReadonlySet<number>;
  saveState: SaveState;
  unsaved: number;
  /** When the server last acknowledged a save, by its clock; null before the first. */
  savedAt: number | null;
  /** Server clock less this machine's. */
  offset: number;
  dueAt: number;
  /** Minutes just added by the officer; 0 when there is nothing to tell. */
  extended: number;
  loginNeeded: boolean;
  /** What the server would not take, in its words. */
  refusal: string;
  leaves: number;
  receipt: ReceiptReply | null;
  /** Answers that did not reach the server in time. */
  lost: number;
};

const PULSE_MS = 30_000;
const AT_ONCE = 50;
/** A glance away shorter than this is not counted. */
const LEAVE_MS = 2_000;

/**
 * One sitting in the browser: claims the lease, queues and saves answers, keeps the clock by the server,
 * hands in. Knows no page and no network, so that its rules are tested without a browser; the page shows
 * `view` and calls its verbs.
 */
export class ExamPlayer {
  view: PlayerView;
  readonly #queue = new AnswerQueue();
  readonly #machine = createActor(examPlayerMachine);
  readonly #transport: Transport;
  readonly #keeper: Keeper;
  readonly #around: Surroundings;
  readonly #changed: (view: PlayerView) => void;
  #lease = '';
  #marks = new Set<number>();
  #wasTakenOver = false;
  #saving = false;
  #failures = 0;
  #cancelRetry: () => void = () => undefined;
  #cancelPulse: () => void = () => undefined;
  #cancelDue: () => void = () => undefined;
  #hiddenSince: number | null = null;

  constructor(
    opened: { dueAt: number; serverNow: number; answers: readonly StoredAnswer[] },
    ports: { transport: Transport; keeper: Keeper; around: Surroundings; changed(view: PlayerView): void },
  ) {
    this.#transport = ports.transport;
    this.#keeper = ports.keeper;
    this.#around = ports.around;
    this.#changed = ports.changed;
    this.#queue.takeStored(opened.answers);
    this.view = {
      phase: 'opening',
      answers: this.#queue.answers(),
      marks: new Set(),
      saveState: 'saved',
      unsaved: 0,
      savedAt: null,
      offset: opened.serverNow - ports.around.now(),
      dueAt: opened.dueAt,
      extended: 0,
      loginNeeded: false,
      refusal: '',
      leaves: 0,
      receipt: null,
      lost: 0,
    };
    this.#machine.start();
  }

  /** Opens the sitting in this browser. */
  async start(): Promise<void> {
    const kept = await this.#keeper.read();
    this.#marks = new Set(kept?.marks ?? []);
    this.#pulseLater();
    await this.#claim(kept?.lease ?? '', false, kept);
  }

  /** 在本机继续: the other device stops. */
  async takeOver(): Promise<void> {
    if (!this.#send({ type: 'take_over' })) return;
    this.#wasTakenOver = true;
    await this.#claim(this.#lease, true, await this.#keeper.read());
  }

  async #claim(previous: string, force: boolean, kept: Kept | null): Promise<void> {
    const reply = await this.#transport.claim(previous, force);
    if (reply.ok) {
      this.#lease = reply.value.lease;
      this.#setClock(reply.value.now, reply.value.dueAt);
      this.#queue.takeStored(reply.value.answers, this.#wasTakenOver);
      this.#queue.takeKept(kept?.unsent ?? [], this.#wasTakenOver);
      this.#wasTakenOver = false;
      this.#failures = 0;
      this.#send({ type: 'lease_taken' });
      this.#keep();
      this.#watchDeadline();
      void this.#flush();
    } else if (reply.code === 'lease_held') this.#send({ type: 'lease_held' });
    else if (!this.#refused(reply)) this.#retry(() => void this.#claim(previous, force, kept));
  }

  /** Puts an answer for a slot; `` clears it. */
  answer(slot: number, answer: string): void {
    if (this.view.phase !== 'answering' || !this.#queue.put(slot, answer)) return;
    this.#keep();
    void this.#flush();
  }

  /** Marks or unmarks a slot for the candidate's own eye. */
  mark(slot: number): void {
    if (!this.#marks.delete(slot)) this.#marks.add(slot);
    this.#keep();
  }

  async #flush(): Promise<void> {
    const isReady = this.view.phase === 'answering' && this.#lease !== '' && !this.#saving;
    const answers = this.#queue.unsent().slice(0, AT_ONCE);
    if (!isReady || answers.length === 0) return this.#show();
    this.#cancelRetry();
    this.#saving = true;
    this.#show();
    const reply = await this.#transport.save({ lease: this.#lease, answers });
    this.#saving = false;
    if (reply.ok) {
      this.#failures = 0;
      this.#queue.acknowledge(reply.value.saved);
      this.view = { ...this.view, savedAt: reply.value.now, loginNeeded: false };
      this.#setClock(reply.value.now, this.view.dueAt);
      this.#keep();
      return await this.#flush();
    }
    if (reply.code === 'answer_bad') this.#giveUp(reply, answers);
    else if (!this.#refused(reply)) this.#retry(() => void this.#flush());
  }

  /** One answer the paper does not know must not hold up the others. */
  #giveUp(reply: { message: string; detail?: Record<string, unknown> }, answers: StoredAnswer[]): void {
    const slot = Number(reply.detail?.slot);
    for (const one of answers) if (!slot || one.slot === slot) this.#queue.giveUp(one.slot);
    this.view = { ...this.view, refusal: reply.message };
    this.#keep();
    void this.#flush();
  }

  /** Acts on a refusal that ends something; false when trying again may help. */
  #refused(reply: { code: string; message: string }): boolean {
    if (reply.code === 'lease_lost') return this.#send({ type: 'lease_lost' });
    if (reply.code === 'attempt_over' || reply.code === 'attempt_void' || reply.code === 'not_found')
      return this.#send({ type: 'attempt_over' });
    if (reply.code === 'save_too_late') {
      void this.handIn('time_up');
      return true;
    }
    if (reply.code === LOGIN_NEEDED) this.view = { ...this.view, loginNeeded: true };
    return false;
  }

  /** Hands in; at zero the page does it by itself. Tried again until the server gives a receipt. */
  async handIn(why: 'hand_in' | 'time_up'): Promise<void> {
    if (!this.#send({ type: why })) return;
    await this.#submit();
  }

  async #submit(): Promise<void> {
    this.#cancelRetry();
    const reply = await this.#transport.submit({ lease: this.#lease, answers: this.#queue.unsent() });
    if (reply.ok) {
      const isCollected = reply.value.state === 'collected';
      this.view = { ...this.view, receipt: reply.value, lost: isCollected ? this.#queue.unsent().length : 0 };
      this.#send({ type: 'receipt_came' });
      this.#keeper.write({ lease: '', unsent: [], marks: [] });
      this.stop();
      return;
    }
    if (reply.code === 'answer_bad') for (const { slot } of this.#queue.unsent()) this.#queue.giveUp(slot);
    else if (this.#refused(reply)) return;
    this.#send({ type: 'delivery_failed' });
    this.#retry(() => {
      if (this.#send({ type: 'hand_in' })) void this.#submit();
    });
  }

  #pulseLater(): void {
    this.#cancelPulse();
    this.#cancelPulse = this.#around.later(() => void this.pulse(), PULSE_MS);
  }

  /** Asks the server for the time, the deadline and the lease; the page also calls it when it wakes. */
  async pulse(): Promise<void> {
    this.#pulseLater();
    if (this.view.phase === 'undelivered' || this.view.phase === 'handing_in') return;
    const reply = await this.#transport.pulse(this.#lease);
    if (!reply.ok) {
      this.#refused(reply);
      return this.#show();
    }
    const { now, dueAt, state, holdsLease } = reply.value;
    const minutes = Math.round((dueAt - this.view.dueAt) / 60_000);
    this.view = { ...this.view, loginNeeded: false, extended: minutes > 0 ? minutes : this.view.extended };
    this.#setClock(now, dueAt);
    if (state !== 'in_progress') this.#send({ type: 'attempt_over' });
    else if (!holdsLease && this.view.phase === 'answering') this.#send({ type: 'lease_lost' });
    else void this.#flush();
  }

  #setClock(serverNow: number, dueAt: number): void {
    this.view = { ...this.view, offset: serverNow - this.#around.now(), dueAt };
    if (this.view.phase === 'answering') this.#watchDeadline();
  }

  /** Hands in at zero by the server's clock; at once when the page opens after it. */
  #watchDeadline(): void {
    this.#cancelDue();
    const left = this.view.dueAt - (this.#around.now() + this.view.offset);
    this.#cancelDue = this.#around.later(() => void this.handIn('time_up'), Math.max(0, left));
  }

  /** The network is back, or the page: what waits is tried at once. */
  async wake(): Promise<void> {
    if (this.view.phase === 'undelivered') await this.handIn('hand_in');
    else await this.pulse();
  }

  /** The page went out of sight, or came back. */
  async seen(isVisible: boolean): Promise<void> {
    if (!isVisible) {
      this.#hiddenSince ??= this.#around.now();
      return;
    }
    const away = this.#hiddenSince === null ? 0 : this.#around.now() - this.#hiddenSince;
    this.#hiddenSince = null;
    void this.wake();
    if (this.view.phase !== 'answering') return;
    if (away < LEAVE_MS) return;
    const reply = await this.#transport.leave(Math.round(away / 1_000));
    if (reply.ok) this.view = { ...this.view, leaves: reply.value.leaves };
    this.#show();
  }

  /** The page is being closed: what is unsent goes without waiting for an answer. */
  handOver(): void {
    const answers = this.#queue.unsent();
    if (this.#lease !== '' && answers.length > 0 && this.view.phase === 'answering')
      this.#transport.handOver({ lease: this.#lease, answers });
  }

  /** Takes note that the candidate has read of the added minutes. */
  noted(): void {
    this.view = { ...this.view, extended: 0 };
    this.#show();
  }

  stop(): void {
    this.#cancelRetry();
    this.#cancelPulse();
    this.#cancelDue();
  }

  #retry(work: () => void): void {
    this.#failures += 1;
    this.#cancelRetry();
    this.#cancelRetry = this.#around.later(
      work,
      retryDelayMs(this.#failures, () => this.#around.random()),
    );
    this.#show();
  }

  #send(event: PlayerEvent): boolean {
    const isAllowed = this.#machine.getSnapshot().can(event);
    if (isAllowed) this.#machine.send(event);
    const phase = this.#machine.getSnapshot().value;
    if (phase === 'over' || phase === 'handed_in') this.stop();
    this.view = { ...this.view, phase };
    this.#show();
    return isAllowed;
  }

  #keep(): void {
    this.#keeper.write({ lease: this.#lease, unsent: this.#queue.unsent(), marks: [...this.#marks] });
    this.#show();
  }

  #show(): void {
    const unsaved = this.#queue.unsent().length;
    const saveState: SaveState = unsaved === 0 ? 'saved' : this.#failures > 0 ? 'waiting' : 'saving';
    const marks = new Set(this.#marks);
    this.view = { ...this.view, answers: this.#queue.answers(), marks, unsaved, saveState };
    this.#changed(this.view);
  }
}
