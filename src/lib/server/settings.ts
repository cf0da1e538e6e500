import { resolve } from 'node:path';

/** Everything an installation may set, all optional; read once, checked before anything starts. */
export type Settings = {
  port: number;
  host: string | null;
  /** Null: the request's own Host over http. Set: that one only. */
  origin: string | null;
  /** What printed links and QR codes carry; null: the address the request came by. */
  publicUrl: string | null;
  database: { engine: 'sqlite'; file: string } | { engine: 'postgres'; url: string };
  dataDir: string;
  demo: boolean;
};

/** A setting that cannot be used; the message is for the operator, in both languages. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

function port(text: string | undefined): number {
  const value = text === undefined || text === '' ? 3000 : Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new SettingsError(`PORT 应为 0–65535 的整数，现在是“${text}” / PORT must be a whole number`);
  return value;
}

function webAddress(name: string, text: string | undefined): string | null {
  if (!text) return null;
  const address = URL.parse(text);
  if (!address || !/^https?:$/.test(address.protocol) || address.pathname !== '/')
    throw new SettingsError(
      `${name} 应为 http(s)://主机[:端口]，现在是“${text}” / ${name} must be an http(s) origin without a path`,
    );
  return address.origin;
}

function database(text: string | undefined, dataDir: string): Settings['database'] {
  if (!text) return { engine: 'sqlite', file: resolve(dataDir, 'lianbing.db') };
  if (text.startsWith('file:')) return { engine: 'sqlite', file: resolve(text.slice('file:'.length)) };
  if (/^postgres(ql)?:\/\//.test(text)) return { engine: 'postgres', url: text };
  throw new SettingsError(
    `DATABASE_URL 应以 file: 或 postgres:// 开头，现在是“${text.slice(0, 12)}…” / must start with file: or postgres://`,
  );
}

function demo(text: string | undefined): boolean {
  if (text === undefined || text === '' || text === '1') return true;
  if (text === '0') return false;
  throw new SettingsError(`LIANBING_DEMO 应为 0 或 1，现在是“${text}” / LIANBING_DEMO must be 0 or 1`);
}

/** Reads settings from an environment; throws SettingsError with a sentence an operator can act on. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const dataDir = resolve(env.DATA_DIR || 'data');
  return {
    port: port(env.PORT),
    host: env.HOST || null,
    origin: webAddress('ORIGIN', env.ORIGIN),
    publicUrl: webAddress('PUBLIC_URL', env.PUBLIC_URL),
    database: database(env.DATABASE_URL, dataDir),
    dataDir,
    demo: demo(env.LIANBING_DEMO),
  };
}

let current: Settings | undefined;

/** The settings of this process. */
export function settings(): Settings {
  current ??= readSettings(process.env);
  return current;
}
