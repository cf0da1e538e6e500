import type { LearningState } from '../learning.server.ts';
import { PING_EVERY_MS } from '../learning.ts';
import type { LearningPing } from '../forms.ts';

/**
 * idle: nothing runs · running: time counts · paused: the page or the film stands still · asked, missed:
 * the presence prompt · elsewhere: another device took over · offline: pings do not get through ·
 * refused: the server said no and says why.
 */
export type Phase = 'idle' | 'running' | 'paused' | 'asked' | 'missed' | 'elsewhere' | 'offline' | 'refused';

type Answer = LearningState & { playId?: string; tookOver?: boolean };

/** How long a ping may take: after that the page says that it cannot reach the server. */
const PATIENCE_MS = 20_000;

/**
 * Learning time as the server counts it. The page only says that somebody is here; every figure shown comes
 * back from the server.
 */
export class LearningSession {
  phase = $state<Phase>('idle');
  creditedMs = $state(0);
  requiredMs = $state(0);
  completed = $state(false);
  tookOver = $state(false);
  takenBackMs = $state(0);
  message = $state('');
  /** When the open prompt runs out, on this machine's clock. */
  answerBy = $state(0);

  #playId = '';
  #timer: ReturnType<typeof setInterval> | undefined;
  readonly #lessonId: string;
  readonly #position: () => number;
  readonly #oncomplete: () => void;

  constructor(of: {
    lessonId: string;
    creditedMs: number;
    requiredMs: number;
    completed: boolean;
    position: () => number;
    oncomplete: () => void;
  }) {
    this.#lessonId = of.lessonId;
    this.creditedMs = of.creditedMs;
    this.requiredMs = of.requiredMs;
    this.completed = of.completed;
    this.#position = of.position;
    this.#oncomplete = of.oncomplete;
  }

  /** Begins on this device, taking over from any other. */
  async open(): Promise<void> {
    const answer = await this.#tell({ act: 'open' });
    if (!answer) return;
    this.#playId = answer.playId ?? '';
    this.tookOver = answer.tookOver ?? false;
    this.#take(answer);
    this.#start();
  }

  /** Somebody says “I am here”. */
  async confirm(): Promise<void> {
    const answer = await this.#tell({ act: 'confirm', playId: this.#playId });
    if (answer) this.#take(answer);
    if (answer) this.#start();
  }

  /** The film stands still or the page is hidden: no pings, and nothing is credited. */
  pause(): void {
    if (this.phase !== 'running') return;
    this.phase = 'paused';
    this.#stop();
  }

  resume(): void {
    if (this.phase !== 'paused') return;
    this.phase = 'running';
    this.#start();
    void this.#ping();
  }

  close(): void {
    this.#stop();
  }

  #start(): void {
    this.#stop();
    if (!this.completed) this.#timer = setInterval(() => void this.#ping(), PING_EVERY_MS);
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #ping(): Promise<void> {
    const answer = await this.#tell({ act: 'ping', playId: this.#playId, position: this.#position() });
    if (answer) this.#take(answer);
  }

  #take(answer: Answer): void {
    this.creditedMs = answer.creditedMs;
    this.requiredMs = answer.requiredMs;
    if (answer.takenBackMs > 0) this.takenBackMs = answer.takenBackMs;
    if (answer.answerWithinMs !== null) this.answerBy = Date.now() + answer.answerWithinMs;
    if (this.phase !== 'paused' || answer.state !== 'playing')
      this.phase = answer.state === 'playing' ? 'running' : answer.state;
    if (answer.completed && !this.completed) {
      this.completed = true;
      this.#stop();
      this.#oncomplete();
    }
  }

  async #tell(ping: LearningPing): Promise<Answer | null> {
    const outcome = await tell(this.#lessonId, ping);
    if (outcome.kind === 'answer') return outcome.answer;
    if (outcome.kind === 'offline') {
      if (this.phase !== 'asked' && this.phase !== 'missed') this.phase = 'offline';
      return null;
    }
    this.message = outcome.message;
    this.phase = outcome.code === 'played_elsewhere' ? 'elsewhere' : 'refused';
    this.#stop();
    return null;
  }
}

type Outcome =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'refused'; code: string; message: string }
  | { kind: 'offline' };

/** One message about a lesson to the server. */
export async function tell(lessonId: string, ping: LearningPing): Promise<Outcome> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(`/api/learning-pings/${lessonId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ping),
      keepalive: true,
      signal: patience.signal,
    });
    const body = await response.json();
    if (response.ok) return { kind: 'answer', answer: body as Answer };
    if (response.status >= 500) return { kind: 'offline' };
    return { kind: 'refused', ...(body as { code: string; message: string }) };
  } catch {
    // No network, or no answer in time: the next ping tries again.
    return { kind: 'offline' };
  } finally {
    clearTimeout(timer);
  }
}
