import { LOGIN_NEEDED, OFFLINE, type Reply, type Transport } from '../exam-player.ts';

/** A request that takes longer is given up and tried again: every one of them may be repeated. */
const PATIENCE_MS = 20_000;

async function understood<Value>(response: Response): Promise<Reply<Value>> {
  const body = (await response.json().catch(() => null)) as
    (Value & { code?: string; message?: string; detail?: Record<string, unknown> }) | null;
  if (response.ok && body !== null) return { ok: true, value: body };
  if (response.status === 401) return { ok: false, code: LOGIN_NEEDED, message: body?.message ?? '' };
  if (body === null || response.status >= 500 || response.status === 429 || !body.code)
    return { ok: false, code: OFFLINE, message: '' };
  return { ok: false, code: body.code, message: body.message ?? '', detail: body.detail };
}

/** Reaches the endpoints of one attempt; whatever is not understood counts as no network. */
export function attemptTransport(attemptId: string): Transport {
  const base = `/api/attempts/${attemptId}`;

  async function ask<Value>(path: string, body?: unknown): Promise<Reply<Value>> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
    const options: RequestInit =
      body === undefined
        ? { method: 'GET', cache: 'no-store' }
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    try {
      return await understood<Value>(await fetch(`${base}${path}`, { ...options, signal: patience.signal }));
    } catch {
      return { ok: false, code: OFFLINE, message: '' };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    claim: (previous, force) => ask('/lease', { previous, force }),
    save: (sent) => ask('/answers', sent),
    submit: (sent) => ask('/submission', sent),
    pulse: (lease) => ask(`/pulse?lease=${encodeURIComponent(lease)}`),
    leave: (seconds) => ask('/leaves', { seconds }),
    handOver(sent) {
      const body = new Blob([JSON.stringify(sent)], { type: 'application/json' });
      if (!navigator.sendBeacon(`${base}/answers`, body))
        void fetch(`${base}/answers`, { method: 'POST', body, keepalive: true }).catch(() => undefined);
    },
  };
}
