import type { StoredRosterRow } from './roster-plan.ts';
import type { RefusedRow } from './roster.ts';

/** A decided row as the preview shows it: no cipher, no hash. */
export type ShownRow = {
  row: number;
  outcome: string;
  confirmed: boolean;
  name: string;
  idMasked: string;
  category: string;
  place: string;
  unit: string;
  phone: string;
  notes: string[];
  changes: StoredRosterRow['plan']['changes'];
  /** Refused rows: where, what stands there, why, what to do. */
  heading: string;
  shown: string;
  message: string;
};

export function shownRow(row: {
  row: number;
  outcome: string;
  confirmed: boolean;
  decision: Record<string, unknown>;
}): ShownRow {
  const common = { row: row.row, outcome: row.outcome, confirmed: row.confirmed };
  if (row.outcome === 'refused') {
    const { name, heading, shown, message } = row.decision as unknown as RefusedRow;
    const nothing = { idMasked: '', category: '', place: '', unit: '', phone: '', notes: [], changes: [] };
    return { ...common, ...nothing, name, heading, shown, message };
  }
  const { name, idMasked, category, townshipName, unit, phone, notes, plan } =
    row.decision as unknown as StoredRosterRow;
  const shown = {
    place: townshipName ?? '',
    unit,
    phone: phone ?? '',
    notes: notes.map((note) => note.code),
  };
  return {
    ...common,
    name,
    idMasked,
    category,
    ...shown,
    changes: plan.changes,
    heading: '',
    shown: '',
    message: '',
  };
}
