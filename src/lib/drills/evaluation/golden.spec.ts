import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gradesAfter, stateHash, unpacked } from '../../../../tests/drills/golden/driver.ts';
import { namingOf } from '../runs/fact-copy.ts';
import { foldAll } from '../runs/run.ts';
import { lanesOf, playedTo, Replay, situationOf } from './replay.ts';
import { factsOf } from './report.ts';
import { basicFacts, draftTexts, processLines, reportTables } from './report-copy.ts';

const FOLDER = 'tests/drills/golden';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json.gz'));
const goldenOf = (file: string) => unpacked(readFileSync(`${FOLDER}/${file}`));

describe.each(files)('the recorded run %s', (file) => {
  const golden = goldenOf(file);
  const { script, entries } = golden;

  it('folds to the state and the grade it had when it was recorded', () => {
    const run = foldAll(script, entries);
    expect(stateHash(run)).toBe(golden.stateHash);
    expect(gradesAfter(script, run, entries)).toEqual(golden.grades);
  });

  it('replays at any place to what folding so far gives, forwards and backwards', () => {
    const replay = new Replay(script, entries);
    const places = [entries.length, 1, Math.floor(entries.length / 2), 30, 0, entries.length - 1];
    for (const seq of places)
      expect(stateHash(replay.runAt(seq))).toBe(stateHash(foldAll(script, entries.slice(0, seq))));
    for (const entry of entries.filter((_, at) => at % 17 === 0)) {
      const seq = replay.seqAt(entry.atMs);
      expect(entries[seq - 1]!.atMs).toBe(entry.atMs);
      expect(entries[seq]?.atMs ?? Infinity).toBeGreaterThan(entry.atMs);
    }
  });

  it('shows a player in replay nothing that was not shown live', () => {
    const replay = new Replay(script, entries);
    const player = script.roles.find(({ group }) => group === 'player')!.id;
    const seat = { id: `seat-${player}`, name: '', roles: [player] };
    const seen = replay.seenBy(seat, entries.length);
    expect(seen.length).toBeGreaterThan(0);
    const kinds = new Set(seen.map(({ body }) => body.kind));
    expect(kinds.has('entry')).toBe(false);
    const early = replay.seenBy(seat, Math.floor(entries.length / 2));
    expect(JSON.stringify(seen.slice(0, early.length))).toBe(JSON.stringify(early));
  });

  it('fills the lanes and the report', () => {
    const run = foldAll(script, entries);
    const { state } = run.snapshot;
    const lanes = lanesOf(state, entries, namingOf(script, state.added));
    const opened = Object.values(state.expectations).filter(({ openedMs }) => openedMs !== null);
    expect(lanes.find(({ id }) => id === 'expectations')!.marks).toHaveLength(opened.length);
    expect(situationOf(script, run)).toMatchObject({ open: [] });
    const told = { script, state, entries, grades: golden.grades, seats: [] };
    const facts = {
      ...factsOf(told),
      ...{ title: '演练', form: 'tabletop', content: 'single', place: '会亭镇', heldOn: '2026-03-02' },
      ...{ scriptHash: 'h', logSeq: entries.length, logHash: 'l' },
    };
    expect(facts.timings).toHaveLength(script.expectations.length);
    const words = JSON.stringify([
      basicFacts(facts),
      processLines(facts),
      draftTexts(facts),
      reportTables(facts),
    ]);
    for (const never of ['undefined', 'NaN', 'Infinity', '[object']) expect(words).not.toContain(never);
  });
});

it('there are three of them', () => expect(files).toHaveLength(3));

it('playing stops at the end', () => {
  expect(playedTo(1_000, 2_000, 10, 60_000)).toBe(21_000);
  expect(playedTo(50_000, 2_000, 10, 60_000)).toBe(60_000);
});
