import type { Value } from '../scripts/condition.ts';
import type { RunCommand } from './run-command.ts';
import type { Shown, ShownBody, ShownInject } from './visible.ts';

/**
 * What a player's screen knows: the fold of what the seat may see. One seat may hold several roles; the
 * functions below answer for one of them.
 */

type Of<Kind extends ShownBody['kind']> = Extract<ShownBody, { kind: Kind }>;

export type Acknowledged = { atMs: number; answeredBy: string; channel: string };
export type Decided = { atMs: number; label: string; byDefault: boolean };

export type ReceivedInject = {
  kind: 'inject';
  key: string;
  atMs: number;
  wallMs: number;
  inject: ShownInject;
  /** By role. */
  acked: Record<string, Acknowledged>;
  decided: Decided | null;
};
export type ReceivedMessage = {
  kind: 'message';
  key: string;
  atMs: number;
  wallMs: number;
  from: string;
  to: string[];
  text: string;
  channel: string;
};
export type Received = ReceivedInject | ReceivedMessage;

export type Submission = {
  atMs: number;
  role: string;
  document: string;
  fields: Record<string, string>;
  /** Share of the required fields that were filled. */
  fieldShare: number;
};
export type Sending = Omit<Of<'dispatched'>, 'kind'> & { role: string; sentMs: number };
export type Phase = Omit<Of<'phase'>, 'kind'>;

export type PlayerDesk = {
  /** In the order they came. */
  received: Received[];
  submissions: Submission[];
  sendings: Sending[];
  marks: (Omit<Of<'marked'>, 'kind'> & { role: string })[];
  /** Names that have changed since the start, with their values. */
  values: Record<string, Value>;
  phase: Phase | null;
  /** Roles that said that their communication works. */
  checked: string[];
  /** Everything the seat's own roles did, in order. */
  deeds: Shown[];
};

/** The desk of a seat that holds these roles. */
export function playerDesk(shown: readonly Shown[], roles: readonly string[]): PlayerDesk {
  const desk: PlayerDesk = {
    received: [],
    submissions: [],
    sendings: [],
    marks: [],
    values: {},
    phase: null,
    checked: [],
    deeds: [],
  };
  const injects = new Map<string, ReceivedInject>();
  shown.forEach((each, at) => take(desk, injects, each, roles, String(at)));
  return desk;
}

function take(
  desk: PlayerDesk,
  injects: Map<string, ReceivedInject>,
  each: Shown,
  roles: readonly string[],
  key: string,
): void {
  const { body, atMs, wallMs } = each;
  const role = each.role ?? '';
  const isMine = roles.includes(role);
  if (isMine && isDeed(body)) desk.deeds.push(each);
  switch (body.kind) {
    case 'inject': {
      const item: ReceivedInject = {
        kind: 'inject',
        key,
        atMs,
        wallMs,
        inject: body.inject,
        acked: {},
        decided: null,
      };
      injects.set(body.inject.id, item);
      desk.received.push(item);
      return;
    }
    case 'acknowledged': {
      const { answeredBy, channel } = body;
      const item = injects.get(body.inject);
      if (item) item.acked[role] = { atMs, answeredBy, channel };
      return;
    }
    case 'decided': {
      const item = injects.get(body.inject);
      if (!item) return;
      item.decided = { atMs, label: body.label, byDefault: body.byDefault };
      // The log tells that it was decided, not by whom: only the decider can have done it.
      const decider = item.inject.decision?.decider ?? '';
      if (!body.byDefault && roles.includes(decider)) desk.deeds.push({ ...each, role: decider });
      return;
    }
    case 'message':
      if (body.to.some((to) => roles.includes(to)))
        desk.received.push({ ...body, key, atMs, wallMs, from: role });
      return;
    case 'document':
      desk.submissions.push({ ...body, atMs, role });
      return;
    case 'dispatched':
      desk.sendings.push({ ...body, role, sentMs: atMs });
      return;
    case 'marked':
      desk.marks.push({ ...body, role });
      return;
    case 'variable':
      desk.values[body.variable] = body.value;
      return;
    case 'phase':
      desk.phase = body;
      return;
    case 'checked':
      if (isMine && !desk.checked.includes(role)) desk.checked.push(role);
      return;
    default:
  }
}

