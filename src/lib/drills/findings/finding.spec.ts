import { getShortestPaths } from 'xstate/graph';
import { describe, expect, it } from 'vitest';
import { FINDING_MOVES, FINDING_STATE_NAMES, findingMachine, stateAfter } from './finding.machine.ts';
import { isOverdue, reasonsNotToMove, type Asked, type FindingFacts } from './finding.ts';

const facts = (change: Partial<FindingFacts>): FindingFacts => ({
  state: 'open',
  severity: 'correction',
  needsPlanRevision: false,
  planVersionId: null,
  revisionWaivedBy: null,
  submittedBy: 'unit',
  verifiedBy: null,
  retestRunId: null,
  ...change,
});
const asked = (change: Partial<Asked>): Asked => ({
  move: 'ACCEPT',
  by: 'bureau',
  text: '已补充值班电话',
  signer: '王局长',
  proofs: 1,
  ...change,
});

describe('the life of a finding', () => {
  it('reaches every state, and no other', () => {
    const paths = getShortestPaths(findingMachine, {
      events: FINDING_MOVES.map((type) => ({ type })),
      serializeState: ({ value }) => String(value),
    });
    const reached = new Set(paths.map(({ state }) => String(state.value)));
    expect([...reached].sort()).toEqual([...FINDING_STATE_NAMES].sort());
  });

  it('is settled only by verification or waiver, and can always be opened again', () => {
    expect(stateAfter('in_progress', 'VERIFY')).toBeNull();
    expect(stateAfter('submitted', 'CLOSE')).toBeNull();
    for (const state of ['verified', 'closed', 'waived'] as const)
      expect(stateAfter(state, 'REOPEN')).toBe('reopened');
    expect(stateAfter('submitted', 'RETURN')).toBe('in_progress');
  });
});

describe('a move', () => {
  it('names everything that stands against it', () => {
    expect(reasonsNotToMove(facts({}), asked({}))).toEqual([]);
    expect(
      reasonsNotToMove(facts({ state: 'in_progress' }), asked({ move: 'SUBMIT', text: '', proofs: 0 })),
    ).toEqual(['remedy_missing', 'proof_missing']);
    expect(reasonsNotToMove(facts({}), asked({ move: 'WAIVE', text: '', signer: '' }))).toEqual([
      'reason_missing',
      'signer_missing',
    ]);
    expect(reasonsNotToMove(facts({ state: 'closed' }), asked({}))).toEqual(['finding_moved']);
  });

  it('is verified by somebody else than who put it right', () => {
    const submitted = facts({ state: 'submitted' });
    expect(reasonsNotToMove(submitted, asked({ move: 'VERIFY', by: 'unit' }))).toEqual([
      'verifier_submitted',
    ]);
    expect(reasonsNotToMove(submitted, asked({ move: 'VERIFY' }))).toEqual([]);
  });

  it('closes 不足项 after a re-test, and what needs another plan after that is settled', () => {
    const verified = facts({ state: 'verified', severity: 'deficiency', needsPlanRevision: true });
    const close = asked({ move: 'CLOSE' });
    expect(reasonsNotToMove(verified, close)).toEqual(['retest_missing', 'revision_unsettled']);
    expect(reasonsNotToMove({ ...verified, retestRunId: 'r', revisionWaivedBy: '王局长' }, close)).toEqual(
      [],
    );
    expect(reasonsNotToMove({ ...verified, retestRunId: 'r', planVersionId: 'p' }, close)).toEqual([]);
  });
});

it('is overdue the day after, and only while the unit has it', () => {
  expect(isOverdue({ state: 'open', dueOn: '2026-03-10' }, '2026-03-10')).toBe(false);
  expect(isOverdue({ state: 'open', dueOn: '2026-03-10' }, '2026-03-11')).toBe(true);
  for (const state of ['submitted', 'verified', 'closed', 'waived'] as const)
    expect(isOverdue({ state, dueOn: '2026-03-10' }, '2026-03-11')).toBe(false);
});
