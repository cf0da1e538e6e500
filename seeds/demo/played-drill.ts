import { SYSTEM, type Actor } from '#lib/kernel/actor.ts';
import type { Deed } from '#lib/drills/runs/run-command.ts';
import type { Fact } from '#lib/drills/runs/run-state.ts';
import { SCALE_ANSWERS } from '#lib/drills/runs/answer.ts';
import { injectOf } from '#lib/drills/runs/inject-rules.ts';
import { entriesBetween, loadRun, type LoadedRun } from '#lib/drills/runs/run-store.server.ts';
import { commandRun, signRuns, tickRun } from '#lib/drills/runs/runs.server.ts';
import type { Matcher } from '#lib/drills/scripts/script-expectations.ts';
import type { Inject } from '#lib/drills/scripts/script.ts';
import { indexOf, receiversOf } from '#lib/drills/scripts/script-index.ts';
import { read } from '#lib/server/db/open.ts';
import { Refused } from '#lib/kernel/refused.ts';
import type { Chance } from './random.ts';

type Planned = { at: number; role: string; deed: Deed };

/** What a deed is refused with when the drill has moved on meanwhile. */
const TOO_LATE = ['decision_closed', 'not_running', 'already_done', 'inject_gone'];

/** A running clock gives a sign of life at least so often, or its time stands. */
const SIGN_MS = 8_000;

/**
 * People at a table, for the demo: everybody answers within a minute or two, most of what is expected is
 * done in time, one or two things late or not at all. The same for the same chance.
 */
export class PlayedDrill {
  readonly runId: string;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly chance: Chance;
  now: number;
  #planned: Planned[] = [];
  #seen = 0;
  #commands = 0;
  #opened = 0;

  /** `actors` by role. */
  constructor(runId: string, actors: ReadonlyMap<string, Actor>, from: Date, chance: Chance) {
    this.runId = runId;
    this.actors = actors;
    this.now = from.getTime();
    this.chance = chance;
  }

  /** From the start to the final phase, and the end. */
  async play(director: string, rate: number): Promise<void> {
    for (const role of this.actors.keys()) await this.#do({ at: this.now, role, deed: { kind: 'check' } });
    await this.#do({ at: this.now, role: director, deed: { kind: 'start' } });
    await this.#do({ at: this.now, role: director, deed: { kind: 'set_rate', rate } });
    for (let steps = 0; steps < 2_000; steps += 1) {
      const loaded = await this.#look(director);
      const { state } = loaded.run.snapshot;
      if (indexOf(loaded.script).phases.get(loaded.run.snapshot.phase)?.final) break;
      const wake = loaded.row.wakeAt?.getTime() ?? Number.POSITIVE_INFINITY;
      const [next] = this.#planned.sort((a, b) => a.at - b.at);
      const at = Math.max(this.now, Math.min(wake, next?.at ?? wake, this.now + SIGN_MS));
      await this.#live(at);
      if (next && next.at <= at) {
        this.#planned.shift();
        await this.#do(next);
      }
      if (!state.on) break;
    }
    await this.#do({ at: this.now, role: director, deed: { kind: 'end' } });
  }

  /** Evaluators fill their sheets; the director publishes. */
  async evaluate(director: string, evaluators: readonly string[]): Promise<void> {
    const { script } = (await read((db) => loadRun(db, this.runId)))!;
    const does = (role: string, deed: Deed) => this.#do({ at: (this.now += 20_000), role, deed });
    await does(director, { kind: 'open_hot_wash' });
    await does(director, { kind: 'open_evaluation' });
    for (const role of evaluators)
      for (const sheet of script.evaluation.sheets) {
        for (const item of sheet.categories.flatMap(({ items }) => items)) {
          const answers = item.scale === 'points' ? ['90', '80'] : SCALE_ANSWERS[item.scale];
          const answer = item.veto || this.chance.next() < 0.75 ? answers[0]! : answers[1]!;
          const reason = answer === answers[0] ? '' : '过程可以再快一些，见评估记录。';
          await does(role, { kind: 'answer', sheet: sheet.id, item: item.id, answer, reason, observedMs: 0 });
        }
        await does(role, { kind: 'lock', sheet: sheet.id });
      }
    await does(director, { kind: 'publish_evaluation' });
  }

