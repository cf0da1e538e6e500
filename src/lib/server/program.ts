/** What the built program tells the entry that runs it; they share a process but no module. */
export type Program = {
  /** Whether demo data is loaded: then the server listens on this machine only, unless told otherwise. */
  demo: boolean;
  closeStreams(): Promise<void>;
  stop(): Promise<void>;
};

const KEY = Symbol.for('lianbing.program');
type Holder = { [KEY]?: Program };

export function announceProgram(program: Program): void {
  (globalThis as Holder)[KEY] = program;
}

export function runningProgram(): Program | undefined {
  return (globalThis as Holder)[KEY];
}

/** Holds the process id of the server that uses a DATA_DIR. */
export function serverLockFile(dataDir: string): string {
  return `${dataDir}/server.pid`;
}
