import type { Findable } from './pinyin-match.ts';

/** An entry one can find by typing. `hint` stands under the label, `aside` at the end of its line. */
export type ComboOption = Findable & { value: string; hint?: string; aside?: string };
