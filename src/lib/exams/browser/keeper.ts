import type { Keeper, Kept } from '../exam-player.ts';

const STORE = 'sittings';

function openStore(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lianbing-exams', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('indexedDB'));
    opening.onblocked = () => reject(new Error('indexedDB'));
  });
}

function readRecord(db: IDBDatabase, key: string): Promise<Kept | null> {
  return new Promise((resolve, reject) => {
    const reading = db.transaction(STORE).objectStore(STORE).get(key);
    reading.onsuccess = () => resolve((reading.result as Kept | undefined) ?? null);
    reading.onerror = () => reject(reading.error ?? new Error('indexedDB'));
  });
}

function readLine(key: string): Kept | null {
  try {
    const line = localStorage.getItem(key);
    return line === null ? null : (JSON.parse(line) as Kept);
  } catch {
    // Storage is withheld (a private window, a full disk): the open page still holds everything.
    return null;
  }
}

function writeLine(key: string, kept: Kept): void {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    return;
  }
}

/**
 * Keeps a sitting's unsent answers, marks and lease over a reload: in IndexedDB, and where a browser
 * withholds that, in localStorage.
 */
export function sittingKeeper(attemptId: string): Keeper {
  const key = `sitting:${attemptId}`;
  const store = openStore().catch(() => null);
  return {
    async read() {
      const db = await store;
      if (!db) return readLine(key);
      return await readRecord(db, key).catch(() => readLine(key));
    },
    write(kept) {
      void store.then((db) => {
        if (!db) return writeLine(key, kept);
        const change = db.transaction(STORE, 'readwrite');
        change.objectStore(STORE).put(kept, key);
        change.onerror = () => writeLine(key, kept);
      });
    },
  };
}
