export type Toast = { id: number; text: string };

let last = 0;
const shown = $state<Toast[]>([]);

/** What stands in the corner now; for ToastRegion. */
export function toasts(): readonly Toast[] {
  return shown;
}

/**
 * Says a small thing that needs no answer and leaves no trace: saved, copied. Results stay on the page
 * instead (Notice). In the browser only: on the server the list would be everybody's.
 */
export function showToast(text: string): void {
  if (typeof window === 'undefined') return;
  shown.push({ id: (last += 1), text });
  if (shown.length > 3) shown.shift();
}

export function dismissToast(id: number): void {
  const at = shown.findIndex((toast) => toast.id === id);
  if (at >= 0) shown.splice(at, 1);
}
