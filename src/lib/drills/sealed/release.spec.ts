import { describe, expect, it } from 'vitest';
import {
  RELEASE_ITEMS,
  RELEASE_PARTS,
  RELEASE_STAGES,
  released,
  type Knower,
  type ReleaseItem,
  type ReleasePart,
} from './release.ts';

const somebody = (part: ReleasePart, more: Partial<Knower> = {}): Knower => ({
  part,
  signed: true,
  needsStart: false,
  needsScenario: false,
  isHost: false,
  scoresLive: false,
  ...more,
});

const LETTERS: Record<string, string> = {
  none: '.',
  blob: 'b',
  activity: 'v',
  without_unit: 'w',
  as_injected: 'i',
  by_channel: 'c',
  own_unit: 'u',
  own_team: 't',
  own_sheet: 's',
  selected: 'e',
  draft: 'd',
  full: 'F',
};

/** One letter a stage: preparing, drawn, near, started, first inject, ended, hot wash, published. */
const line = (item: ReleaseItem, knower: Knower) =>
  RELEASE_STAGES.map((stage) => LETTERS[released(item, knower, stage)]).join('');

/** Columns: player, outsider, trusted, director, evaluator, observer, administrator. */
const WHOLE: Record<ReleaseItem, string> = {
  existence: '....FFFF ....FFFF FFFFFFFF FFFFFFFF wwFFFFFF ..vvFFFF bbbbbbbb',
  start: '....FFFF ....FFFF ....FFFF ...FFFFF ..FFFFFF ..FFFFFF ........',
  unit_place: '....FFFF ....FFFF ........ .FFFFFFF ..FFFFFF ..FFFFFF ........',
  scenario: '....iiii ....iiii ........ FFFFFFFF ...FFFFF ....iiii ........',
  injects: '.....FFF .....FFF ........ FFFFFFFF uuuuuuuu ........ ........',
  expectations: '.....FFF .....FFF ........ FFFFFFFF uuuuuuuu .....FFF ........',
  sheets: '.....FFF .....FFF ........ FFFFFFFF FFFFFFFF .....FFF ........',
  evaluators: '.....FFF .....FFF ........ FFFFFFFF tttttttt .....FFF ........',
  own_scores: '.......F .......F ........ .......F ...sssss ........ ........',
  others_traffic: '....cccc ........ ........ ...FFFFF ...uuuuu ...eeeee ........',
  findings: '.......F .......F .......F FFFFFFFF dddddddF .......F .......F',
};

describe('who may know what, until when', () => {
  it.each(RELEASE_ITEMS)('%s', (item) => {
    expect(RELEASE_PARTS.map((part) => line(item, somebody(part))).join(' ')).toBe(WHOLE[item]);
  });

  it('tells trusted people nothing before they sign, and then what they need', () => {
    const items = RELEASE_ITEMS.filter((item) => item !== 'findings' && item !== 'start');
    for (const item of items)
      expect(line(item, somebody('trusted', { signed: false, needsScenario: true, isHost: true }))).toBe(
        '........',
      );
    expect(line('start', somebody('trusted', { signed: false, needsStart: true }))).toBe('....FFFF');
    expect(line('start', somebody('trusted', { needsStart: true }))).toBe('.FFFFFFF');
    expect(line('scenario', somebody('trusted', { needsScenario: true }))).toBe('FFFFFFFF');
    expect(line('unit_place', somebody('trusted', { isHost: true }))).toBe('.FFFFFFF');
  });

  it('tells the director the start when drawn, unless it is to stay sealed; live scores by option', () => {
    expect(line('start', somebody('director', { needsStart: true }))).toBe('.FFFFFFF');
    expect(line('own_scores', somebody('director', { scoresLive: true }))).toBe('...FFFFF');
    expect(line('own_scores', somebody('player', { scoresLive: true }))).toBe('.......F');
  });

  it('gives an evaluator the scenario at assignment where the drill says so', () => {
    expect(line('scenario', somebody('evaluator', { needsScenario: true }))).toBe('FFFFFFFF');
  });

  it('gives players, outsiders and observers nothing at all before their moment, whatever else holds', () => {
    const eager = { signed: true, needsStart: true, needsScenario: true, isHost: true, scoresLive: true };
    for (const part of ['player', 'outsider'] as const)
      for (const item of RELEASE_ITEMS) expect(line(item, somebody(part, eager)).slice(0, 4)).toBe('....');
    for (const item of RELEASE_ITEMS) expect(line(item, somebody('observer', eager)).slice(0, 2)).toBe('..');
  });
});
