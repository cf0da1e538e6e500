import { actorFirst } from './actor-first.ts';
import { awakeButtons } from './awake-buttons.ts';
import { browserFloor } from './browser-floor.ts';
import { chinesePlace } from './chinese-place.ts';
import { chinesePunctuation } from './chinese-punctuation.ts';
import { fileSize } from './file-size.ts';
import { functionSize } from './function-size.ts';
import { noConsole } from './no-console.ts';
import { noMachine } from './no-machine.ts';
import { nothingLeft } from './nothing-left.ts';
import { oneDoor } from './one-door.ts';
import { pureDecisions } from './pure-decisions.ts';
import { smallRoutes } from './small-routes.ts';
import type { Rule } from './source.ts';
import { tellingNames } from './telling-names.ts';
import { testsRun } from './tests-run.ts';

/** The rules of the house that imports and types cannot say. */
export const RULES: readonly Rule[] = [
  fileSize,
  functionSize,
  smallRoutes,
  tellingNames,
  chinesePlace,
  chinesePunctuation,
  actorFirst,
  oneDoor,
  pureDecisions,
  awakeButtons,
  browserFloor,
  noConsole,
  testsRun,
  nothingLeft,
  noMachine,
];
