import * as v from 'valibot';

/** A name within the script: letters, digits, `_` and `-`. */
export const id = v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,63}$/, 'id'));
export const text = (max: number) => v.pipe(v.string(), v.maxLength(max, 'too_long'));
export const title = v.pipe(v.string(), v.trim(), v.minLength(1, 'empty'), v.maxLength(200, 'too_long'));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const ids = v.array(id);
