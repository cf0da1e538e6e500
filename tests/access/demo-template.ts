import { prepareTemplate } from '#tests/e2e/harness/template.ts';

/** The demo counties once, before the spec files ask for them side by side. */
export function setup(): void {
  prepareTemplate();
}
