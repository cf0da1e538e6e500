/** How a part of a script is filled in: what a form shows, field by field. One renderer draws them all. */

/** What a field chooses from: another list of the script, or what injects, actions and phases are called alike. */
export type PickSource =
  | 'injects'
  | 'expectations'
  | 'phases'
  | 'roles'
  | 'players'
  | 'evaluated'
  | 'orgs'
  | 'storylines'
  | 'objectives'
  | 'clauses'
  | 'resources'
  | 'documents'
  | 'variables'
  | 'map.features'
  | 'points'
  | 'decisions'
  | 'options'
  | 'events';

type Base = {
  /** The key in the part. */
  key: string;
  label: string;
  help?: string;
  /** May be left empty; the key is then left out. */
  optional?: boolean;
};

export type PartField = Base &
  (
    | {
        kind:
          | 'text'
          | 'number'
          | 'duration'
          | 'flag'
          | 'ref'
          | 'value'
          | 'moment'
          | 'points'
          | 'series'
          | 'share';
      }
    | { kind: 'long'; rows?: number }
    /** One entry a line. */
    | { kind: 'lines' }
    | { kind: 'choice'; options: Readonly<Record<string, string>> }
    | { kind: 'choices'; options: Readonly<Record<string, string>> }
    | { kind: 'pick' | 'picks'; from: PickSource }
    | { kind: 'group'; fields: () => readonly PartField[]; make: () => Record<string, unknown> }
    | {
        kind: 'list';
        one: string;
        fields: () => readonly PartField[];
        make: (index: number) => Record<string, unknown>;
      }
    | { kind: 'variant'; variants: () => readonly Variant[] }
    | { kind: 'variants'; one: string; variants: () => readonly Variant[] }
    /** `any`, `all` or how many. */
    | { kind: 'need' }
  );

/** One of several shapes a value may have, told by the key only it has (`is` where that does not do). */
export type Variant = {
  key: string;
  label: string;
  make: () => Record<string, unknown>;
  fields: readonly PartField[];
  is?: (value: Record<string, unknown>) => boolean;
};

/** Which of the shapes a value has; null for none of them. */
export function variantOf(value: unknown, variants: readonly Variant[]): Variant | null {
  if (typeof value !== 'object' || value === null) return null;
  const object = value as Record<string, unknown>;
  return variants.find(({ key, is }) => (is ? is(object) : key in object)) ?? null;
}

/** A list of parts on a page: its columns, its form, how a new one begins. */
export type PartList = {
  path: string;
  title: string;
  /** 条, 项, 个. */
  unit: string;
  /** What one is called: 情景. */
  one: string;
  prefix: string;
  fields: readonly PartField[];
  make: () => Record<string, unknown>;
};

/** What is set once in a script. */
export type PartObject = { path: string; title: string; fields: readonly PartField[] };
