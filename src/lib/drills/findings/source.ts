import type { Entry } from '../runs/run-log.ts';
import type { RunState } from '../runs/run-state.ts';
import type { Script } from '../scripts/script.ts';
import { expectationFactor, type GradeResult } from '../evaluation/grade.ts';
import { EXPECTATION_WORDS, shareText } from '../evaluation/report-copy.ts';
import { textFor } from './copy.ts';
import type { FindingKind, Severity } from './finding.ts';

/** Where a problem shows in a run: an expected action, an item of a sheet, an entry of the log, or nowhere. */

/** What the form begins with. */
export type Proposal = {
  source: string;
  text: string;
  kind: FindingKind;
  severity: Severity;
  /** `plan key` and clause number, joined by a space; empty for none. */
  clause: string;
  unit: string;
  owner: string;
};

export type Shown = { script: Script; state: RunState; entries: readonly Entry[]; unit: GradeResult };

/** The clauses a script cites, each under one name. */
export function clauseChoices(script: Script): { id: string; value: string; label: string }[] {
  return script.plans.flatMap((plan) =>
    plan.clauses.map(({ id, no, title }) => ({
      id,
      value: `${plan.id} ${no}`,
      label: `《${plan.title}》${no} ${title}`,
    })),
  );
}

/** What the form begins with for a source; null when the run has nothing of this name. */
export function proposalFor(shown: Shown, source: string): Proposal | null {
  const [kind, id] = [source.slice(0, source.indexOf(':')), source.slice(source.indexOf(':') + 1)];
  if (kind === 'expectation') return fromExpectation(shown, id);
  if (kind === 'item') return fromItem(shown, id);
  return kind === 'entry' ? fromEntry(shown, Number(id)) : null;
}

/** Everything in a run that was not done or came out at nothing: what goes onto the ledger in one press. */
export function missedSources({ script, state, unit }: Shown): string[] {
  const late = ['missed', 'rectified', 'late'];
  const actions = script.expectations.filter(({ id }) => late.includes(state.expectations[id]?.state ?? ''));
  const taken = new Set(actions.map(({ id }) => id));
  const items = script.evaluation.sheets.flatMap((sheet) =>
    sheet.categories
      .flatMap((category) => category.items)
      .filter((item) => {
        const grade = unit.items.find((each) => each.sheet === sheet.id && each.id === item.id);
        const isTold = (item.expectations ?? []).some((id) => taken.has(id));
        return grade?.factor !== undefined && grade.factor !== null && grade.factor < 0.6 && !isTold;
      })
      .map(({ id }) => `item:${sheet.id}/${id}`),
  );
  return [...actions.map(({ id }) => `expectation:${id}`), ...items];
}

function clauseOf(script: Script, clause: string | undefined): string {
  return clauseChoices(script).find(({ id }) => id === clause)?.value ?? '';
}

function fromExpectation({ script, state }: Shown, id: string): Proposal | null {
  const expectation = script.expectations.find((each) => each.id === id);
  const now = state.expectations[id];
  if (!expectation || !now) return null;
  const isMissed = expectationFactor(expectation, now) === 0;
  const roles = script.roles.filter((role) => expectation.by.roles.includes(role.id));
  const isGrave = expectation.critical === true || expectation.veto === true;
  return {
    source: `expectation:${id}`,
    text: textFor({ kind: 'expectation', title: expectation.title, word: EXPECTATION_WORDS[now.state] }),
    kind: 'people',
    severity: isMissed ? (isGrave ? 'deficiency' : 'correction') : 'improvement',
    clause: clauseOf(script, expectation.clause),
    unit: unitOf(script, roles[0]?.org),
    owner: roles.map(({ name }) => name).join('、'),
  };
}

function fromItem({ script, unit }: Shown, name: string): Proposal | null {
  const [sheetId, itemId] = name.split('/');
  const item = script.evaluation.sheets
    .find(({ id }) => id === sheetId)
    ?.categories.flatMap(({ items }) => items)
    .find(({ id }) => id === itemId);
  if (!item) return null;
  const factor = unit.items.find((each) => each.sheet === sheetId && each.id === itemId)?.factor ?? null;
  const { code, indicator } = item;
  return {
    source: `item:${name}`,
    text: textFor({ kind: 'item', code, indicator, share: shareText(factor) }),
    kind: 'mechanism',
    severity: factor !== 0 ? 'improvement' : item.veto === true ? 'deficiency' : 'correction',
    clause: clauseOf(script, item.clause),
    unit: unitOf(script, undefined),
    owner: '',
  };
}

function fromEntry({ script, entries }: Shown, seq: number): Proposal | null {
  const entry = entries.find((each) => each.seq === seq);
  if (entry?.body.kind !== 'observed') return null;
  const { about, text } = entry.body;
  const role = script.roles.find(({ id }) => id === about);
  return {
    source: `entry:${seq}`,
    text: textFor({ kind: 'entry', text }),
    kind: 'organization',
    severity: 'improvement',
    clause: '',
    unit: unitOf(script, role?.org),
    owner: role?.name ?? '',
  };
}

/** The unit of a role; with a single playing unit, that one. */
function unitOf(script: Script, org: string | undefined): string {
  const playing = script.orgs.filter(({ id }) =>
    script.roles.some((role) => role.org === id && role.group === 'player'),
  );
  return script.orgs.find(({ id }) => id === org)?.name ?? (playing.length === 1 ? playing[0]!.name : '');
}
