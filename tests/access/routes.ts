import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';

const ROUTES = 'src/routes';
const METHODS = /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g;

/** What the program answers to, read from its route files: `GET /office/people/[person]`. */
export function listRoutes(): string[] {
  const found = new Set<string>();
  for (const entry of readdirSync(ROUTES, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const address = addressOf(entry.parentPath.replaceAll('\\', '/'));
    if (/^\+page(\.server)?\.(svelte|ts)$/.test(entry.name)) found.add(`GET ${address}`);
    if (entry.name === '+server.ts')
      for (const [, method] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(METHODS))
        found.add(`${method} ${address}`);
  }
  return [...found].sort();
}

/** Groups in parentheses are folders, not part of the address. */
function addressOf(folder: string): string {
  const address = folder.slice(ROUTES.length).replace(/\/\([^)]+\)/g, '');
  return address === '' ? '/' : address;
}
