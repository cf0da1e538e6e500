/**
 * Loaded before a program under test (`--import`, see clock.ts): its clock is set off by a span, nothing
 * else changes. Timers run by another clock and are not touched.
 */
const shiftMs = Number(process.env.LIANBING_TESTS_CLOCK_SHIFT_MS ?? 0);
const real = Date.now.bind(Date);

Date.now = () => real() + shiftMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [Date.now()] : given, made) as object,
});

export {};
