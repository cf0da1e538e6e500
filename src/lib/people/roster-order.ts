import type { PlannedPlace } from './roster-plan.ts';

type Row = { row: number; decision: Record<string, unknown> };

/**
 * Rows in the order in which they are committed: place by place, so that a slice of them touches few
 * places of the register and of its indexes, which is most of what an import costs. All rows of one person
 * stand together, in file order, where the first of them belongs; refused rows stand last.
 */
export function inPlaceOrder<Of extends Row>(rows: readonly Of[]): Of[] {
  const firstRows = new Map<string, Of>();
  for (const row of rows) {
    const person = personOf(row);
    if (person !== null && !firstRows.has(person)) firstRows.set(person, row);
  }
  const keyed = rows.map((row) => {
    const person = personOf(row);
    const first = person === null ? null : firstRows.get(person)!;
    return { row, place: first && placeOf(first), first: first?.row ?? 0 };
  });
  keyed.sort((a, b) => byPlace(a.place, b.place) || a.first - b.first || a.row.row - b.row.row);
  return keyed.map(({ row }) => row);
}

function personOf({ decision }: Row): string | null {
  return typeof decision.idHash === 'string' ? decision.idHash : null;
}

function placeOf({ decision }: Row): string {
  const { parentId, village } = decision.place as PlannedPlace;
  return `${parentId}|${village ?? ''}`;
}

/** By code point, as both engines order text; what has no place is last. */
function byPlace(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
