import { existsSync } from 'node:fs';
import { prepareTemplate } from './template.ts';

/** Before the first browser test: the program must be built, and the demo counties are loaded once. */
export default function setUp(): void {
  if (!existsSync('build/handler.js')) throw new Error('the program is not built: npm run build');
  prepareTemplate();
}
