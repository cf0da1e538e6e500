import type { Feature, Resource } from '../scripts/script.ts';
import { innerOf } from './emergency.ts';
import { anchorOf, type SheetMark, type Voyage } from './map-sheet.ts';
import type { Shown } from './visible.ts';

/** What moves and what was marked on the schematic map, as folds of what a seat was shown. */

/** Resources that were sent somewhere. */
export type Sending = {
  seq: number;
  resource: string;
  quantity: number;
  to: string;
  departsMs: number;
  arrivesMs: number;
};

/** What was sent, as far as the seat was told; control has it in the state of the run. */
export function sendingsOf(shown: readonly Shown[]): Sending[] {
  return shown.flatMap(({ body }, at) => (body.kind === 'dispatched' ? [{ ...body, seq: at }] : []));
}

/** What stands and moves on the map. A place that is not on the sheet in view is left out. */
export function voyagesOf(
  sendings: readonly Sending[],
  resources: readonly Resource[],
  features: readonly Feature[],
): Voyage[] {
  const placeOf = (id: string | undefined) => features.find((feature) => feature.id === id);
  return sendings.flatMap(({ seq, resource, quantity, to, departsMs, arrivesMs }) => {
    const known = resources.find(({ id }) => id === resource);
    const goal = placeOf(to);
    if (!goal) return [];
    const start = placeOf(known?.at) ?? goal;
    return [
      {
        id: String(seq),
        name: known ? `${known.name} ${quantity}${known.unit}` : String(quantity),
        from: anchorOf(start),
        to: anchorOf(goal),
        departsMs,
        arrivesMs,
      },
    ];
  });
}

/** Marks placed on the map, each where it was put: there may be three 封控路口. */
export function marksOf(shown: readonly Shown[]): SheetMark[] {
  return shown.flatMap(({ body }, at) => {
    const said = innerOf(body);
    return said.kind === 'marked'
      ? [{ id: String(at), name: said.mark, note: said.note, x: said.x, y: said.y }]
      : [];
  });
}
