import type { ScriptIndex } from '../scripts/script-index.ts';

/** Where a feature stands on the sheet: its point, or the middle of its corners. */
export function placeOf(index: ScriptIndex, feature: string): readonly [number, number] {
  const points = index.features.get(feature)?.points ?? [];
  const sum = points.reduce(([x, y], [px, py]) => [x + px, y + py] as [number, number], [0, 0] as [
    number,
    number,
  ]);
  return points.length > 0 ? [sum[0] / points.length, sum[1] / points.length] : [500, 500];
}

/**
 * How long a resource is under way, in milliseconds: along the straight line of the schematic map at its
 * own speed. An estimate for the table, as the map is; nothing moves at speed 0, it is there at once.
 */
export function routeMs(index: ScriptIndex, resource: string, to: string): number {
  const { at, speedKmh } = index.resources.get(resource)!;
  if (speedKmh === 0) return 0;
  const [fromX, fromY] = placeOf(index, at);
  const [toX, toY] = placeOf(index, to);
  const km = (Math.hypot(toX - fromX, toY - fromY) / 1000) * index.script.map.widthKm;
  return Math.round((km / speedKmh) * 3_600_000);
}
