import { randomUUID } from 'node:crypto';
import { Agent, get, type ClientRequest } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerPlan } from '../harness/child.ts';
import { askerOf } from '../harness/asking.ts';
import type { Room, RoomsPlan, RoomsResult } from './plan.ts';

/** Whoever still waits for something gets it within this after the last press. */
const DRAIN_MS = 10_000;
const TRY_AGAIN_MS = 250;

/** When the director pressed, by inject; the last try counts, because before it nobody was there to hear. */
type Pressed = Map<string, number>;

/** A screen: follows its seat's stream and comes back where it was, as a browser does. */
class Screen {
  readonly seen = new Map<string, number>();
  #cursor = '';
  #request: ClientRequest | undefined;
  #over = false;
  reconnects = 0;
  readonly port: number;
  readonly runId: string;
  readonly cookie: string;
  readonly retryMs: number;
  readonly agent: Agent;

  constructor(of: Pick<Screen, 'port' | 'runId' | 'cookie' | 'retryMs' | 'agent'>) {
    this.port = of.port;
    this.runId = of.runId;
    this.cookie = of.cookie;
    this.retryMs = of.retryMs;
    this.agent = of.agent;
  }

  async open(): Promise<void> {
    await new Promise<void>((opened) => this.#connect(opened));
  }

  close(): void {
    this.#over = true;
    this.#request?.destroy();
  }

  #connect(opened: () => void): void {
    const again = () => {
      if (this.#over) return;
      this.reconnects += 1;
      setTimeout(() => this.#connect(opened), this.retryMs);
    };
    const headers = { cookie: this.cookie, ...(this.#cursor ? { 'last-event-id': this.#cursor } : {}) };
    const path = `/api/runs/${this.runId}/stream`;
    this.#request = get(
      { host: '127.0.0.1', port: this.port, path, headers, agent: this.agent },
      (response) => {
        opened();
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          const parts = (text + chunk).split('\n\n');
          text = parts.pop()!;
          for (const part of parts) this.#take(part);
        });
        response.on('close', again);
      },
    );
    this.#request.on('error', again);
  }

  #take(frame: string): void {
    const data = /^data: (.*)$/m.exec(frame)?.[1];
    if (!data) return;
    this.#cursor = /^id: (.*)$/m.exec(frame)?.[1] ?? this.#cursor;
    const now = performance.now();
    for (const { body } of JSON.parse(data) as { body: { kind: string; inject?: { id: string } } }[]) {
      const id = body.kind === 'inject' ? body.inject!.id : null;
      if (id === null || !id.startsWith('hall-')) continue;
      if (this.seen.has(id)) doubled += 1;
      else this.seen.set(id, now);
    }
  }
}

let doubled = 0;

/** Presses at the pace of the plan; a press that gets no answer is made again with the same id. */
async function direct(room: Room, plan: RoomsPlan, pressed: Pressed, faults: string[]): Promise<void> {
  const { ask, close } = askerOf(plan.port, 2);
  const headers = {
    cookie: room.director,
    'content-type': 'application/json',
    origin: `http://127.0.0.1:${plan.port}`,
  };
  const press = async (deed: object) => {
    const body = JSON.stringify({ id: randomUUID(), role: 'director', deed });
    for (;;) {
      const at = performance.now();
      const answer = await ask({
        method: 'POST',
        path: `/api/runs/${room.runId}/commands`,
        headers,
        body,
      }).catch(() => null);
      if (answer?.status === 200) return at;
      // The clock stands after an outage: what is released by hand goes out all the same.
      if (answer && answer.status < 500)
        faults.push(`${answer.status} ${answer.body.toString().slice(0, 200)}`);
      if (answer && answer.status < 500) return null;
      await wait(TRY_AGAIN_MS);
    }
  };
  await press({ kind: 'start' });
  const started = performance.now();
  const count = Math.min(room.injects.length, plan.perSecond * plan.seconds);
  for (let index = 0; index < count; index += 1) {
    await wait(Math.max(0, started + (index * 1_000) / plan.perSecond - performance.now()));
    if (performance.now() - started > plan.seconds * 1_000) break;
    const inject = room.injects[index]!;
    const at = await press({ kind: 'release', inject });
    if (at !== null) pressed.set(inject, at);
  }
  close();
}

async function playRooms(plan: RoomsPlan): Promise<RoomsResult> {
  const agent = new Agent({ keepAlive: false, maxSockets: Infinity });
  const faults: string[] = [];
  const rooms = plan.rooms.map((room) => ({
    room,
    pressed: new Map() as Pressed,
    screens: room.viewers.map(
      (cookie) => new Screen({ port: plan.port, runId: room.runId, cookie, retryMs: plan.retryMs, agent }),
    ),
  }));
  for (const { screens } of rooms) await Promise.all(screens.map((screen) => screen.open()));
  await Promise.all(rooms.map(({ room, pressed }) => direct(room, plan, pressed, faults)));
  await wait(DRAIN_MS);
  const milliseconds: number[] = [];
  let missed = 0;
  for (const { pressed, screens } of rooms)
    for (const [inject, at] of pressed)
      for (const screen of screens) {
        const seen = screen.seen.get(inject);
        if (seen === undefined) missed += 1;
        else milliseconds.push(Math.round((seen - at) * 10) / 10);
      }
  const reconnects = rooms.reduce(
    (sum, { screens }) => sum + screens.reduce((all, screen) => all + screen.reconnects, 0),
    0,
  );
  for (const { screens } of rooms) for (const screen of screens) screen.close();
  const released = rooms.reduce((sum, { pressed }) => sum + pressed.size, 0);
  return { milliseconds, missed, doubled, released, reconnects, faults: faults.slice(0, 10) };
}

await answerPlan(playRooms);
