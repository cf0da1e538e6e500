import { factSentence, type Naming } from './fact-copy.ts';
import { CHANNEL_WORDS } from './shown-copy.ts';
import type { Entry, EntryBody } from './run-log.ts';
import type { Fact } from './run-state.ts';

/** The live log of the director's desk: each entry as one sentence, sorted by what one looks for. */

export const LOG_SORTS = ['injects', 'players', 'expectations', 'evaluators', 'clock'] as const;
export type LogSort = (typeof LOG_SORTS)[number];

export const LOG_SORT_WORDS: Record<LogSort, string> = {
  injects: '情景',
  players: '参演',
  expectations: '预期动作',
  evaluators: '评估',
  clock: '时钟和导调',
};

export type LogLine = {
  seq: number;
  atMs: number;
  wallMs: number;
  sort: LogSort;
  who: string;
  text: string;
  /** Reasons, notes, whole texts: in smaller type under the sentence. */
  note: string;
  /** Whether it can be put on the wall. */
  mayShow: boolean;
};

/** The word for a channel: 电话, 对讲机, 当面. */
export function channelWord(channel: string): string {
  return CHANNEL_WORDS[channel] ?? channel;
}

type Body<Kind extends EntryBody['kind']> = EntryBody & { kind: Kind };
type Said = { text: string; note?: string };
type Sayings = { [Kind in EntryBody['kind']]?: (body: Body<Kind>, name: Naming) => Said };

const roles = (ids: readonly string[], name: Naming) => ids.map((id) => name.role(id)).join('、');

const BY_PLAYERS: Sayings = {
  acknowledged: ({ inject, channel, answeredBy }, name) => ({
    text: `收到：${name.inject(inject)}`,
    note: [channel !== 'system' && channelWord(channel), answeredBy && `${answeredBy}接收`]
      .filter(Boolean)
      .join('，'),
  }),
  message: ({ to, text, channel }, name) => ({
    text: `对${roles(to, name)}说（${channelWord(channel)}）`,
    note: text,
  }),
  document: ({ document, fields, fieldShare }, name) => ({
    text: `报送${name.document(document)}${fieldShare < 1 ? `，必填项填了 ${Math.round(fieldShare * 100)}%` : ''}`,
    note: Object.values(fields).filter(Boolean).join('；'),
  }),
  dispatched: ({ resource, quantity, to }, name) => ({
    text: `派出${name.resource(resource)} ${quantity}，前往${name.feature(to)}`,
  }),
  marked: ({ mark, note }) => ({ text: `在沙盘上标绘“${mark}”`, note }),
  called: ({ to, answeredBy, note }, name) => ({
    text: `打电话给${name.role(to)}，${answeredBy}接听`,
    note,
  }),
  present: ({ people, note }) => ({ text: `报告到位 ${people} 人`, note }),
};

const BY_EVALUATORS: Sayings = {
  confirmed: ({ expectation, doer, done, note }, name) => ({
    text: `${done ? '确认完成' : '记为未完成'}：${name.expectation(expectation)}（${name.role(doer)}）`,
    note,
  }),
  observed: ({ text }) => ({ text: '观察记录', note: text }),
  locked: () => ({ text: '提交并锁定评估表' }),
  correction: ({ entry, text }) => ({ text: `更正第 ${entry} 条记录`, note: text }),
  moderated: ({ item, reason }) => ({ text: `总导调核定评估项 ${item}`, note: reason }),
};

