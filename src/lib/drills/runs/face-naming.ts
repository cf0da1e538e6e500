import type { Naming } from './fact-copy.ts';
import type { Face } from './face.ts';
import type { Shown, ShownInject } from './visible.ts';

/** The names a seat knows: of its face, and of the injects that have reached it. */
export function faceNaming(face: Face, shown: readonly Shown[]): Naming {
  const injects = new Map<string, ShownInject>();
  for (const { body } of shown) if (body.kind === 'inject') injects.set(body.inject.id, body.inject);
  const named = (parts: readonly { id: string; name: string }[]) => {
    const names = new Map(parts.map(({ id, name }) => [id, name]));
    return (id: string) => names.get(id) ?? id;
  };
  const titled = (parts: readonly { id: string; title: string }[]) =>
    named(parts.map(({ id, title }) => ({ id, name: title })));
  return {
    inject: (id) => injects.get(id)?.title ?? id,
    expectation: titled(face.expectations),
    phase: titled(face.phases),
    // One's own roles stand apart: those that judge or watch are in nobody's address book.
    role: named([...face.roles, ...face.own]),
    option: (inject, option) =>
      injects.get(inject)?.decision?.options.find(({ id }) => id === option)?.label ?? option,
    variable: named(face.variables),
    feature: named(face.map.features),
    document: titled(face.documents),
    resource: named(face.resources),
  };
}
