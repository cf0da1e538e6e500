import { answerWord } from './answer-words.ts';
import { spanText } from '#lib/ui/span-words.ts';
import { factSentence, type Naming } from './fact-copy.ts';
import type { EntryBody } from './run-log.ts';
import type { Fact } from './run-state.ts';
import type { Shown, ShownBody } from './visible.ts';

/** What each entry says that a player, an evaluator or an observer may see. */

export const CHANNEL_WORDS: Record<string, string> = {
  system: '系统',
  phone: '电话',
  radio: '对讲机',
  face_to_face: '当面',
  paper: '书面',
  broadcast: '广播',
  screen: '大屏',
};

export const INJECT_KIND_WORDS: Record<string, string> = {
  report: '情况报告',
  order: '指令',
  request: '请求',
  weather: '气象水情',
  media: '媒体',
  public_opinion: '舆情',
  question: '请示',
  alarm: '报警',
  background: '背景',
};

/** Channels by which a message or an inject is taken by a person: who took it is worth a line. */
export const SPOKEN: readonly string[] = ['phone', 'radio', 'face_to_face', 'paper'];

type Said = ShownBody | EntryBody;
type SentenceOf = { [Kind in Said['kind']]?: (body: Extract<Said, { kind: Kind }>, name: Naming) => string };

const roles = (ids: readonly string[], name: Naming) => ids.map((id) => name.role(id)).join('、');
const noted = (note: string) => (note ? `（${note}）` : '');

const SENTENCES: SentenceOf = {
  clock: ({ why }) => CLOCK_SENTENCES[why],
  stage: ({ stage }) => STAGE_SENTENCES[stage] ?? '',
  phase: (body, name) => `进入阶段“${'title' in body ? body.title : name.phase(body.phase)}”`,
  inject: ({ inject }) => `${CHANNEL_WORDS[inject.channel] ?? ''}，${inject.from}：${inject.title}`,
  acknowledged: ({ inject, answeredBy }, name) =>
    `确认收到：${name.inject(inject)}${answeredBy ? `，${answeredBy}接` : ''}`,
  decided: (body, name) =>
    'label' in body
      ? `${body.byDefault ? '到时未决定，按默认：' : '决定：'}${body.label}（${name.inject(body.inject)}）`
      : `决定：${name.option(body.inject, body.option)}（${name.inject(body.inject)}）${noted(body.why)}`,
  message: ({ to, text, channel }, name) => `${CHANNEL_WORDS[channel] ?? ''}告诉${roles(to, name)}：${text}`,
  document: ({ document, fieldShare }, name) =>
    `提交《${name.document(document)}》${fieldShare < 1 ? '，必填项没有填全' : ''}`,
  dispatched: ({ resource, quantity, to }, name) =>
    `派出${name.resource(resource)} ${quantity}，前往${name.feature(to)}`,
  arrived: ({ resource, to }, name) => `${name.resource(resource)}到达${name.feature(to)}`,
  marked: ({ mark, note }) => `在图上标注：${mark}${noted(note)}`,
  called: ({ to, answeredBy, note }, name) => `通知${name.role(to)}，${answeredBy}接${noted(note)}`,
  present: ({ people, note }) => `报告到位 ${people} 人${noted(note)}`,
  variable: ({ variable, value }, name) => `${name.variable(variable)}变为 ${value}`,
  feature: ({ feature }, name) => `图上新增：${name.feature(feature)}`,
  paper: ({ document }, name) => `可查阅《${name.document(document)}》`,
  real_event: ({ text }) => `真实险情：${text}`,
  checked: () => '通信检查：收到，通信正常',
  confirmed: ({ expectation, doer, done, note }, name) =>
    `记${done ? '完成' : '未完成'}：${name.role(doer)}，${name.expectation(expectation)}${noted(note)}`,
  observed: ({ text, media }) => `观察：${text}${media.length > 0 ? `，附件 ${media.length} 个` : ''}`,
  answered: ({ answer, reason }) => `填评估表：${answerWord(answer)}${noted(reason)}`,
  locked: () => '提交并锁定评估表',
  correction: ({ text }) => `更正：${text}`,
  extended: ({ expectation, byMs, why }, name) =>
    `导调延长 ${Math.round(byMs / 60_000)} 分钟：${name.expectation(expectation)}${noted(why)}`,
  voided: ({ expectation, why }, name) => `导调不计：${name.expectation(expectation)}${noted(why)}`,
};

const CLOCK_SENTENCES: Record<Extract<ShownBody, { kind: 'clock' }>['why'], string> = {
  started: '演练开始',
  paused: '演练暂停',
  resumed: '演练继续',
  rate_set: '导调调整了时钟快慢',
  rebased: '服务中断后恢复，情景时间没有走',
  jumped: '导调把时钟往前拨了',
};

const STAGE_SENTENCES: Partial<Record<Extract<ShownBody, { kind: 'stage' }>['stage'], string>> = {
  ended: '演练结束',
  aborted: '演练终止',
  hot_wash: '现场点评开始',
  evaluating: '进入评估',
  published: '评估结果公布',
  archived: '演练归档',
};

/** What an entry says in a time line; empty for what has no words. */
export function shownSentence({ body, atMs }: Pick<Shown, 'body' | 'atMs'>, name: Naming): string {
  const said = body.kind === 'entry' ? body.body : body;
  if (said.kind === 'fact') return limitSentence(said.fact, atMs, name) ?? factSentence(said.fact, name);
  const sentence = SENTENCES[said.kind] as ((body: Said, name: Naming) => string) | undefined;
  return sentence?.(said, name) ?? '';
}

/** A limit in minutes: in a list by the scenario's clock a moment of exercise time would be misread. */
function limitSentence(fact: Fact, atMs: number, name: Naming): string | null {
  if (fact.type === 'expectation_opened')
    return `开始计时，限 ${spanText(fact.dueMs - atMs)}：${name.expectation(fact.expectation)}`;
  if (fact.type === 'decision_opened')
    return `请求决策，限 ${spanText(fact.dueMs - atMs)}：${name.inject(fact.inject)}`;
  return null;
}
