import { runSteps } from './gate/run-steps.ts';
import { TRUTH } from './gate/steps.ts';

/** `npm test`: everything that must hold; how it is written is left to `npm run ci`. */
await runSteps(TRUTH);
