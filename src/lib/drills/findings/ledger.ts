import { FINDING_STATE_NAMES, type FindingState } from './finding.machine.ts';

/** What the ledger is asked for by its address. */
export const LEDGER_VIEWS = ['unsettled', 'overdue', 'submitted', 'deficiency', 'settled', 'all'] as const;
export type LedgerView = (typeof LEDGER_VIEWS)[number];

export type LedgerFilter = {
  view: LedgerView;
  state: FindingState | '';
  /** Division that has to put it right, with everything below it. */
  place: string;
  unit: string;
  drill: string;
};

/** Reads the filter from an address; what is not understood is left out. */
export function ledgerFilter(query: { get(name: string): string | null }): LedgerFilter {
  const asked = (name: string) => query.get(name)?.trim().slice(0, 100) ?? '';
  const view = LEDGER_VIEWS.find((each) => each === asked('view'));
  const state = FINDING_STATE_NAMES.find((each) => each === asked('state'));
  return {
    // One drill's findings are asked for whole.
    view: view ?? (asked('drill') === '' ? 'unsettled' : 'all'),
    state: state ?? '',
    place: asked('place'),
    unit: asked('unit'),
    drill: asked('drill'),
  };
}
