import type { Script } from '../scripts/script.ts';
import type { Entry } from './run-log.ts';
import { emptyRun, fold, type Run } from './run.ts';
import type { Shown } from './visible.ts';

/** An entry of the log as control gets it, or null for what is no whole entry. */
export function entryOf({ atMs, wallMs, role, body }: Shown): Entry | null {
  if (body.kind !== 'entry') return null;
  const { seq, cause, seat } = body;
  return { seq, atMs, wallMs, role, seat, cause, command: null, body: body.body };
}

/** The run as control's screen knows it. */
export type Known = {
  run: Run;
  entries: readonly Entry[];
  /** A piece of the log is missing: what is shown may be behind, and the page has to be loaded anew. */
  hasGap: boolean;
};

/**
 * Folds what control was shown, each entry once: the log grows by a few entries at a time, and folding it
 * from the beginning whenever one arrives would be felt towards the end of a drill.
 */
export class ControlLog {
  readonly #script: Script;
  #taken = 0;
  #run: Run;
  #entries: readonly Entry[] = [];
  #hasGap = false;

  constructor(script: Script) {
    this.#script = script;
    this.#run = emptyRun(script);
  }

  /** The run after everything shown so far; `shown` only ever grows. */
  upTo(shown: readonly Shown[]): Known {
    const fresh: Entry[] = [];
    for (; this.#taken < shown.length && !this.#hasGap; this.#taken++) {
      const entry = entryOf(shown[this.#taken]!);
      // The stream and a question of the page may bring the same twice.
      if (!entry || entry.seq <= this.#run.seq) continue;
      if (entry.seq > this.#run.seq + 1) {
        this.#hasGap = true;
        break;
      }
      this.#run = fold(this.#script, this.#run, entry);
      fresh.push(entry);
    }
    if (fresh.length > 0) this.#entries = [...this.#entries, ...fresh];
    return { run: this.#run, entries: this.#entries, hasGap: this.#hasGap };
  }
}
