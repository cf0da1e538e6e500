import { labelOf, optionsOf, partsAt, type Draft, type Part } from './draft.ts';
import type { PickSource } from './part-field.ts';

/** What a field may choose from, in the order of the script. */
export type PickChoice = { value: string; label: string };

/** `holder` is the object the field stands in: the options of a decision are those of the inject it names. */
export function choicesOf(
  draft: Draft,
  from: PickSource,
  holder: Record<string, unknown>,
  part: Record<string, unknown>,
): PickChoice[] {
  switch (from) {
    case 'players':
      return named(partsAt(draft, 'roles').filter(({ group }) => group === 'player'));
    case 'clauses':
      return partsAt(draft, 'plans').flatMap(clausesOf);
    case 'points':
      return named(partsAt(draft, 'map.features').filter(isPoint));
    case 'decisions':
      return named(partsAt(draft, 'injects').filter((inject) => optionsOf(inject).length > 0));
    case 'options':
      return optionsFor(draft, holder, part);
    case 'events':
      return ['injects', 'expectations', 'phases'].flatMap((path) => named(partsAt(draft, path)));
    default:
      return named(partsAt(draft, from));
  }
}

const named = (parts: readonly Part[]): PickChoice[] =>
  parts.map((part) => ({ value: part.id, label: labelOf(part) }));

const isPoint = ({ points }: Part) => Array.isArray(points) && points.length === 1;

function clausesOf(plan: Part): PickChoice[] {
  if (!Array.isArray(plan.clauses)) return [];
  return (plan.clauses as Record<string, unknown>[]).map(({ id, no, title }) => ({
    value: String(id),
    label: `${labelOf(plan)} ${String(no ?? '')} ${String(title ?? '')}`,
  }));
}

/** Inside a decision its own options; beside the name of one, that one's. */
function optionsFor(
  draft: Draft,
  holder: Record<string, unknown>,
  part: Record<string, unknown>,
): PickChoice[] {
  const source =
    Array.isArray(holder.options) && 'decider' in holder
      ? part
      : partsAt(draft, 'injects').find(({ id }) => id === holder.decision);
  return optionsOf(source).map(({ id, label }) => ({ value: id, label: label || id }));
}

/** The kinds of thing that can happen to the part a reference names. */
export function happenedTo(draft: Draft, id: string): readonly string[] {
  const has = (path: string) => partsAt(draft, path).some((part) => part.id === id);
  if (has('injects')) return ['released', 'acked', 'skipped', 'expired'];
  if (has('expectations')) return ['met', 'late', 'missed'];
  return has('phases') ? ['entered', 'exited'] : [];
}
