import type { Shown, ShownBody } from './visible.ts';

/** What the wall shows, as a fold of what those who look on may see. */

const ITEMS: readonly ShownBody['kind'][] = [
  'inject',
  'message',
  'document',
  'decided',
  'dispatched',
  'arrived',
  'called',
  'present',
];

export type WallItem = { key: string; shown: Shown };

/**
 * What was put on the wall and not taken off it, the latest first. What is there already (a broadcast that
 * the director chose as well) does not come twice.
 */
export function wallItems(shown: readonly Shown[]): WallItem[] {
  const items = new Map<string, WallItem>();
  for (const [at, each] of shown.entries()) {
    const { body } = each;
    if (body.kind === 'withdrawn') items.delete(JSON.stringify(body.was));
    if (!ITEMS.includes(body.kind)) continue;
    const key = JSON.stringify(body);
    if (!items.has(key)) items.set(key, { key: String(at), shown: each });
  }
  return [...items.values()].reverse();
}

export type WallPhase = { title: string; questions: string[]; enteredMs: number; untilMs: number | null };

/** The phase as it was told; null before the start, and in a drill whose phases are nobody's to see. */
export function wallPhase(shown: readonly Shown[]): WallPhase | null {
  let phase: WallPhase | null = null;
  for (const { atMs, body } of shown)
    if (body.kind === 'phase')
      phase = {
        title: body.title,
        questions: body.questions,
        enteredMs: atMs,
        untilMs: body.untilMs ?? null,
      };
  return phase;
}
