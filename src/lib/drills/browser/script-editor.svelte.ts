import { withoutPart, withPart, type Draft, type Part } from '../scripts/draft.ts';
import { lintScript } from '../scripts/lint.ts';
import { OFFLINE } from '../scripts/readiness-copy.ts';

/** What became of a saving; `changed` when another author saved meanwhile. */
export type Saved = { state: 'saved' } | { state: 'changed' | 'refused'; sentence: string };

/**
 * A draft on the author's screen. Every change is made to what the server has and saved at once, whole, with
 * the number of the saving it was made from; nothing is kept in the browser that the server has refused.
 */
export class ScriptEditor {
  readonly id: string;
  /** What the server has. */
  draft = $state.raw<Draft>({});
  revision = $state(0);
  busy = $state(false);
  findings = $derived(lintScript(this.draft).findings);

  constructor(id: string, draft: Draft, revision: number) {
    this.id = id;
    this.draft = draft;
    this.revision = revision;
  }

  get address(): string {
    return `/office/scripts/${this.id}/draft`;
  }

  savePart(list: string, part: Part): Promise<Saved> {
    return this.save((draft) => withPart(draft, list, part));
  }

  removePart(list: string, id: string): Promise<Saved> {
    return this.save((draft) => withoutPart(draft, list, id));
  }

  async save(change: (draft: Draft) => Draft): Promise<Saved> {
    this.busy = true;
    try {
      const draft = change(this.draft);
      const response = await fetch(this.address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ revision: this.revision, draft }),
      });
      const answer = (await response.json()) as { revision?: number; code?: string; message?: string };
      if (answer.revision === undefined || !response.ok)
        return {
          state: answer.code === 'script_changed' ? 'changed' : 'refused',
          sentence: answer.message ?? OFFLINE,
        };
      this.draft = draft;
      this.revision = answer.revision;
      return { state: 'saved' };
    } catch {
      // No network, or an answer that is none: what was typed is still on the screen.
      return { state: 'refused', sentence: OFFLINE };
    } finally {
      this.busy = false;
    }
  }

  /** Takes over what another author saved; what stands in an open form stays there. */
  async takeOver(): Promise<boolean> {
    try {
      const response = await fetch(this.address);
      if (!response.ok) return false;
      const { draft, revision } = (await response.json()) as { draft: Draft; revision: number };
      this.draft = draft;
      this.revision = revision;
      return true;
    } catch {
      // Said by the caller: the form is still open and can be tried again.
      return false;
    }
  }
}
