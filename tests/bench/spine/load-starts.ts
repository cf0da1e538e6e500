import { askerOf, formPost, jsonPost } from '../harness/asking.ts';
import { answerPlan } from '../harness/child.ts';
import { runEach, type Pace } from '../harness/closed-loop.ts';
import type { Person } from './plan.ts';

export type StartsPlan = {
  port: number;
  examId: string;
  lanes: number;
  warmUp: number;
  candidates: Person[];
  /** How many of them then open their paper, to answer. */
  leases: number;
};

/** `started`: attempt by candidate, in order; `leases` of the first of them. */
export type StartsResult = Pace & { started: string[]; leases: string[] };

/** Candidates who press the button at once; the first `warmUp` of them do not count. */
async function startExams(plan: StartsPlan): Promise<StartsResult> {
  const { port, examId, lanes, warmUp, candidates } = plan;
  const { ask, close } = askerOf(port, lanes);
  const started: string[] = [];
  const start = async (index: number) => {
    const form = formPost(port, `/learn/exams/${examId}?/start`, candidates[index]!.cookie, { read: 'on' });
    const { status, headers, body, ms } = await ask(form);
    const attemptId = /\/learn\/attempts\/([^/?]+)$/.exec(headers.location ?? '')?.[1];
    if (status !== 303 || !attemptId)
      return { ms, fault: `start answered ${status}: ${body.toString().slice(0, 200)}` };
    started[index] = attemptId;
    return { ms, fault: null };
  };
  const warm = await runEach(lanes, warmUp, start);
  const pace = await runEach(lanes, candidates.length - warmUp, (index) => start(index + warmUp));
  const leases: string[] = [];
  for (const [index, { cookie }] of candidates.slice(0, plan.leases).entries()) {
    const path = `/api/attempts/${started[index]}/lease`;
    const { body } = await ask(jsonPost(port, path, cookie, { previous: '', force: false }));
    leases.push((JSON.parse(body.toString()) as { lease: string }).lease);
  }
  close();
  return { ...pace, faults: [...warm.faults, ...pace.faults], started, leases };
}

await answerPlan(startExams);
