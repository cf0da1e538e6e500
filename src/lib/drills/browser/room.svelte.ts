import { browserId } from '#lib/kernel/id.ts';
import { exerciseMs, type Clock } from '../runs/clock.ts';
import type { Face } from '../runs/face.ts';
import type { Desk } from '../runs/feeds.server.ts';
import type { Deed, RunCommand } from '../runs/run-command.ts';
import type { Stage } from '../runs/run.machine.ts';
import type { EntryBody } from '../runs/run-log.ts';
import type { Shown } from '../runs/visible.ts';
import { outboxOf, type Outbox } from './outbox.ts';

/** `live`: the stream is open. `asking`: it is down and the page asks every few seconds. `lost`: no answer. */
export type Connection = 'live' | 'asking' | 'lost';

/** What became of a deed: done, refused with a sentence, or waiting for the network. */
export type Sent = { state: 'done' } | { state: 'refused'; sentence: string } | { state: 'waiting' };

const ASK_EVERY_MS = 5_000;
const RESEND_EVERY_MS = 3_000;
const PATIENCE_MS = 15_000;

/**
 * A seat's live connection to a run: what it may see arrives here, what it does goes out from here. Deeds are
 * kept until the server has answered, under the id it knows them by, so that none is lost or done twice.
 */
export class Room {
  readonly runId: string;
  /** What of the script is in sight. */
  face = $state.raw<Face>(undefined as never);
  shown = $state.raw<readonly Shown[]>([]);
  stage = $state<Stage>('lobby');
  clock = $state.raw<Clock>({ running: false, exMs: 0, wallMs: 0, rate: 1 });
  connection = $state<Connection>('live');
  /** Deeds not answered yet. */
  waiting = $state.raw<readonly RunCommand[]>([]);
  /** Exercise time now, for countdowns; moves four times a second. */
  exMs = $state(0);
  /** Real time of the server now. */
  wallMs = $state(0);

  #cursor: string;
  readonly #taken = new Set<string>();
  /** What the addresses end with, so that the server answers from the same standpoint. */
  #as: string;
  #offsetMs: number;
  #outbox: Outbox;
  #stream: EventSource | null = null;
  #timers: ReturnType<typeof setInterval>[] = [];
  #sending = false;
  /** Something has come into sight that the face does not show yet. */
  #isFaceOld = false;
  #isRenewing = false;

  constructor(desk: Desk) {
    this.runId = desk.runId;
    this.face = desk.face;
    this.shown = desk.shown;
    this.stage = desk.stage;
    this.clock = desk.clock;
    this.#cursor = desk.cursor;
    for (const { id } of desk.shown) if (id !== undefined) this.#taken.add(id);
    this.#as = desk.standpoint === 'wall' ? '&as=wall' : '';
    this.#offsetMs = desk.nowMs - Date.now();
    this.#outbox = outboxOf(desk.seat.id);
    this.#beat();
  }

