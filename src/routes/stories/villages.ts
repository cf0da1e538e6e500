import type { DivisionNode } from '#lib/ui/division-tree.ts';
import { villageNames } from './people-words.ts';

/** What a server would answer for the divisions below one, after a moment. */
export async function villages(id: string): Promise<DivisionNode[]> {
  await new Promise((done) => setTimeout(done, 400));
  return villageNames.map((name, at) => ({
    id: `${id}-${at}`,
    code: `41142610320${at}`,
    name,
    hasChildren: false,
  }));
}
