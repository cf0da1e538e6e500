import { Agent, request, type IncomingHttpHeaders } from 'node:http';

/** What is asked of the server on 127.0.0.1. */
export type Ask = {
  method?: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
};

export type Answered = {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** From the first byte sent to the last received. */
  ms: number;
};

const TAKES_AT_MOST_MS = 60_000;

/**
 * Kept-alive connections to one server, used in turn: one that lies idle for five seconds is closed by the
 * server, perhaps just when the next request is under way.
 */
export function askerOf(
  port: number,
  connections: number,
): { ask: (what: Ask) => Promise<Answered>; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  const ask = ({ method = 'GET', path, headers = {}, body }: Ask) =>
    new Promise<Answered>((resolve, reject) => {
      const started = performance.now();
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length } };
      const asked = request({ ...options, timeout: TAKES_AT_MOST_MS }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
            ms: performance.now() - started,
          }),
        );
      });
      asked.on('error', reject);
      asked.on('timeout', () => asked.destroy(new Error(`no answer within a minute: ${path}`)));
      asked.end(body);
    });
  return { ask, close: () => agent.destroy() };
}

/** What a form of a page sends without scripts; the server takes it from its own origin only. */
export function formPost(port: number, path: string, cookie: string, fields: Record<string, string>): Ask {
  const headers = {
    cookie,
    origin: `http://127.0.0.1:${port}`,
    accept: 'text/html',
    'content-type': 'application/x-www-form-urlencoded',
  };
  return { method: 'POST', path, headers, body: new URLSearchParams(fields).toString() };
}

export function jsonPost(port: number, path: string, cookie: string, value: unknown): Ask {
  const headers = { cookie, origin: `http://127.0.0.1:${port}`, 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: JSON.stringify(value) };
}
