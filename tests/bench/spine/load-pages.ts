import { askerOf } from '../harness/asking.ts';
import { answerPlan } from '../harness/child.ts';
import { runForSeconds, type Pace } from '../harness/closed-loop.ts';

export type Page = { path: string; cookie: string };
export type PagesPlan = { port: number; lanes: number; warmUp: number; seconds: number; pages: Page[] };

/** Pace over all pages, and the times of each: which one is slow. */
export type PagesResult = Pace & { byPage: Record<string, number[]>; bytes: number };

/** A few people who click from page to page; each begins with another one. */
async function readPages({ port, lanes, warmUp, seconds, pages }: PagesPlan): Promise<PagesResult> {
  const { ask, close } = askerOf(port, lanes);
  const byPage: Record<string, number[]> = {};
  let bytes = 0;
  const pace = await runForSeconds(lanes, { warmUp, seconds }, async (lane, k) => {
    const { path, cookie } = pages[(lane * 3 + k) % pages.length]!;
    const { status, body, ms } = await ask({ path, headers: { cookie, accept: 'text/html' } });
    if (status !== 200) return { ms, fault: `${path} answered ${status}` };
    (byPage[path] ??= []).push(ms);
    bytes = Math.max(bytes, body.length);
    return { ms, fault: null };
  });
  close();
  return { ...pace, byPage, bytes };
}

await answerPlan(readPages);
