import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { askerOf, formPost, type Answered, type Ask } from '../harness/asking.ts';
import { answerPlan } from '../harness/child.ts';
import { percentile } from '../harness/figure.ts';
import { COUNTY_ID } from './plan.ts';

export type ImportPlan = {
  port: number;
  cookie: string;
  file: string;
  /** What others ask meanwhile, every 10 ms. */
  small: { path: string; cookie: string };
};

export type ImportResult = {
  importId: string;
  seconds: number;
  previewSeconds: number;
  worstStallMs: number;
  smallMedianMs: number;
  smallP99Ms: number;
  smallAsked: number;
  faults: string[];
};

const EVERY_MS = 10;
/** As the page of an import does. */
const LOOK_EVERY_MS = 1_000;
const SECONDS_MAX = 180;

/** Sends a small request every 10 ms, however long the answers take; answers how to stop. */
function askSteadily(ask: (what: Ask) => Promise<Answered>, what: Ask) {
  const milliseconds: number[] = [];
  const faults: string[] = [];
  const open = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const one = ask(what)
      .then(({ status, ms }) => {
        if (status === 200) milliseconds.push(ms);
        else faults.push(`${what.path} answered ${status}`);
      })
      .catch((reason: unknown) => void faults.push(String(reason)))
      .finally(() => open.delete(one));
    open.add(one);
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
    return { milliseconds, faults };
  };
}

/** The upload as a browser sends it. */
async function uploadOf({ port, cookie, file }: ImportPlan): Promise<Ask> {
  const form = new FormData();
  form.set('divisionId', COUNTY_ID);
  form.set('file', new File([readFileSync(file)], 'roster-20k.xlsx'));
  const origin = `http://127.0.0.1:${port}`;
  const whole = new Request(origin, { method: 'POST', body: form });
  const headers = { cookie, origin, accept: 'text/html', 'content-type': whole.headers.get('content-type')! };
  return {
    method: 'POST',
    path: '/office/imports/new',
    headers,
    body: new Uint8Array(await whole.arrayBuffer()),
  };
}

/** One bureau's roster from the upload to the last row, the way its page does it. */
async function importRoster(plan: ImportPlan): Promise<ImportResult> {
  const { port, cookie, small } = plan;
  const mine = askerOf(port, 2);
  const others = askerOf(port, 64);
  const stop = askSteadily(others.ask, { path: small.path, headers: { cookie: small.cookie } });
  await wait(1_000);
  const upload = await uploadOf(plan);
  const started = performance.now();
  const since = () => (performance.now() - started) / 1_000;
  const { headers, status, body } = await mine.ask(upload);
  const importId = /\/office\/imports\/([^/?]+)$/.exec(headers.location ?? '')?.[1];
  if (!importId) throw new Error(`upload answered ${status}: ${body.toString().slice(0, 300)}`);

  async function until(state: 'preview' | 'done'): Promise<void> {
    for (;;) {
      const page = await mine.ask({ path: `/office/imports/${importId}/__data.json`, headers: { cookie } });
      const seen = /"(reading|preview|committing|done|failed)"(?!:)/.exec(page.body.toString())?.[1];
      if (seen === state) return;
      if (seen === 'failed' || since() > SECONDS_MAX)
        throw new Error(`the import is ${seen} after ${since()} s`);
      await wait(LOOK_EVERY_MS);
    }
  }

  await until('preview');
  const previewSeconds = since();
  await mine.ask(formPost(port, `/office/imports/${importId}?/commit`, cookie, {}));
  await until('done');
  const seconds = since();
  const { milliseconds, faults } = await stop();
  mine.close();
  others.close();
  const smallMedianMs = percentile(milliseconds, 0.5);
  return {
    ...{ importId, seconds, previewSeconds, smallMedianMs, faults: faults.slice(0, 5) },
    ...{ smallP99Ms: percentile(milliseconds, 0.99), smallAsked: milliseconds.length },
    worstStallMs: milliseconds.reduce((worst, ms) => Math.max(worst, ms), 0) - smallMedianMs,
  };
}

await answerPlan(importRoster);
