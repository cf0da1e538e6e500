import { askerOf, type Answered } from '../harness/asking.ts';

const PAGES = ['/', '/login'];
/** What a browser takes over plain http; brotli would be asked for over https only, and is smaller. */
const ENCODING = { 'accept-encoding': 'gzip' };
const BYTES_A_KB = 1_000;

/** Addresses of scripts and styles that a page loads before it is ready, from its own markup. */
function assetsOf(html: string, base: string): Set<string> {
  const found = new Set<string>();
  const add = (address: string) => {
    const { pathname } = new URL(address, base);
    if (/\.(js|css)$/.test(pathname)) found.add(pathname);
  };
  for (const [, address] of html.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]+)"/g)) add(address!);
  for (const [, address] of html.matchAll(/import\("([^"]+)"\)/g)) add(address!);
  return found;
}

/** What a script imports before it runs. */
function importsOf(script: string, base: string): string[] {
  const found = [...script.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g)];
  return found.map(([, address]) => new URL(address!, base).pathname);
}

/** Compressed script and style in KB (1,000 bytes) of the heavier of the two pages everybody sees first. */
export async function measureFirstPage(
  port: number,
): Promise<{ kilobytes: number; perPage: Record<string, number> }> {
  const { ask, close } = askerOf(port, 4);
  const origin = `http://127.0.0.1:${port}`;
  const sizes = new Map<string, { bytes: number; imports: string[] }>();
  const perPage: Record<string, number> = {};
  for (const page of PAGES) {
    const waiting = [...assetsOf((await ask({ path: page })).body.toString(), `${origin}${page}`)];
    const seen = new Set(waiting);
    let bytes = 0;
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (!sizes.has(path)) sizes.set(path, await measure(ask, path, `${origin}${path}`));
      const { bytes: own, imports } = sizes.get(path)!;
      bytes += own;
      for (const next of imports) if (!seen.has(next)) waiting.push(next);
      for (const next of imports) seen.add(next);
    }
    perPage[page] = bytes / BYTES_A_KB;
  }
  close();
  return { kilobytes: Math.max(...Object.values(perPage)), perPage };
}

async function measure(
  ask: (what: { path: string; headers?: Record<string, string> }) => Promise<Answered>,
  path: string,
  base: string,
) {
  const packed = await ask({ path, headers: ENCODING });
  if (packed.status !== 200 || packed.headers['content-encoding'] !== 'gzip')
    throw new Error(`${path} answered ${packed.status} as ${packed.headers['content-encoding'] ?? 'it is'}`);
  const plain = await ask({ path });
  const imports = path.endsWith('.js') ? importsOf(plain.body.toString(), base) : [];
  return { bytes: packed.body.length, imports };
}
