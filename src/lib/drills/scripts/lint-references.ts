import { refsOf, type Condition, type Happened, type Ref } from './condition.ts';
import { fault, type ScriptFinding } from './lint-finding.ts';
import { indexOf, receiversOf, type ScriptIndex } from './script-index.ts';
import type { Matcher } from './script-expectations.ts';
import type { Inject, Script, Target } from './script.ts';

/** Whatever names another part names one that exists, of the right kind, and can have happened to it. */
export function lintReferences(script: Script): ScriptFinding[] {
  const look = new References(script);
  look.ids();
  look.people();
  look.phases();
  for (const [at, inject] of script.injects.entries()) look.inject(inject, at);
  look.expectations();
  look.things();
  return look.findings;
}

const OF_INJECT: readonly Happened[] = ['released', 'acked', 'skipped', 'expired'];
const OF_EXPECTATION: readonly Happened[] = ['met', 'late', 'missed'];
const OF_PHASE: readonly Happened[] = ['entered', 'exited'];

class References {
  readonly findings: ScriptFinding[] = [];
  readonly script: Script;
  readonly index: ScriptIndex;
  readonly orgs: Set<string>;
  readonly storylines: Set<string>;
  readonly clauses: Set<string>;
  readonly objectives: Set<string>;

  constructor(script: Script) {
    this.script = script;
    this.index = indexOf(script);
    this.orgs = new Set(script.orgs.map(({ id }) => id));
    this.storylines = new Set(script.storylines.map(({ id }) => id));
    this.clauses = new Set(script.plans.flatMap(({ clauses }) => clauses.map(({ id }) => id)));
    this.objectives = new Set(script.objectives.map(({ id }) => id));
  }

  say(...args: Parameters<typeof fault>): void {
    this.findings.push(fault(...args));
  }

  known(set: { has(id: string): boolean }, id: string | undefined, path: string, part: string): void {
    if (id !== undefined && !set.has(id)) this.say('unknown_ref', path, part, { id });
  }

  /** Injects, expected actions and phases share one space of names, because conditions name them alike. */
  ids(): void {
    const { script } = this;
    const spaces: [string, readonly { id: string }[]][][] = [
      [
        ['injects', script.injects],
        ['expectations', script.expectations],
        ['phases', script.phases],
      ],
      [['roles', script.roles]],
      [['orgs', script.orgs]],
      [['resources', script.resources]],
      [['map.features', script.map.features]],
      [['documents', script.documents]],
      [['variables', script.variables]],
      [['objectives', script.objectives]],
      [['storylines', script.storylines]],
      [['evaluation.sheets', script.evaluation.sheets]],
      [['plans', script.plans.flatMap(({ clauses }) => clauses)]],
    ];
    for (const space of spaces) {
      const seen = new Set<string>();
      for (const [name, parts] of space)
        for (const [at, { id }] of parts.entries()) {
          if (seen.has(id)) this.say('duplicate_id', `${name}.${at}.id`, id, { id });
          seen.add(id);
        }
    }
  }

  people(): void {
    for (const [at, role] of this.script.roles.entries()) {
      this.known(this.orgs, role.org, `roles.${at}.org`, role.name);
      for (const id of role.evaluates ?? [])
        this.known(this.index.roles, id, `roles.${at}.evaluates`, role.name);
    }
  }

  phases(): void {
    for (const [at, phase] of this.script.phases.entries()) {
      const path = `phases.${at}`;
      this.known(this.index.phases, phase.onTimeout, `${path}.onTimeout`, phase.title);
      for (const [exit, { when, to }] of phase.exits.entries()) {
        this.known(this.index.phases, to, `${path}.exits.${exit}.to`, phase.title);
        if (when) this.condition(when, `${path}.exits.${exit}.when`, phase.title);
      }
      const leads =
        phase.exits.some(({ when, manual }) => when || manual) || (phase.maxDuration && phase.onTimeout);
      if (!leads && !phase.final) this.say('no_way_out', path, phase.title);
    }
  }

  ref({ of, is }: Ref, path: string, part: string): void {
    const fits = this.index.injects.has(of)
      ? OF_INJECT
      : this.index.expectations.has(of)
        ? OF_EXPECTATION
        : this.index.phases.has(of)
          ? OF_PHASE
          : null;
    if (!fits) this.say('unknown_ref', path, part, { id: of });
    else if (!fits.includes(is)) this.say('wrong_happened', path, part, { id: of, is });
  }

  condition(condition: Condition, path: string, part: string): void {
    const { refs, variables, decisions } = refsOf(condition);
    for (const ref of refs) this.ref(ref, path, part);
    for (const id of variables) this.known(this.index.variables, id, path, part);
    for (const { id, option } of decisions) this.option(id, option, path, part);
  }

  option(inject: string, option: string, path: string, part: string): void {
    const decision = this.index.injects.get(inject)?.decision;
    if (!decision) this.say('unknown_ref', path, part, { id: inject });
    else if (!decision.options.some(({ id }) => id === option))
      this.say('unknown_option', path, part, { id: inject, option });
  }