  async #live(until: number): Promise<void> {
    this.now = until;
    await signRuns(SYSTEM, new Date(until));
    await tickRun(SYSTEM, this.runId, new Date(until));
  }

  async #do({ at, role, deed }: Planned): Promise<void> {
    this.now = Math.max(this.now, at);
    const id = `demo-${String((this.#commands += 1)).padStart(16, '0')}`;
    try {
      await commandRun(this.actors.get(role)!, this.runId, { id, role, deed }, new Date(this.now));
    } catch (reason) {
      // As at a real table: who decides or answers too late is told so, and the drill goes on.
      if (!(reason instanceof Refused) || !TOO_LATE.includes(reason.code)) throw reason;
    }
  }

  /** Plans what people do about what has just happened. */
  async #look(director: string): Promise<LoadedRun> {
    const { loaded, entries } = await read(async (db) => {
      const loaded = (await loadRun(db, this.runId))!;
      return { loaded, entries: await entriesBetween(db, this.runId, this.#seen, loaded.row.seq) };
    });
    this.#seen = loaded.row.seq;
    for (const { body } of entries) if (body.kind === 'fact') this.#answer(body.fact, loaded, director);
    return loaded;
  }

  #answer(fact: Fact, loaded: LoadedRun, director: string): void {
    if (fact.type === 'inject_due' || fact.type === 'inject_held')
      this.#plan(5, director, { kind: 'release', inject: fact.inject });
    if (fact.type === 'inject_released') this.#receive(fact.inject, loaded);
    if (fact.type === 'expectation_opened') this.#fulfil(fact.expectation, fact.dueMs, loaded);
  }

  #receive(id: string, { run, script }: LoadedRun): void {
    const inject: Inject = injectOf(run.snapshot.state, indexOf(script), id)!;
    for (const { id: role } of receiversOf(inject, indexOf(script)))
      if (this.actors.has(role))
        this.#plan(8 + this.chance.next() * 12, role, { kind: 'acknowledge', inject: id, channel: 'system', answeredBy: '' });
    const { decision } = inject;
    if (!decision || !this.actors.has(decision.decider)) return;
    const option = (decision.options.find((each) => each.id !== decision.default) ?? decision.options[0]!).id;
    this.#plan(20, decision.decider, { kind: 'decide', inject: id, option, why: '按预案，先保人' });
  }

  /** Most in the first half of the limit; every seventh thing late, every sixth not at all. */
  #fulfil(id: string, dueMs: number, { run, script, row }: LoadedRun): void {
    const expectation = indexOf(script).expectations.get(id)!;
    const turn = (this.#opened += 1);
    if (turn % 6 === 0) return;
    const leftMs = (dueMs - run.snapshot.state.atMs) / run.clock.rate;
    const role = expectation.by.roles.find((each) => this.actors.has(each));
    if (!role || row.stage !== 'running') return;
    const seconds = (leftMs / 1000) * (turn % 7 === 3 ? 1.2 : 0.3 + this.chance.next() * 0.4);
    const needed = ['all', 'sequence'].includes(expectation.evidenceLogic ?? 'any') ? expectation.evidence : expectation.evidence.slice(0, 1);
    for (const matcher of needed) {
      const planned = this.#deedFor(matcher, id, role, script);
      if (planned) this.#plan(seconds, planned.role, planned.deed);
    }
  }

  #deedFor(matcher: Matcher, expectation: string, role: string, script: LoadedRun['script']): { role: string; deed: Deed } | null {
    const deed = (what: Deed) => ({ role, deed: what });
    if ('call' in matcher) return deed({ kind: 'call', to: matcher.call.to, answeredBy: '本人接听', note: '' });
    if ('message' in matcher) {
      const text = `${(matcher.message.mentions ?? ['情况']).join('、')}，已按预案处置。`;
      return deed({ kind: 'message', to: [matcher.message.to], text, channel: 'phone' });
    }
    if ('mark' in matcher) return deed({ kind: 'mark', mark: matcher.mark.kind, x: 500, y: 500, note: '' });
    if ('present' in matcher) return deed({ kind: 'report_present', people: 6, note: '全部到位' });
    if ('document' in matcher) {
      const fields = indexOf(script).documents.get(matcher.document)!.fields;
      const filled = Object.fromEntries(fields.map(({ key, choices }) => [key, choices?.[0] ?? '见值班记录']));
      return deed({ kind: 'submit', document: matcher.document, fields: filled });
    }
    if (!('confirmed' in matcher)) return null;
    const watcher = script.roles.find(({ group, id }) => group === 'evaluator' && this.actors.has(id));
    const confirm = { kind: 'confirm' as const, expectation, doer: role, done: true, doneMs: Number.MAX_SAFE_INTEGER, note: '', media: [] };
    return watcher ? { role: watcher.id, deed: confirm } : null;
  }

  #plan(seconds: number, role: string, deed: Deed): void {
    this.#planned.push({ at: this.now + seconds * 1000, role, deed });
  }
}