const DEEDS: readonly ShownBody['kind'][] = [
  'acknowledged',
  'message',
  'document',
  'dispatched',
  'marked',
  'called',
  'present',
];

function isDeed(body: ShownBody): boolean {
  return DEEDS.includes(body.kind);
}

/** Whether the item is for the role. */
export function isFor(item: Received, role: string): boolean {
  return (item.kind === 'inject' ? item.inject.to : item.to).includes(role);
}

/** Whether the role has not said yet that it got the inject; a message needs no receipt. */
export function isOwed(item: Received, role: string): boolean {
  return item.kind === 'inject' && item.inject.to.includes(role) && !(role in item.acked);
}

/**
 * What a role got: first what it has not acknowledged, the one whose time runs out first on top, then the
 * rest, the latest first.
 */
export function inboxOf(desk: PlayerDesk, role: string): Received[] {
  const mine = desk.received.filter((item) => isFor(item, role));
  const due = (item: Received) => (item.kind === 'inject' ? (item.inject.ackMs ?? Infinity) : Infinity);
  const owed = mine.filter((item) => isOwed(item, role));
  const rest = mine.filter((item) => !isOwed(item, role));
  return [...owed.reverse().sort((a, b) => (due(a) === due(b) ? 0 : due(a) - due(b))), ...rest.reverse()];
}

/** Decisions the role has to take and has not, the one due first on top. */
export function openDecisions(desk: PlayerDesk, role: string): ReceivedInject[] {
  return desk.received
    .filter(
      (item): item is ReceivedInject =>
        item.kind === 'inject' && item.inject.decision?.decider === role && item.decided === null,
    )
    .sort((a, b) => a.inject.decision!.dueMs - b.inject.decision!.dueMs);
}

/** What waits for the role: receipts and decisions owed, and messages that came after it last looked. */
export function unseenOf(desk: PlayerDesk, role: string, lookedWallMs: number): number {
  const owed = desk.received.filter((item) => isOwed(item, role)).length;
  const decisions = openDecisions(desk, role).filter((item) => !isOwed(item, role)).length;
  const messages = desk.received.filter(
    (item) => item.kind === 'message' && isFor(item, role) && item.wallMs > lookedWallMs,
  ).length;
  return owed + decisions + messages;
}

/** How many of a resource are still at home. */
export function leftOf(desk: PlayerDesk, resource: { id: string; quantity: number }): number {
  const sent = desk.sendings.filter((each) => each.resource === resource.id);
  return resource.quantity - sent.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** Getting ready, on the way, arrived: as in UNDER_WAY_WORDS. */
export type SendingState = 'waiting' | 'going' | 'there';

/** Where a dispatched resource is at a moment of exercise time. */
export function sendingState({ departsMs, arrivesMs }: Sending, exMs: number): SendingState {
  if (exMs >= arrivesMs) return 'there';
  return exMs >= departsMs ? 'going' : 'waiting';
}

/** The last submission of a document, by any of the seat's roles, or null. */
export function lastSubmission(desk: PlayerDesk, document: string): Submission | null {
  return desk.submissions.filter((each) => each.document === document).at(-1) ?? null;
}

type Fields = readonly { key: string; label: string; required: boolean }[];

/** Labels of required fields that a form leaves empty. */
export function missingOf(fields: Fields, values: Record<string, string>): string[] {
  return fields
    .filter(({ key, required }) => required && (values[key] ?? '').trim() === '')
    .map(({ label }) => label);
}

/** Whether a deed of this kind about this thing still waits for the network. */
export function isWaiting(
  waiting: readonly RunCommand[],
  role: string,
  kind: RunCommand['deed']['kind'],
  about?: string,
): boolean {
  return waiting.some(({ role: by, deed }) => {
    if (by !== role || deed.kind !== kind) return false;
    const thing = 'inject' in deed ? deed.inject : 'document' in deed ? deed.document : undefined;
    return about === undefined || thing === about;
  });
}
