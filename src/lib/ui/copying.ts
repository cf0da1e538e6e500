/**
 * Puts text on the clipboard. Plain http has no clipboard API, so there a hidden text area and the old copy
 * command do it. False when the browser refuses both: the caller then selects the text for a long press.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext && 'clipboard' in navigator) {
    const copied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false, // Permission withheld: try the old way.
    );
    if (copied) return true;
  }
  return copyBySelection(text);
}

function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  // Inside an open dialog everything outside is inert, so the text area has to stand in it.
  const host = document.querySelector('dialog[open]') ?? document.body;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.setAttribute('aria-hidden', 'true');
  area.className = 'sr-only';
  host.append(area);
  area.select();
  area.setSelectionRange(0, text.length);
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}

/** Selects all text of an element, so that a long press or Ctrl+C copies it. */
export function selectAll(element: HTMLElement): void {
  const range = document.createRange();
  range.selectNodeContents(element);
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}