  targets(targets: readonly Target[], path: string, part: string): void {
    for (const target of targets) {
      if ('role' in target) this.known(this.index.roles, target.role, path, part);
      if ('org' in target) this.known(this.orgs, target.org, path, part);
    }
  }

  inject(inject: Inject, at: number): void {
    const path = `injects.${at}`;
    const part = `${inject.code} ${inject.title}`;
    this.known(this.storylines, inject.storyline, `${path}.storyline`, part);
    this.known(this.index.roles, inject.from, `${path}.from`, part);
    this.targets(inject.to, `${path}.to`, part);
    if (receiversOf(inject, this.index).length === 0) this.say('doer_not_player', `${path}.to`, part);
    for (const id of inject.phases ?? []) this.known(this.index.phases, id, `${path}.phases`, part);
    for (const id of inject.attachments ?? [])
      this.known(this.index.documents, id, `${path}.attachments`, part);
    for (const { variable } of inject.set ?? [])
      this.known(this.index.variables, variable, `${path}.set`, part);
    const { trigger } = inject;
    if ('after' in trigger) this.ref(trigger.after, `${path}.trigger.after`, part);
    if ('when' in trigger) this.condition(trigger.when, `${path}.trigger.when`, part);
    if ('contingency' in trigger)
      this.known(
        this.index.expectations,
        trigger.contingency.expectation,
        `${path}.trigger.contingency`,
        part,
      );
    this.decision(inject, path, part);
  }

  decision(inject: Inject, path: string, part: string): void {
    const { decision } = inject;
    if (!decision) return;
    this.option(inject.id, decision.default, `${path}.decision.default`, part);
    this.known(this.index.roles, decision.decider, `${path}.decision.decider`, part);
    if (!receiversOf(inject, this.index).some(({ id }) => id === decision.decider))
      this.say('decider_not_receiver', `${path}.decision.decider`, part, { id: decision.decider });
  }

  expectations(): void {
    for (const [at, expectation] of this.script.expectations.entries()) {
      const path = `expectations.${at}`;
      const { title } = expectation;
      for (const id of expectation.by.roles) {
        this.known(this.index.roles, id, `${path}.by.roles`, title);
        const role = this.index.roles.get(id);
        if (role && role.group !== 'player') this.say('doer_not_player', `${path}.by.roles`, title, { id });
      }
      this.known(this.objectives, expectation.objective, `${path}.objective`, title);
      this.known(this.clauses, expectation.clause, `${path}.clause`, title);
      this.ref(expectation.opensOn, `${path}.opensOn`, title);
      for (const [each, matcher] of expectation.evidence.entries())
        this.matcher(matcher, expectation.by.roles, `${path}.evidence.${each}`, title);
      for (const [each, { when }] of (expectation.wrong ?? []).entries())
        this.matcher(when, expectation.by.roles, `${path}.wrong.${each}`, title);
    }
  }

  /** The evidence exists, and somebody who should do it can. */
  matcher(matcher: Matcher, doers: readonly string[], path: string, part: string): void {
    const can = (ids: readonly string[]): void => {
      if (!doers.some((doer) => ids.includes(doer))) this.say('cannot_do', path, part);
    };
    if ('acked' in matcher) {
      const inject = this.index.injects.get(matcher.acked);
      if (inject) can(receiversOf(inject, this.index).map(({ id }) => id));
      else this.say('unknown_ref', path, part, { id: matcher.acked });
    } else if ('document' in matcher) {
      const document = this.index.documents.get(matcher.document);
      if (document) can(document.fields.length > 0 ? document.visibleTo : []);
      else this.say('unknown_ref', path, part, { id: matcher.document });
    } else if ('message' in matcher) this.known(this.index.roles, matcher.message.to, path, part);
    else if ('call' in matcher) this.known(this.index.roles, matcher.call.to, path, part);
    else if ('decision' in matcher) {
      for (const option of matcher.options ?? []) this.option(matcher.decision, option, path, part);
      const decider = this.index.injects.get(matcher.decision)?.decision?.decider;
      if (decider) can([decider]);
      else this.say('unknown_ref', path, part, { id: matcher.decision });
    } else if ('dispatch' in matcher) {
      this.known(this.index.resources, matcher.dispatch.resource, path, part);
      this.known(this.index.features, matcher.dispatch.to, path, part);
    }
  }

  things(): void {
    const { script, index } = this;
    for (const [at, resource] of script.resources.entries()) {
      this.known(this.orgs, resource.owner, `resources.${at}.owner`, resource.name);
      this.known(index.features, resource.at, `resources.${at}.at`, resource.name);
    }
    for (const [at, { revealOn, name }] of script.map.features.entries())
      if (revealOn) this.ref(revealOn, `map.features.${at}.revealOn`, name);
    for (const [at, document] of script.documents.entries()) {
      for (const id of document.visibleTo)
        this.known(index.roles, id, `documents.${at}.visibleTo`, document.title);
      if (document.revealOn) this.ref(document.revealOn, `documents.${at}.revealOn`, document.title);
    }
    for (const [at, variable] of script.variables.entries())
      for (const id of variable.visibleTo ?? [])
        this.known(index.roles, id, `variables.${at}.visibleTo`, variable.name);
  }
}
