import { describe, expect, it } from 'vitest';
import { exampleScript } from '#tests/drills/example-script.ts';
import { append, catchUp, emptyRun } from './run.ts';
import type { Entry } from './run-log.ts';
import { show, viewerOf, type Context, type ShownBody } from './visible.ts';

const MINUTE = 60_000;
const script = exampleScript();
script.injects[0]!.evaluatorNote = '听值班员有没有复述。';

/** The run of the example up to a minute, with nobody doing anything. */
function logUntil(minutes: number): { entries: Entry[]; context: Context } {
  const clock = { running: true, exMs: 0, wallMs: 0, rate: 1 };
  const author = { seat: 's0', role: 'director', command: null };
  const started = append(script, emptyRun(script), { kind: 'started', clock }, author, {
    atMs: 0,
    wallMs: 0,
  });
  const later = catchUp(script, started.run, minutes * MINUTE);
  const entries = [...started.entries, ...later.entries];
  const { state, stage } = later.run.snapshot;
  return { entries, context: { script, state, stage, entryAt: (seq) => entries[seq - 1] } };
}

function seen(minutes: number, ...roles: string[]): ShownBody[] {
  const { entries, context } = logUntil(minutes);
  const viewer = viewerOf(script, { id: 's1', roles, name: '' });
  return entries.flatMap((entry) => show(entry, viewer, context)?.body ?? []);
}

const injectsOf = (bodies: readonly ShownBody[]) =>
  bodies.flatMap((body) => (body.kind === 'inject' ? [body.inject] : []));

describe('an inject that is out', () => {
  it('says by when it should be acknowledged', () => {
    expect(injectsOf(seen(3, 'duty'))).toMatchObject([{ id: 'i-rain', ackMs: 5 * MINUTE }]);
  });

  it('comes to an evaluator of its receivers with its words and the author’s hint', () => {
    expect(injectsOf(seen(3, 'watch'))).toMatchObject([
      { id: 'i-rain', body: '一小时降雨 50 毫米。', evaluatorNote: '听值班员有没有复述。' },
    ]);
  });

  it('comes without the hint to a player, and not at all to who is not addressed', () => {
    expect(JSON.stringify(seen(3, 'duty'))).not.toContain('复述');
    expect(injectsOf(seen(3, 'head'))).toEqual([]);
    expect(injectsOf(seen(3, 'guest'))).toEqual([]);
  });
});

describe('a communications check', () => {
  it('comes back to who made it, observers too, and to no other seat', () => {
    const { entries, context } = logUntil(0);
    const checked: Entry = { ...entries[0]!, seat: 's1', role: 'guest', body: { kind: 'checked' } };
    const bodyFor = (...roles: string[]) =>
      show(checked, viewerOf(script, { id: 's1', roles, name: '' }), context)?.body ?? null;
    expect([bodyFor('guest'), bodyFor('duty'), bodyFor()]).toEqual([{ kind: 'checked' }, null, null]);
  });
});
