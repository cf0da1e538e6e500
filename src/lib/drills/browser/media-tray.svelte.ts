import type { Room } from './room.svelte.ts';

/** A photo or a recording that has not reached the server yet. */
export type Pending = { key: number; file: File; about: string | null; text: string; observedMs: number };

const RETRY_EVERY_MS = 5_000;

/**
 * Photos and recordings of an evaluator. A file goes up first, then an observation that names it, with the
 * moment it was taken. Without network they wait in the open page: a browser keeps no files over a reload
 * that it must not read again.
 */
export class MediaTray {
  waiting = $state.raw<readonly Pending[]>([]);
  /** Why the last file was refused, in a sentence. */
  refusal = $state('');
  #room: Room;
  #role: string;
  #next = 0;
  #sending = false;

  constructor(room: Room, role: string) {
    this.#room = room;
    this.#role = role;
  }

  /** Begins to send what waits; answers how to stop. */
  follow(): () => void {
    const timer = setInterval(() => void this.#flush(), RETRY_EVERY_MS);
    const warn = (event: BeforeUnloadEvent) => {
      if (this.waiting.length === 0) return;
      event.preventDefault();
      // Chromium before 119 asks only when this is set.
      event.returnValue = true;
    };
    window.addEventListener('beforeunload', warn);
    return () => {
      clearInterval(timer);
      window.removeEventListener('beforeunload', warn);
    };
  }

  add(file: File, about: string | null, text: string): void {
    this.refusal = '';
    const observedMs = Math.floor(this.#room.exMs);
    this.waiting = [...this.waiting, { key: this.#next++, file, about, text, observedMs }];
    void this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.waiting.length > 0) {
      const [first] = this.waiting;
      const id = await this.#upload(first!.file);
      if (id === null) break;
      this.waiting = this.waiting.slice(1);
      const { about, text, observedMs } = first!;
      if (id) await this.#room.send(this.#role, { kind: 'observe', text, about, observedMs, media: [id] });
    }
    this.#sending = false;
  }

  /** The id of the stored file; empty when it was refused for good, null when nobody answered. */
  async #upload(file: File): Promise<string | null> {
    const form = new FormData();
    form.set('file', file);
    try {
      const response = await fetch(`/api/runs/${this.#room.runId}/media`, { method: 'POST', body: form });
      if (response.status >= 500 || response.status === 429 || response.status === 401) return null;
      const body = (await response.json()) as { id?: string; message?: string };
      if (!response.ok) this.refusal = body.message ?? '';
      return body.id ?? '';
    } catch {
      // No network: the file waits in the open page.
      return null;
    }
  }
}
