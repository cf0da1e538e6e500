import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import { readSettings, type Settings } from '#lib/server/settings.ts';
import { runningProgram, serverLockFile } from '#lib/server/program.ts';

/**
 * Our own entry around adapter-node's handler. It states the origin of every request (ORIGIN if set, else
 * http and the request's own Host, so that 127.0.0.1, localhost and a LAN name all work), takes files up
 * to 300 MB, and stops within seconds. It must not import what the built program bundles: two copies of
 * the database module would be two writers.
 */
const PROTOCOL_HEADER = 'x-lianbing-protocol';
const STOP_WITHIN_MS = 5_000;

function line(level: string, message: string, fields: object = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields })}\n`);
}

function prepareEnvironment({ origin }: Settings): void {
  process.env.BODY_SIZE_LIMIT = '300M';
  process.env.SHUTDOWN_TIMEOUT = '5';
  if (origin !== null) return;
  // adapter-node takes an empty ORIGIN for a bad address; for us it means that none was set.
  delete process.env.ORIGIN;
  process.env.PROTOCOL_HEADER = PROTOCOL_HEADER;
}

/** Nobody but this process says by which protocol a request came. */
function stateOrigin(request: IncomingMessage): void {
  request.headers[PROTOCOL_HEADER] = 'http';
}

function stopOn(signal: NodeJS.Signals, server: Server): void {
  process.once(signal, async () => {
    line('info', 'stopping', { signal });
    const late = setTimeout(() => process.exit(1), STOP_WITHIN_MS);
    const closed = new Promise((done) => server.close(done));
    // Streams and idle connections would hold the server open: end them first.
    await runningProgram()?.closeStreams();
    server.closeIdleConnections();
    await closed;
    await runningProgram()?.stop();
    rmSync(serverLockFile(readSettings(process.env).dataDir), { force: true });
    clearTimeout(late);
    line('info', 'stopped');
    process.exit(0);
  });
}

async function serve(): Promise<void> {
  const settings = readSettings(process.env);
  prepareEnvironment(settings);
  const built = pathToFileURL(resolve('build/handler.js')).href;
  const { handler } = (await import(built)) as {
    handler: (request: IncomingMessage, ...rest: unknown[]) => void;
  };
  const server = createServer((request, response) => {
    stateOrigin(request);
    handler(request, response, () => response.writeHead(404).end());
  });
  const host = settings.host ?? (runningProgram()?.demo ? '127.0.0.1' : '0.0.0.0');
  server.on('error', (reason: NodeJS.ErrnoException) => {
    line(
      'error',
      reason.code === 'EADDRINUSE'
        ? `端口 ${settings.port} 已被占用，请换一个 PORT / port in use`
        : reason.message,
    );
    process.exit(1);
  });
  server.listen(settings.port, host, () => {
    const { port } = server.address() as AddressInfo;
    mkdirSync(settings.dataDir, { recursive: true });
    writeFileSync(serverLockFile(settings.dataDir), String(process.pid));
    line('info', 'listening', { host, port, open: `http://localhost:${port}` });
    process.stdout.write(`\n练兵已启动，请用浏览器打开 http://localhost:${port}\n`);
  });
  stopOn('SIGTERM', server);
  stopOn('SIGINT', server);
}

try {
  await serve();
} catch (reason) {
  // By name: the built program has a class of its own.
  if (!(reason instanceof Error && reason.name === 'SettingsError')) throw reason;
  process.stderr.write(`${reason.message}\n`);
  process.exit(1);
}
