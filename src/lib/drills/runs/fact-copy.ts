import { injectsOf } from './inject-rules.ts';
import type { Fact } from './run-state.ts';
import type { Script } from '../scripts/script.ts';
import { indexOf } from '../scripts/script-index.ts';
import { newRunState } from './settle.ts';

/** Names of the parts of a script as people say them: `A-03 水位超警`, `镇值班员`. */
export type Naming = {
  inject(id: string): string;
  expectation(id: string): string;
  phase(id: string): string;
  role(id: string): string;
  option(inject: string, option: string): string;
  variable(id: string): string;
  feature(id: string): string;
  document(id: string): string;
  resource(id: string): string;
};

export function namingOf(script: Script, added = newRunState(indexOf(script)).added): Naming {
  const index = indexOf(script);
  const injects = new Map(
    injectsOf({ ...newRunState(index), added }, index).map((inject) => [inject.id, inject]),
  );
  return {
    inject: (id) => (injects.has(id) ? `${injects.get(id)!.code} ${injects.get(id)!.title}` : id),
    expectation: (id) => index.expectations.get(id)?.title ?? id,
    phase: (id) => index.phases.get(id)?.title ?? id,
    role: (id) => index.roles.get(id)?.name ?? id,
    option: (inject, option) =>
      injects.get(inject)?.decision?.options.find(({ id }) => id === option)?.label ?? option,
    variable: (id) => index.variables.get(id)?.name ?? id,
    feature: (id) => index.features.get(id)?.name ?? id,
    document: (id) => index.documents.get(id)?.title ?? id,
    resource: (id) => index.resources.get(id)?.name ?? id,
  };
}

/** Minutes and seconds of exercise time as people read them: `01:02:30`. */
export function exerciseClock(ms: number): string {
  const all = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(all / 3600))}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
}

const SENTENCES: { [Type in Fact['type']]: (fact: Extract<Fact, { type: Type }>, name: Naming) => string } = {
  phase_entered: ({ phase }, name) => `进入阶段“${name.phase(phase)}”`,
  phase_exited: ({ phase }, name) => `离开阶段“${name.phase(phase)}”`,
  inject_due: ({ inject }, name) => `情景到时，等导调放行：${name.inject(inject)}`,
  inject_held: ({ inject }, name) => `情景暂扣：${name.inject(inject)}`,
  inject_released: ({ inject }, name) => `发出情景：${name.inject(inject)}`,
  inject_skipped: ({ inject }, name) => `跳过情景：${name.inject(inject)}`,
  inject_expired: ({ inject, roles }, name) =>
    `超时未确认收到：${name.inject(inject)}（${roles.map((role) => name.role(role)).join('、')}）`,
  expectation_opened: ({ expectation, dueMs }, name) =>
    `开始计时：${name.expectation(expectation)}，应在 ${exerciseClock(dueMs)} 前完成`,
  expectation_advanced: ({ expectation, role }, name) =>
    `${name.role(role)}做了：${name.expectation(expectation)}`,
  expectation_met: ({ expectation }, name) => `按时完成：${name.expectation(expectation)}`,
  expectation_late: ({ expectation, lateMs }, name) =>
    `逾期 ${exerciseClock(lateMs)} 完成：${name.expectation(expectation)}`,
  expectation_missed: ({ expectation }, name) => `未完成：${name.expectation(expectation)}`,
  expectation_rectified: ({ expectation }, name) => `补做（不计分）：${name.expectation(expectation)}`,
  expectation_wrong: ({ expectation, role }, name) =>
    `${name.role(role)}做法不当：${name.expectation(expectation)}`,
  expectation_voided: ({ expectation }, name) => `不计：${name.expectation(expectation)}`,
  expectation_not_applicable: ({ expectation }, name) => `不适用：${name.expectation(expectation)}`,
  decision_opened: ({ inject, dueMs }, name) =>
    `请求决策：${name.inject(inject)}，限 ${exerciseClock(dueMs)} 前`,
  decision_taken: ({ inject, option, role }, name) =>
    `${name.role(role)}决定：${name.option(inject, option)}（${name.inject(inject)}）`,
  decision_defaulted: ({ inject, option }, name) =>
    `超时，按默认：${name.option(inject, option)}（${name.inject(inject)}）`,
  variable_set: ({ variable, value }, name) => `${name.variable(variable)}变为 ${value}`,
  feature_revealed: ({ feature }, name) => `地图显示：${name.feature(feature)}`,
  document_revealed: ({ document }, name) => `可查阅：${name.document(document)}`,
  resource_arrived: ({ resource, to }, name) => `${name.resource(resource)}到达${name.feature(to)}`,
};

/** What a fact says in the log, on the director's desk and in the dry run. */
export function factSentence<Type extends Fact['type']>(
  fact: Extract<Fact, { type: Type }>,
  name: Naming,
): string {
  return (SENTENCES[fact.type] as (fact: Fact, name: Naming) => string)(fact, name);
}
