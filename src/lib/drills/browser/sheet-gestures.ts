/** What fingers and the wheel do on a map, in pixels of the screen. */
export type SheetGestures = {
  /** Nearer (below 1) or farther, around a point of the screen. */
  onzoom: (factor: number, clientX: number, clientY: number) => void;
  ondrag: (dx: number, dy: number) => void;
  /** A press that was no drag. */
  onpress: (clientX: number, clientY: number) => void;
};

/** A finger that moved less than this has pressed, not dragged. */
const STILL_PX = 6;

/**
 * Listens to wheel, drag and two fingers; answers how to stop. The wheel's listener is not passive: over
 * the map it must keep the page from scrolling.
 */
export function followGestures(element: Element, { onzoom, ondrag, onpress }: SheetGestures): () => void {
  const fingers = new Map<number, PointerEvent>();
  const stop = new AbortController();
  let moved = 0;
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0;
  };
  const wheel = (event: Event) => {
    event.preventDefault();
    const { deltaY, clientX, clientY } = event as WheelEvent;
    onzoom(deltaY > 0 ? 1.25 : 0.8, clientX, clientY);
  };
  const down = (event: Event) => {
    const pointer = event as PointerEvent;
    if (fingers.size === 0) moved = 0;
    fingers.set(pointer.pointerId, pointer);
    element.setPointerCapture(pointer.pointerId);
  };
  const move = (event: Event) => {
    const pointer = event as PointerEvent;
    const before = fingers.get(pointer.pointerId);
    if (!before) return;
    const spreadBefore = spread();
    fingers.set(pointer.pointerId, pointer);
    const [dx, dy] = [pointer.clientX - before.clientX, pointer.clientY - before.clientY];
    moved += Math.abs(dx) + Math.abs(dy);
    if (fingers.size === 2 && spreadBefore > 0)
      onzoom(spreadBefore / Math.max(spread(), 1), pointer.clientX, pointer.clientY);
    else ondrag(dx, dy);
  };
  const up = (event: Event) => {
    const { pointerId, clientX, clientY } = event as PointerEvent;
    const wasAlone = fingers.size === 1;
    fingers.delete(pointerId);
    if (event.type === 'pointerup' && wasAlone && moved <= STILL_PX) onpress(clientX, clientY);
  };
  const { signal } = stop;
  element.addEventListener('wheel', wheel, { passive: false, signal });
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  return () => stop.abort();
}
