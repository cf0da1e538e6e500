import { runSteps } from './gate/run-steps.ts';
import { FORM, TRUTH } from './gate/steps.ts';

/** `npm run ci`: everything that a change must pass. */
await runSteps([...FORM, ...TRUTH]);
