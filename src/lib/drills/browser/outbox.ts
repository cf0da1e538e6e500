import type { RunCommand } from '../runs/run-command.ts';

/**
 * Deeds that the server has not answered yet, in the order they were done. Kept in IndexedDB over a reload;
 * where a browser withholds that, in the open page only.
 */
export type Outbox = {
  read(): Promise<RunCommand[]>;
  write(waiting: readonly RunCommand[]): void;
};

const STORE = 'deeds';

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('lianbing-drills', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('indexedDB'));
    opening.onblocked = () => reject(new Error('indexedDB'));
  });
}

export function outboxOf(seatId: string): Outbox {
  const store = open().catch(() => null);
  return {
    async read() {
      const db = await store;
      if (!db) return [];
      return await new Promise((resolve) => {
        const reading = db.transaction(STORE).objectStore(STORE).get(seatId);
        reading.onsuccess = () => resolve((reading.result as RunCommand[] | undefined) ?? []);
        reading.onerror = () => resolve([]);
      });
    },
    write(waiting) {
      const kept = JSON.parse(JSON.stringify(waiting)) as RunCommand[];
      void store.then((db) => db?.transaction(STORE, 'readwrite').objectStore(STORE).put(kept, seatId));
    },
  };
}