const BY_CONTROL: Sayings = {
  started: () => ({ text: '演练开始' }),
  paused: () => ({ text: '暂停' }),
  resumed: () => ({ text: '继续' }),
  rate_set: ({ clock }) => ({ text: `时钟改为 ${clock.rate} 倍速` }),
  rebased: ({ outageMs }) => ({
    text: `服务中断 ${Math.round(outageMs / 1000)} 秒，情景时间没有走`,
  }),
  jumped: () => ({ text: '时钟向前跳' }),
  extended: ({ expectation, byMs, why }, name) => ({
    text: `延长 ${Math.round(byMs / 60_000)} 分钟：${name.expectation(expectation)}`,
    note: why,
  }),
  voided: ({ expectation, why }, name) => ({ text: `不计：${name.expectation(expectation)}`, note: why }),
  real_event: ({ text }) => ({ text: '报告真实险情', note: text }),
  ended: () => ({ text: '演练结束' }),
  hot_wash: () => ({ text: '现场点评开始' }),
  evaluating: () => ({ text: '进入评估' }),
  published: () => ({ text: '评估结果已公布' }),
  archived: () => ({ text: '已归档' }),
  aborted: ({ text }) => ({ text: '演练终止', note: text }),
  checked: () => ({ text: '通信正常' }),
  seated: ({ name: person, roles: held }, name) => ({
    text: held.length > 0 ? `${person}就位：${roles(held, name)}` : `${person}离席`,
  }),
};

const ABOUT_INJECTS: Sayings = {
  release: ({ inject }, name) => ({ text: `同意放行：${name.inject(inject)}` }),
  unhold: ({ inject }, name) => ({ text: `取消暂扣：${name.inject(inject)}` }),
  edited: ({ inject, body }, name) => ({ text: `改写情景：${name.inject(inject)}`, note: body }),
  added: ({ inject }) => ({ text: `临时增加情景：${inject.code} ${inject.title}` }),
};

const SORTS: readonly (readonly [LogSort, Sayings])[] = [
  ['players', BY_PLAYERS],
  ['evaluators', BY_EVALUATORS],
  ['clock', BY_CONTROL],
  ['injects', ABOUT_INJECTS],
];

/** Facts that the entry before them has already said, or that say nothing to people. */
const SILENT: readonly Fact['type'][] = ['phase_exited', 'expectation_advanced'];
const OPEN_FACTS: readonly Fact['type'][] = [
  'inject_released',
  'decision_taken',
  'decision_defaulted',
  'resource_arrived',
];
const OPEN_DEEDS: readonly EntryBody['kind'][] = [
  'message',
  'document',
  'dispatched',
  'marked',
  'called',
  'present',
];

function sortOfFact({ type }: Fact): LogSort {
  if (type.startsWith('inject')) return 'injects';
  if (type.startsWith('expectation')) return 'expectations';
  return type.startsWith('decision') || type.startsWith('resource') ? 'players' : 'clock';
}

/** The log in sentences, in its order. Entries that a sentence beside them already tells are left out. */
export function logLines(entries: readonly Entry[], name: Naming): LogLine[] {
  const bodies = new Map(entries.map(({ seq, body }) => [seq, body]));
  const brought = new Set(
    entries.flatMap(({ cause, body }) =>
      cause !== null && body.kind === 'fact' && body.fact.type === 'inject_released' ? [cause] : [],
    ),
  );
  return entries.flatMap((entry) => lineOf(entry, name, bodies, brought) ?? []);
}

function lineOf(
  { seq, atMs, wallMs, role, cause, body }: Entry,
  name: Naming,
  bodies: ReadonlyMap<number, EntryBody>,
  brought: ReadonlySet<number>,
): LogLine | null {
  const who = role ? name.role(role) : '';
  if (body.kind === 'fact') {
    const { fact } = body;
    const by = cause === null ? undefined : bodies.get(cause);
    if (SILENT.includes(fact.type) || (fact.type === 'expectation_voided' && by?.kind === 'voided'))
      return null;
    return {
      seq,
      atMs,
      wallMs,
      sort: sortOfFact(fact),
      who: '',
      text: factSentence(fact, name),
      note: fact.type === 'decision_taken' && by?.kind === 'decided' ? by.why : '',
      mayShow: OPEN_FACTS.includes(fact.type),
    };
  }
  if (body.kind === 'release' && brought.has(seq)) return null;
  for (const [sort, sayings] of SORTS) {
    const say = sayings[body.kind] as ((body: EntryBody, name: Naming) => Said) | undefined;
    if (!say) continue;
    const { text, note = '' } = say(body, name);
    return { seq, atMs, wallMs, sort, who, text, note, mayShow: OPEN_DEEDS.includes(body.kind) };
  }
  return null;
}
