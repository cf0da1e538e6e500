import Database from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * The thread that copies the write-ahead log into the database file, so that the thread which serves
 * requests does not. A pass takes what is committed and hinders neither readers nor the writer. Started by
 * checkpoints.ts, asked by a message, answers when the pass is over.
 */
const connection = new Database(workerData as string, { fileMustExist: true });
// As the writer has it: the log is on the disk before the file is touched, and the file before the log is reused.
connection.pragma('synchronous = FULL');
parentPort!.on('message', () => {
  connection.pragma('wal_checkpoint(PASSIVE)');
  parentPort!.postMessage('done');
});
