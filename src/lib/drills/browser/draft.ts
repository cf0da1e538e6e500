/**
 * What somebody is writing, kept on this device until it is sent: a phone that reloads in a tunnel loses
 * nothing. Where the browser withholds its storage, the open page is all there is.
 */
const PREFIX = 'lianbing-draft/';

export function readDraft(key: string): Record<string, string> {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? '{}') as Record<string, string>;
  } catch {
    return {};
  }
}

export function writeDraft(key: string, values: Record<string, string>): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(values));
  } catch {
    // Private windows and full disks: the draft lives as long as the page.
  }
}
