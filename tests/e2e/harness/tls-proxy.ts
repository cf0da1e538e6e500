import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';

/** The name on the certificate of tests/inputs/tls: of this machine only, and secret to nobody. */
export const TLS_HOST = 'lianbing.test';

export type TlsProxy = {
  /** https://lianbing.test:… */
  origin: string;
  /** From now on, what comes in goes there. */
  passTo(url: string): void;
  stop(): Promise<void>;
};

/** What stands before the program on a public server: it speaks https outside and plain http inside. */
export async function startTlsProxy(): Promise<TlsProxy> {
  let target = '';
  const proxy = createServer(
    {
      key: readFileSync('tests/inputs/tls/key.pem'),
      cert: readFileSync('tests/inputs/tls/certificate.pem'),
    },
    (incoming, answer) => {
      const { method, headers, url } = incoming;
      const inner = request(target + url, { method, headers }, (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      inner.on('error', () => answer.writeHead(502).end());
      incoming.pipe(inner);
    },
  );
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    origin: `https://${TLS_HOST}:${(proxy.address() as AddressInfo).port}`,
    passTo: (url) => (target = url),
    async stop() {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
