import { BLANK, type PlanParameter, type PlanText } from './plan.ts';

/** `{{name|default|unit|source}}` where it is first met, `{{name}}` afterwards. */
const PARAMETER = /\{\{([a-z0-9_]+)(?:\|([^|{}]*)\|([^|{}]*)\|([^|{}]*))?\}\}/g;

/** Every piece of text of a plan, changed by `change`; numbers stay. */
export function mapTexts(text: PlanText, change: (words: string) => string): PlanText {
  const every = <Row extends Record<string, string>>(row: Row): Row =>
    Object.fromEntries(Object.entries(row).map(([key, words]) => [key, change(words)])) as Row;
  return {
    clauses: text.clauses.map((clause) => ({
      ...clause,
      title: change(clause.title),
      body: change(clause.body),
    })),
    responses: text.responses.map(every),
    duties: text.duties.map(every),
    contacts: text.contacts.map(every),
    cards: text.cards.map((card) => ({
      title: change(card.title),
      trigger: change(card.trigger),
      steps: card.steps.map(change),
      report: change(card.report),
      never: card.never.map(change),
      clause: card.clause,
    })),
    basis: text.basis,
  };
}

/** The parameters of a text in the order in which they are met; the value is the default. */
export function parametersOf(text: PlanText): PlanParameter[] {
  const found = new Map<string, PlanParameter>();
  mapTexts(text, (words) => {
    for (const [, name, value, unit, source] of words.matchAll(PARAMETER)) {
      const known = found.get(name!);
      if (!known)
        found.set(name!, { name: name!, value: value ?? '', unit: unit ?? '', source: source ?? '' });
      // A short mention may stand before the full one, in a title.
      else if (source !== undefined && known.source === '')
        found.set(name!, { name: name!, value: value!, unit: unit!, source });
    }
    return words;
  });
  return [...found.values()];
}

/** The text with its parameters in place: value and unit, or a line to write on where there is no value. */
export function withParameters(text: PlanText, parameters: readonly PlanParameter[]): PlanText {
  const values = new Map(parameters.map((one) => [one.name, one]));
  return mapTexts(text, (words) =>
    words.replace(PARAMETER, (_, name: string) => {
      const { value = '', unit = '' } = values.get(name) ?? {};
      const written = value.trim() === '' ? BLANK : value.trim();
      return unit !== '' && written.endsWith(unit) ? written : written + unit;
    }),
  );
}

/** Where a parameter is met first, for the form that asks for it: the clause, and the words around it. */
export type ParameterPlace = { no: string; words: string; before: string; after: string };

/** Characters shown on either side. */
const AROUND = 16;

export function placesOfParameters(text: PlanText): Map<string, ParameterPlace> {
  const places = new Map<string, ParameterPlace>();
  const bare = (words: string) => words.replace(PARAMETER, '…').replaceAll('\n', ' ');
  for (const { no, title, body } of text.clauses)
    for (const match of body.matchAll(PARAMETER)) {
      const name = match[1]!;
      if (places.has(name)) continue;
      const before = Array.from(bare(body.slice(0, match.index)))
        .slice(-AROUND)
        .join('');
      const after = Array.from(bare(body.slice(match.index + match[0].length)))
        .slice(0, AROUND)
        .join('');
      places.set(name, { no, words: title, before, after });
    }
  return places;
}
