import { askerOf, jsonPost, type Ask } from '../harness/asking.ts';
import { answerPlan } from '../harness/child.ts';
import { runForSeconds, type Pace } from '../harness/closed-loop.ts';
import type { Person } from './plan.ts';

/** A candidate with a paper on the screen: `shape` says what each slot takes. */
export type Sitting = Person & { attemptId: string; shape: string; lease: string };

export type AnswersPlan = {
  port: number;
  /** The raw limit is asked the same by the same hands, and answers nothing that could be checked. */
  bare: boolean;
  warmUp: number;
  seconds: number;
  sittings: Sitting[];
};

/** `sent` counts every acknowledged save, the warm-up's too; `last` is the newest of each slot. */
export type AnswersResult = Pace & { sent: number; last: Acknowledged[] };
export type Acknowledged = { attemptId: string; slot: number; seq: number; answer: string };

type Body = { saved?: { slot: number; seq: number; answer: string; kept: boolean }[] };

/** Something a slot of this sign takes, another one each time. */
function answerOf(sign: string, k: number): string {
  if (sign === '!') return k % 2 === 0 ? 'T' : 'F';
  const options = sign.toUpperCase().charCodeAt(0) - 64;
  const letter = String.fromCharCode(65 + (k % options));
  return sign === sign.toLowerCase() || letter === 'A' ? letter : `A${letter}`;
}

/** Candidates who answer as fast as the server acknowledges, one save at a time each. */
async function saveAnswers({ port, bare, warmUp, seconds, sittings }: AnswersPlan): Promise<AnswersResult> {
  const { ask, close } = askerOf(port, sittings.length);
  const last = new Map<string, Acknowledged>();
  let sent = 0;
  const pace = await runForSeconds(sittings.length, { warmUp, seconds }, async (lane, k) => {
    const { attemptId, shape, cookie, lease } = sittings[lane]!;
    const slot = (k % shape.length) + 1;
    const seq = k + 1;
    const answer = answerOf(shape[slot - 1]!, k);
    const asked: Ask = jsonPost(port, `/api/attempts/${attemptId}/answers`, cookie, {
      lease,
      answers: [{ slot, seq, answer }],
    });
    const { status, body, ms } = await ask(asked);
    const text = body.toString('utf8');
    if (status !== 200) return { ms, fault: `save answered ${status}: ${text.slice(0, 200)}` };
    const [saved] = (JSON.parse(text) as Body).saved ?? [];
    if (bare) return { ms, fault: null };
    if (!saved?.kept || saved.seq !== seq || saved.answer !== answer)
      return { ms, fault: `save of ${answer} as ${seq} answered ${text.slice(0, 200)}` };
    sent += 1;
    last.set(`${attemptId}/${slot}`, { attemptId, slot, seq, answer });
    return { ms, fault: null };
  });
  close();
  return { ...pace, sent, last: [...last.values()] };
}

await answerPlan(saveAnswers);
