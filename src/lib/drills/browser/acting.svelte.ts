import type { Deed } from '../runs/run-command.ts';
import type { Room } from './room.svelte.ts';

/** One thing that is being done from one place of a screen: whether it is under way, and what was said to it. */
export class Acting {
  busy = $state(false);
  /** Why it was refused, in a sentence; empty while it was not. */
  refusal = $state('');
  #room: Room;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Does it as a role; false when it was refused. What waits for the network counts as done. */
  async do(role: string, deed: Deed): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refusal = '';
    const sent = await this.#room.send(role, deed);
    this.busy = false;
    if (sent.state === 'refused') this.refusal = sent.sentence;
    return sent.state !== 'refused';
  }
}
