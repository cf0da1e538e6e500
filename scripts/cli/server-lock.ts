import { readFile } from 'node:fs/promises';
import { serverLockFile } from '#lib/server/program.ts';
import { settings } from '#lib/server/settings.ts';

/** Whether a server is using this DATA_DIR: its process id stands in a file and that process is alive. */
export async function serverIsRunning(): Promise<boolean> {
  const text = await readFile(serverLockFile(settings().dataDir), 'utf8').catch(
    (reason: NodeJS.ErrnoException) => {
      if (reason.code === 'ENOENT') return null;
      throw reason;
    },
  );
  if (text === null) return false;
  try {
    process.kill(Number(text), 0);
    return true;
  } catch (reason) {
    // ESRCH: the server was killed and left its file behind.
    if ((reason as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw reason;
  }
}
