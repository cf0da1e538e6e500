/**
 * Whether the page's script has taken over. Until then a button that only script answers is disabled
 * (without looking so): on a slow phone a press that did nothing would be taken for a broken page.
 */
export const script = $state({ awake: false });
