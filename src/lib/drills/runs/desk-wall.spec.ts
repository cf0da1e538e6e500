import { describe, expect, it } from 'vitest';
import { wallItems, wallPhase } from './desk-wall.ts';
import type { Shown, ShownBody } from './visible.ts';

const at = (atMs: number, body: ShownBody): Shown => ({ atMs, wallMs: atMs, role: 'duty', body });
const said = (text: string): ShownBody => ({ kind: 'message', to: ['sim'], text, channel: 'phone' });

describe('the wall', () => {
  it('shows what was chosen, the latest first, each once', () => {
    const items = wallItems([at(1, said('一')), at(2, said('二')), at(3, said('一'))]);
    expect(items.map(({ shown: { body } }) => body)).toEqual([said('二'), said('一')]);
  });

  it('loses what was taken off it, and shows it again when it is chosen again', () => {
    const off: ShownBody = { kind: 'withdrawn', was: said('一') };
    expect(wallItems([at(1, said('一')), at(2, off)])).toEqual([]);
    expect(wallItems([at(1, said('一')), at(2, off), at(3, said('一'))])).toHaveLength(1);
  });

  it('says the last phase and when it ends, if that was told', () => {
    expect(wallPhase([])).toBeNull();
    const phase = (title: string, untilMs?: number): ShownBody => ({
      kind: 'phase',
      phase: 'p',
      title,
      questions: [],
      ...(untilMs === undefined ? {} : { untilMs }),
    });
    expect(wallPhase([at(0, phase('预警')), at(9, phase('响应', 60))])).toMatchObject({
      title: '响应',
      enteredMs: 9,
      untilMs: 60,
    });
    expect(wallPhase([at(0, phase('预警'))])?.untilMs).toBeNull();
  });
});
