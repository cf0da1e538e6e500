import type { Feature } from '../scripts/script.ts';

/**
 * The schematic map (沙盘图) as geometry: what part of the sheet is looked at, where labels stand, where
 * what is under way is now. The sheet is 1000 × 1000; `u` is how many of its units a pixel is.
 */

export type Point = readonly [number, number];
export type Box = { x: number; y: number; w: number; h: number };

/** Something on its way, or arrived: from a point of the sheet to another by exercise time. */
export type Voyage = {
  id: string;
  name: string;
  from: Point;
  to: Point;
  departsMs: number;
  arrivesMs: number;
};

export type SheetMark = { id: string; name: string; note: string; x: number; y: number };

/** The point itself, or the middle of the corners. */
export function centreOf(points: readonly Point[]): Point {
  if (points.length === 0) return [500, 500];
  const sum = points.reduce<[number, number]>(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

/** The middle of a line by its length: where the name of a road or a river stands. */
export function midwayOf(points: readonly Point[]): Point {
  const parts = points.slice(1).map((to, at) => ({ from: points[at]!, to }));
  const lengths = parts.map(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [at, { from, to }] of parts.entries()) {
    const length = lengths[at]!;
    if (left <= length && length > 0) return between(from, to, left / length);
    left -= length;
  }
  return points[0] ?? [500, 500];
}

function between(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/** Where something under way is: at its start before it leaves, at its goal from its arrival on. */
export function positionAt({ from, to, departsMs, arrivesMs }: Voyage, exMs: number): Point {
  if (exMs >= arrivesMs) return to;
  if (exMs <= departsMs) return from;
  return between(from, to, (exMs - departsMs) / (arrivesMs - departsMs));
}

/** An SVG path through the points. */
export function pathOf(points: readonly Point[], closed: boolean): string {
  return `M${points.map(([x, y]) => `${x} ${y}`).join('L')}${closed ? 'Z' : ''}`;
}

/** Everything on the sheet with air around it, widened to the shape of the window: `ratio` is width by height. */
export function fitted(points: readonly Point[], ratio: number): Box {
  const xs = points.length > 0 ? points.map(([x]) => x) : [0, 1000];
  const ys = points.length > 0 ? points.map(([, y]) => y) : [0, 1000];
  const air = 70;
  const box = {
    x: Math.min(...xs) - air,
    y: Math.min(...ys) - air,
    w: Math.max(...xs) - Math.min(...xs) + 2 * air,
    h: Math.max(...ys) - Math.min(...ys) + 2 * air,
  };
  const w = Math.max(box.w, box.h * ratio);
  const h = w / ratio;
  return { x: box.x - (w - box.w) / 2, y: box.y - (h - box.h) / 2, w, h };
}

/** Nearer or farther by a factor, so that the point under the finger stays where it is. */
export function zoomed(view: Box, [x, y]: Point, factor: number, whole: Box): Box {
  const w = Math.min(whole.w, Math.max(whole.w / 8, view.w * factor));
  const scale = w / view.w;
  return within({ x: x - (x - view.x) * scale, y: y - (y - view.y) * scale, w, h: view.h * scale }, whole);
}

/** The view moved back onto the sheet. */
export function within(view: Box, whole: Box): Box {
  return {
    ...view,
    x: Math.min(Math.max(view.x, whole.x), whole.x + whole.w - view.w),
    y: Math.min(Math.max(view.y, whole.y), whole.y + whole.h - view.h),
  };
}

/** A bar of a round length, at most a quarter of the view. */
export function scaleBar(widthKm: number, view: Box): { km: number; units: number } {
  const most = ((view.w / 4) * widthKm) / 1000;
  const power = 10 ** Math.floor(Math.log10(most));
  const km = [5, 2, 1].map((digit) => digit * power).find((each) => each <= most) ?? power;
  return { km, units: (km / widthKm) * 1000 };
}

/** Something on the sheet that has a name. */
export type Named = { id: string; name: string; at: Point; shape: 'point' | 'line' | 'area' };

export type Label = {
  id: string;
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  /** What it covers of the sheet. */
  box: Box;
};

/** What must be found first is named first; the rest goes round it. */
const RANK: readonly Feature['kind'][] = [
  'command',
  'hazard',
  'fire',
  'flooded',
  'closed_road',
  'shelter',
  'unit',
  'place',
  'area',
  'river',
  'road',
];

/** Where the name of a feature belongs: at the point, along the line, in the area. */
export function anchorOf({ points, closed }: Feature): Point {
  return points.length === 1 || closed ? centreOf(points) : midwayOf(points);
}

/** The features as things with names, what must be found first in front. */
export function namedOf(features: readonly Feature[]): Named[] {
  return [...features]
    .sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind))
    .map((feature) => ({
      id: feature.id,
      name: feature.name,
      at: anchorOf(feature),
      shape: feature.points.length === 1 ? 'point' : feature.closed ? 'area' : 'line',
    }));
}

/** A name that would be hidden by others to more than this part is left out: nearer, it has room. */
const HIDDEN_MAX = 0.4;

/**
 * Places for the names, `size` sheet units high, so that none stands on another, on `taken` or beyond the
 * view: each is tried around its thing, in the order given, and the place that covers least is taken. A
 * name without a place is left out; the map in words has them all.
 */
export function labelsOf(
  things: readonly Named[],
  size: number,
  taken: readonly Box[] = [],
  view: Box | null = null,
): Label[] {
  const full = [...taken, ...signsOf(things, size)];
  return things.flatMap((thing) => {
    const labels = labelsAround(thing, size);
    const costs = labels.map(
      ({ box }, at) =>
        at * 0.01 +
        (view ? 1 - shared(box, view) : 0) +
        full.reduce((sum, each) => sum + shared(box, each), 0),
    );
    const least = Math.min(...costs);
    if (least > HIDDEN_MAX) return [];
    const best = labels[costs.indexOf(least)]!;
    full.push(best.box);
    return [best];
  });
}

/** What the signs of points cover. */
export function signsOf(things: readonly Named[], size: number): Box[] {
  return things
    .filter(({ shape }) => shape === 'point')
    .map(({ at: [x, y] }) => ({ x: x - size * 0.7, y: y - size * 0.7, w: size * 1.4, h: size * 1.4 }));
}

/** The width of a name: a Chinese character is as wide as it is high, a Latin one about half. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((sum, each) => sum + (each.codePointAt(0)! > 0x2e80 ? 1 : 0.58), 0) * size;
}

function labelsAround({ id, name, at: [x, y], shape }: Named, size: number): Label[] {
  const w = textWidth(name, size);
  const off = shape === 'point' ? size * 0.85 : size * 0.35;
  const at = (anchor: Label['anchor'], dx: number, dy: number): Label => {
    const left = x + dx - (anchor === 'start' ? 0 : anchor === 'end' ? w : w / 2);
    const box = { x: left, y: y + dy - size * 0.55, w, h: size * 1.1 };
    // The baseline of Chinese text lies about an eighth of its height above its foot.
    return { id, text: name, x: x + dx, y: y + dy + size * 0.37, anchor, box };
  };
  const around = [
    at('start', off, 0),
    at('end', -off, 0),
    at('middle', 0, -off - size * 0.5),
    at('middle', 0, off + size * 0.5),
    at('start', off * 0.7, -size * 0.9),
    at('start', off * 0.7, size * 0.9),
    at('end', -off * 0.7, -size * 0.9),
    at('end', -off * 0.7, size * 0.9),
    at('middle', 0, -off - size * 1.7),
    at('middle', 0, off + size * 1.7),
  ];
  return shape === 'area' ? [at('middle', 0, 0), ...around] : around;
}

/** How much two boxes share, as a part of the smaller. */
function shared(a: Box, b: Box): number {
  const w = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
  const h = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / Math.min(a.w * a.h, b.w * b.h);
}

/** The named point or area nearest to a place, for the map in words. */
export function nearestOf(features: readonly Feature[], [x, y]: Point): Feature | null {
  let nearest: Feature | null = null;
  let least = Infinity;
  for (const feature of features) {
    if (feature.kind === 'river' || feature.kind === 'road') continue;
    const [fx, fy] = anchorOf(feature);
    const far = Math.hypot(fx - x, fy - y);
    if (far < least) [nearest, least] = [feature, far];
  }
  return nearest;
}
