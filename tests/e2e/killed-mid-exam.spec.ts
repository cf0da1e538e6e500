import { setTimeout as wait } from 'node:timers/promises';
import { DEMO_PASSWORD, expect, test } from './harness/test.ts';
import type { RunningServer } from './harness/server.ts';

const ROUNDS = 4;
const SLOTS = 40;

type Lease = { lease: string; answers: { slot: number; seq: number; answer: string }[] };

/** A candidate who speaks to the server as the exam page does, without a browser. */
class Candidate {
  private readonly server: RunningServer;
  private cookie = '';
  constructor(server: RunningServer) {
    this.server = server;
  }

  private request(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.server.url + path, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { origin: this.server.url, cookie: this.cookie, ...headers },
    });
  }

  async logIn(loginName: string): Promise<void> {
    const form = new URLSearchParams({ identifier: loginName, password: DEMO_PASSWORD });
    const answer = await this.request('/login', form, { accept: 'text/html' });
    this.cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(answer.status).toBe(303);
  }

  async startExam(): Promise<string> {
    const list = await fetch(`${this.server.url}/learn/exams`, { headers: { cookie: this.cookie } });
    const exam = /\/learn\/exams\/([0-9a-f-]{36})/.exec(await list.text())?.[1];
    const answer = await this.request(`/learn/exams/${exam}?/start`, new URLSearchParams({ read: 'on' }), {
      accept: 'text/html',
    });
    expect(answer.status).toBe(303);
    return answer.headers.get('location')!.split('/').at(-1)!;
  }

  async json<Answer>(path: string, body: unknown): Promise<Answer> {
    const answer = await this.request(path, JSON.stringify(body), { 'content-type': 'application/json' });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
}

test('a server killed in mid-exam loses no acknowledged answer', async ({ server }) => {
  test.setTimeout(180_000);
  const candidate = new Candidate(server);
  await candidate.logIn('player1');
  const attempt = await candidate.startExam();
  const path = `/api/attempts/${attempt}`;
  let { lease } = await candidate.json<Lease>(`${path}/lease`, { previous: '', force: false });
  const acknowledged = new Map<number, { seq: number; answer: string }>();
  let seq = 0;

  for (let round = 0; round < ROUNDS; round += 1) {
    let killed = false;
    const saving = Array.from({ length: 8 }, async (_, lane) => {
      while (!killed) {
        seq += 1;
        const mine = { slot: 1 + ((seq * 7 + lane) % SLOTS), seq, answer: '' };
        mine.answer = mine.seq % 5 === 0 ? '' : 'A';
        try {
          const { saved } = await candidate.json<{
            saved: { slot: number; seq: number; answer: string; kept: boolean }[];
          }>(`${path}/answers`, { lease, answers: [mine] });
          for (const one of saved) {
            const before = acknowledged.get(one.slot);
            if (!before || before.seq <= one.seq)
              acknowledged.set(one.slot, { seq: one.seq, answer: one.answer });
          }
        } catch (reason) {
          // The connection died with the server: this save was not acknowledged and may be lost.
          if (!killed) expect(String(reason)).toMatch(/fetch failed|terminated|invalid_answer|400/);
        }
      }
    });
    await wait(300 + Math.random() * 700);
    killed = true;
    await server.restart('SIGKILL');
    await Promise.all(saving);
    const back = await candidate.json<Lease>(`${path}/lease`, { previous: lease, force: false });
    lease = back.lease;
    const stored = new Map(back.answers.map((one) => [one.slot, one]));
    for (const [slot, { seq: seen, answer }] of acknowledged) {
      const kept = stored.get(slot);
      expect(kept?.seq, `slot ${slot}`).toBeGreaterThanOrEqual(seen);
      if (kept?.seq === seen) expect(kept.answer).toBe(answer);
    }
  }
  expect(acknowledged.size).toBeGreaterThan(20);
  const receipt = await candidate.json<{ stored?: number; receipt?: string }>(`${path}/submission`, {
    lease,
    answers: [],
  });
  expect(JSON.stringify(receipt)).toContain('receipt');
});
