import { numberOf } from './clause-number.ts';
import { titleAndBody } from './plan-reading.ts';
import type { ClauseText } from './plan.ts';

export type StoredClause = ClauseText & { id: string };

/** One correction of the clauses of a draft. */
export type ClauseEdit =
  | ({ act: 'change'; clauseId: string } & ClauseText)
  | { act: 'merge' | 'drop' | 'add'; clauseId: string }
  /** From this line of the body on (counted from 0, so at least 1) it becomes a clause of its own. */
  | { act: 'split'; clauseId: string; line: number };

export type EditReason = 'clause_gone' | 'clause_first' | 'split_nowhere';

/** The clauses after a correction, or why it cannot be made. `newId` names the clause that comes in. */
export function editedClauses(
  clauses: readonly StoredClause[],
  edit: ClauseEdit,
  newId: string,
): StoredClause[] | EditReason {
  const at = clauses.findIndex(({ id }) => id === edit.clauseId);
  const clause = clauses[at];
  if (!clause) return 'clause_gone';
  const before = clauses.slice(0, at);
  const after = clauses.slice(at + 1);
  switch (edit.act) {
    case 'change': {
      const { no, title, body, depth } = edit;
      return [...before, { id: clause.id, no, title, body, depth }, ...after];
    }
    case 'drop':
      return [...before, ...after];
    case 'add':
      return [...before, clause, { id: newId, no: '', title: '', body: '', depth: clause.depth }, ...after];
    case 'merge': {
      const above = before.at(-1);
      if (!above) return 'clause_first';
      const words = [above.body, `${clause.no} ${clause.title}`.trim(), clause.body];
      const body = words.filter((part) => part !== '').join('\n');
      return [...before.slice(0, -1), { ...above, body }, ...after];
    }
    case 'split': {
      const lines = clause.body.split('\n');
      if (edit.line < 1 || edit.line >= lines.length) return 'split_nowhere';
      const head = { ...clause, body: lines.slice(0, edit.line).join('\n') };
      const [first = '', ...rest] = lines.slice(edit.line);
      return [...before, head, { ...clauseOf(first, rest, clause.depth), id: newId }, ...after];
    }
  }
}

/** A clause from its lines: a number at the beginning of the first is its number. */
function clauseOf(first: string, rest: readonly string[], depth: number): ClauseText {
  const paragraph = { kind: 'paragraph', text: first, heading: null } as const;
  const found = numberOf(paragraph, 'article') ?? numberOf(paragraph, 'decimal');
  const { title, body } = titleAndBody(found?.rest ?? first);
  const lines = [body, ...rest].filter((line) => line !== '').join('\n');
  return { no: found?.no ?? '', title, body: lines, depth: found?.depth || depth };
}