  /** Begins to follow; answers how to stop. */
  follow(): () => void {
    void this.#outbox.read().then((kept) => {
      this.waiting = [...kept, ...this.waiting];
      void this.#flush();
    });
    this.#openStream();
    this.#timers = [
      setInterval(() => this.#beat(), 250),
      setInterval(() => this.connection !== 'live' && void this.#ask(), ASK_EVERY_MS),
      setInterval(() => void this.#flush(), RESEND_EVERY_MS),
      setInterval(() => void this.#renewFace(), RESEND_EVERY_MS),
    ];
    const back = () => document.visibilityState === 'visible' && void this.#ask();
    document.addEventListener('visibilitychange', back);
    window.addEventListener('online', back);
    return () => {
      this.#stream?.close();
      this.#timers.forEach(clearInterval);
      document.removeEventListener('visibilitychange', back);
      window.removeEventListener('online', back);
    };
  }

  /** Does something as one of the seat's roles. Settles when the server has answered, or at once without network. */
  async send(role: string, deed: Deed): Promise<Sent> {
    const command: RunCommand = { id: browserId(Date.now()), role, deed };
    this.#keep([...this.waiting, command]);
    return await this.#deliver(command);
  }

  #keep(waiting: readonly RunCommand[]): void {
    this.waiting = waiting;
    this.#outbox.write(waiting);
  }

  async #deliver(command: RunCommand): Promise<Sent> {
    const answer = await this.#post(command);
    if (answer === null) return { state: 'waiting' };
    this.#keep(this.waiting.filter(({ id }) => id !== command.id));
    if (answer.ok) {
      if (this.connection !== 'live') void this.#ask();
      return { state: 'done' };
    }
    return { state: 'refused', sentence: answer.sentence };
  }

  /** Null when nobody answered: then it is tried again. */
  async #post(command: RunCommand): Promise<{ ok: boolean; sentence: string } | null> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const response = await fetch(`/api/runs/${this.runId}/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(command),
        signal: patience.signal,
      });
      if (response.status >= 500 || response.status === 429 || response.status === 401) return null;
      const body = (await response.json()) as { message?: string };
      return { ok: response.ok, sentence: body.message ?? '' };
    } catch {
      // No network: the deed waits in the outbox.
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  /** What waits goes out in its order; the first that gets no answer stops the rest. */
  async #flush(): Promise<void> {
    if (this.#sending || this.waiting.length === 0) return;
    this.#sending = true;
    for (const command of this.waiting) if ((await this.#deliver(command)).state === 'waiting') break;
    this.#sending = false;
  }

  #openStream(): void {
    this.#stream?.close();
    const stream = new EventSource(
      `/api/runs/${this.runId}/stream?after=${encodeURIComponent(this.#cursor)}${this.#as}`,
    );
    stream.onopen = () => (this.connection = 'live');
    stream.onmessage = ({ data, lastEventId }) =>
      this.#take(JSON.parse(data as string) as Shown[], lastEventId);
    stream.onerror = () => {
      // The browser comes back by itself with Last-Event-ID; until then the page asks.
      if (this.connection === 'live') this.connection = 'asking';
      if (stream.readyState === EventSource.CLOSED) setTimeout(() => this.#openStream(), ASK_EVERY_MS);
    };
    this.#stream = stream;
  }

  async #ask(): Promise<void> {
    const from = this.#cursor;
    try {
      const response = await fetch(
        `/api/runs/${this.runId}/entries?after=${encodeURIComponent(from)}${this.#as}`,
        { cache: 'no-store' },
      );
      if (!response.ok) throw new Error(String(response.status));
      const { shown, cursor } = (await response.json()) as { shown: Shown[]; cursor: string };
      // The stream may have brought the same meanwhile.
      if (from === this.#cursor) this.#take(shown, cursor);
      if (this.connection === 'lost') this.connection = 'asking';
    } catch {
      this.connection = 'lost';
    }
  }

  #take(sent: readonly Shown[], cursor: string): void {
    if (cursor === this.#cursor) return;
    this.#cursor = cursor;
    // A frame of the stream that was under way when the page asked brings again what the answer brought.
    const shown = sent.filter(({ id }) => id === undefined || !this.#taken.has(id));
    if (shown.length === 0) return;
    for (const { id } of shown) if (id !== undefined) this.#taken.add(id);
    this.shown = [...this.shown, ...shown];
    for (const { atMs, body } of shown) {
      const clock = clockOf(body);
      if (clock) this.clock = clock;
      const stage = stageOf(body);
      if (!stage) continue;
      this.stage = stage;
      // After the end exercise time stands where it ended.
      if (ENDS.includes(stage)) this.clock = { ...this.clock, running: false, exMs: atMs };
    }
    if (shown.some(({ body }) => reveals(body))) this.#isFaceOld = true;
    void this.#renewFace();
    this.#beat();
  }

  /** Fetches the face while it is old. Without network it stays old, and is tried again. */
  async #renewFace(): Promise<void> {
    // Control has the whole script from the beginning.
    if (!this.#isFaceOld || this.#isRenewing || this.face.script) return;
    this.#isRenewing = true;
    this.#isFaceOld = false;
    try {
      const as = this.#as.replace('&', '?');
      const response = await fetch(`/api/runs/${this.runId}/face${as}`, { cache: 'no-store' });
      if (!response.ok) throw new Error(String(response.status));
      this.face = (await response.json()) as Face;
    } catch {
      this.#isFaceOld = true;
    }
    this.#isRenewing = false;
  }

  #beat(): void {
    this.wallMs = Date.now() + this.#offsetMs;
    this.exMs = exerciseMs(this.clock, this.wallMs);
  }
}

type Body = Shown['body'];

function inner(body: Body): Body | EntryBody {
  return body.kind === 'entry' ? body.body : body;
}

function clockOf(body: Body): Clock | null {
  const said = inner(body);
  return 'clock' in said ? said.clock : null;
}

const STAGE_AFTER: Record<string, Stage> = {
  started: 'running',
  resumed: 'running',
  paused: 'paused',
  ended: 'ended',
  aborted: 'aborted',
  hot_wash: 'hot_wash',
  evaluating: 'evaluating',
  published: 'published',
  archived: 'archived',
};

const ENDS: readonly Stage[] = ['ended', 'aborted'];

function stageOf(body: Body): Stage | null {
  const said = inner(body);
  if (said.kind === 'stage') return said.stage;
  return STAGE_AFTER[said.kind === 'clock' ? said.why : said.kind] ?? null;
}

function reveals(body: Body): boolean {
  const said = inner(body);
  if (said.kind === 'feature' || said.kind === 'paper') return true;
  return (
    said.kind === 'fact' && (said.fact.type === 'feature_revealed' || said.fact.type === 'document_revealed')
  );
}
