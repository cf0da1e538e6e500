import { describe, expect, it } from 'vitest';
import {
  inboxOf,
  isWaiting,
  lastSubmission,
  leftOf,
  missingOf,
  openDecisions,
  playerDesk,
  sendingState,
  unseenOf,
} from './desk-player.ts';
import type { Shown, ShownBody, ShownInject } from './visible.ts';

const MINUTE = 60_000;
const at = (minutes: number, body: ShownBody, role: string | null = null): Shown => ({
  atMs: minutes * MINUTE,
  wallMs: 1_000_000 + minutes * MINUTE,
  role,
  body,
});
const inject = (id: string, more: Partial<ShownInject> = {}): ShownBody => ({
  kind: 'inject',
  inject: {
    id,
    title: id,
    body: '水位超警。',
    kind: 'report',
    channel: 'phone',
    from: '县防办',
    to: ['duty'],
    attachments: [],
    ackMs: null,
    decision: null,
    ...more,
  },
});
const ack = (id: string): ShownBody => ({
  kind: 'acknowledged',
  inject: id,
  channel: 'phone',
  answeredBy: '李强',
});
const titles = (shown: Shown[], role = 'duty') =>
  inboxOf(playerDesk(shown, ['duty', 'leader']), role).map((item) =>
    item.kind === 'inject' ? item.inject.id : item.text,
  );

describe('inboxOf', () => {
  it('puts what has no receipt first, the nearest limit on top, then the latest', () => {
    const shown = [
      at(1, inject('a')),
      at(2, inject('b', { ackMs: 9 * MINUTE })),
      at(3, inject('c', { ackMs: 5 * MINUTE })),
      at(4, inject('d')),
      at(5, ack('d'), 'duty'),
      at(6, { kind: 'message', to: ['duty'], text: '收到请回', channel: 'system' }, 'leader'),
    ];
    expect(titles(shown)).toEqual(['c', 'b', 'a', '收到请回', 'd']);
  });

  it('gives a role only what is for it, and counts a receipt for the role that gave it', () => {
    const shown = [
      at(1, inject('a', { to: ['duty', 'leader'] })),
      at(2, inject('b')),
      at(3, ack('a'), 'duty'),
    ];
    expect(titles(shown)).toEqual(['b', 'a']);
    expect(titles(shown, 'leader')).toEqual(['a']);
    const desk = playerDesk(shown, ['duty', 'leader']);
    expect([unseenOf(desk, 'duty', Infinity), unseenOf(desk, 'leader', Infinity)]).toEqual([1, 1]);
  });
});

describe('openDecisions', () => {
  const decision = {
    options: [{ id: 'move', label: '立即转移' }],
    dueMs: 8 * MINUTE,
    default: 'move',
    decider: 'leader',
  };
  const asked = [at(1, inject('ask', { to: ['leader', 'duty'], decision })), at(2, ack('ask'), 'leader')];

  it('stand with the one who decides until they are taken or taken by default', () => {
    const open = playerDesk(asked, ['leader']);
    expect(openDecisions(open, 'leader')).toHaveLength(1);
    expect(openDecisions(open, 'duty')).toHaveLength(0);
    expect(unseenOf(open, 'leader', 0)).toBe(1);
    const taken = {
      kind: 'decided',
      inject: 'ask',
      option: 'move',
      label: '立即转移',
      byDefault: true,
      why: '',
    } as const;
    const closed = playerDesk([...asked, at(8, taken)], ['leader']);
    expect(openDecisions(closed, 'leader')).toHaveLength(0);
    expect(unseenOf(closed, 'leader', 0)).toBe(0);
    expect(closed.deeds.map(({ body }) => body.kind)).toEqual(['acknowledged']);
  });

  it('stand in the log of the decider when they were taken by hand', () => {
    const taken = {
      kind: 'decided',
      inject: 'ask',
      option: 'move',
      label: '立即转移',
      byDefault: false,
      why: '',
    } as const;
    const { deeds } = playerDesk([...asked, at(5, taken)], ['leader']);
    expect(deeds.at(-1)).toMatchObject({ role: 'leader', body: { kind: 'decided' } });
    expect(playerDesk([...asked, at(5, taken)], ['duty']).deeds).toEqual([]);
  });
});

describe('unseenOf', () => {
  it('counts messages that came after the role was last looked at', () => {
    const said: ShownBody = { kind: 'message', to: ['duty'], text: '快', channel: 'system' };
    const desk = playerDesk([at(1, said, 'leader'), at(3, said, 'leader')], ['duty']);
    expect(unseenOf(desk, 'duty', 1_000_000 + 2 * MINUTE)).toBe(1);
    expect(unseenOf(desk, 'duty', 1_000_000 + 3 * MINUTE)).toBe(0);
  });
});

describe('resources', () => {
  const sent = (quantity: number): ShownBody => ({
    kind: 'dispatched',
    resource: 'boat',
    quantity,
    to: 'li',
    departsMs: 10 * MINUTE,
    arrivesMs: 20 * MINUTE,
  });

  it('are fewer by what was sent, and are where their times say', () => {
    const desk = playerDesk([at(1, sent(1), 'duty'), at(2, sent(1), 'leader')], ['duty']);
    expect(leftOf(desk, { id: 'boat', quantity: 3 })).toBe(1);
    expect(leftOf(desk, { id: 'truck', quantity: 3 })).toBe(3);
    const [first] = desk.sendings;
    expect([0, 10, 19.9, 20].map((minute) => sendingState(first!, minute * MINUTE))).toEqual([
      'waiting',
      'going',
      'going',
      'there',
    ]);
  });
});

describe('documents', () => {
  it('say what is missing before and the last version after', () => {
    const fields = [
      { key: 'time', label: '时间', required: true },
      { key: 'note', label: '备注', required: false },
    ];
    expect(missingOf(fields, { time: ' ' })).toEqual(['时间']);
    expect(missingOf(fields, { time: '05:31' })).toEqual([]);
    const told = (time: string): ShownBody => ({
      kind: 'document',
      document: 'first',
      fields: { time },
      fieldShare: 1,
    });
    const desk = playerDesk([at(1, told('a'), 'duty'), at(2, told('b'), 'duty')], ['duty']);
    expect(lastSubmission(desk, 'first')?.fields.time).toBe('b');
    expect(lastSubmission(desk, 'second')).toBeNull();
  });
});

describe('isWaiting', () => {
  it('tells a deed of the same role about the same thing', () => {
    const deed = { kind: 'acknowledge', inject: 'a', channel: 'phone', answeredBy: '' } as const;
    const waiting = [{ id: 'x', role: 'duty', deed }];
    expect(isWaiting(waiting, 'duty', 'acknowledge', 'a')).toBe(true);
    expect(isWaiting(waiting, 'duty', 'acknowledge', 'b')).toBe(false);
    expect(isWaiting(waiting, 'leader', 'acknowledge', 'a')).toBe(false);
  });
});

describe('the log of the seat', () => {
  it('holds its own roles only', () => {
    const said: ShownBody = { kind: 'message', to: ['duty'], text: '快', channel: 'system' };
    const desk = playerDesk([at(1, said, 'leader'), at(2, ack('a'), 'duty'), at(3, inject('a'))], ['duty']);
    expect(desk.deeds.map(({ body }) => body.kind)).toEqual(['acknowledged']);
  });
});
