import { describe, expect, it } from 'vitest';
import { exampleScript } from '../../../../tests/drills/example-script.ts';
import { findingSentence } from './lint-copy.ts';
import { lintScript } from './lint.ts';
import type { Script } from './script.ts';

/** What the lint says of the example after a change. */
function findingsAfter(change: (script: Script) => void): string[] {
  const script = exampleScript();
  change(script);
  return lintScript(script).findings.map(({ code, path }) => `${code} ${path}`);
}

describe('a script is refused, with the place named', () => {
  it('when it names what is not there', () => {
    expect(
      findingsAfter((script) => (script.expectations[0]!.opensOn = { of: 'gone', is: 'released' })),
    ).toEqual(['unknown_ref expectations.0.opensOn']);
    expect(findingsAfter((script) => (script.injects[1]!.to = [{ org: 'gone' }]))).toContain(
      'unknown_ref injects.1.to',
    );
    expect(findingsAfter((script) => (script.resources[0]!.at = 'gone'))).toEqual([
      'unknown_ref resources.0.at',
    ]);
  });

  it('when what it waits for cannot happen to such a part', () => {
    expect(
      findingsAfter((script) => (script.expectations[0]!.opensOn = { of: 'i-rain', is: 'met' })),
    ).toEqual(['wrong_happened expectations.0.opensOn']);
  });

  it('when its phases would turn in a circle for ever', () => {
    const findings = findingsAfter((script) => {
      const road = { when: { var: 'road', cmp: '=' as const, value: 'cut' }, label: '断路' };
      script.phases[1]!.exits.push({ ...road, to: 'move' });
      script.phases[2]!.exits.push({ ...road, to: 'respond' });
    });
    expect(findings).toEqual(['endless_exits phases.1']);
  });

  it('but not when the circle takes time', () => {
    const findings = findingsAfter((script) => {
      const later = { elapsed: 'PT5M', since: { of: 'move', is: 'entered' as const } };
      script.phases[1]!.exits.push({
        when: { var: 'road', cmp: '=', value: 'cut' },
        to: 'move',
        label: '断路',
      });
      script.phases[2]!.exits.push({ when: later, to: 'respond', label: '再议' });
    });
    expect(findings).toEqual([]);
  });

  it('when weights do not add up to 100', () => {
    expect(findingsAfter((script) => (script.evaluation.sheets[0]!.categories[0]!.weight = 30))).toEqual([
      'weights_not_100 evaluation.sheets.0',
    ]);
  });

  it('when a phase cannot be reached, an inject never released, an action never opened', () => {
    const findings = findingsAfter((script) => {
      script.phases[1]!.exits = script.phases[1]!.exits.filter(({ to }) => to !== 'move');
    });
    expect(findings).toEqual([
      'phase_unreachable phases.2',
      'never_opens expectations.2',
      'never_opens expectations.3',
    ]);
  });

  it('when a phase has no way out', () => {
    expect(findingsAfter((script) => (script.phases[3]!.final = false))).toEqual(['no_way_out phases.3']);
  });

  it('when parts wait for each other', () => {
    const findings = findingsAfter((script) => {
      script.injects[0]!.trigger = { after: { of: 'i-extra', is: 'released' } };
      script.injects[4]!.trigger = { after: { of: 'i-rain', is: 'acked' } };
    });
    expect(findings[0]).toBe('depends_on_itself injects.0');
  });

  it('when somebody who does not play should act, or nobody can', () => {
    expect(findingsAfter((script) => (script.expectations[0]!.by.roles = ['watch']))).toEqual([
      'doer_not_player expectations.0.by.roles',
      'cannot_do expectations.0.evidence.0',
    ]);
    expect(findingsAfter((script) => (script.documents[0]!.visibleTo = ['head']))).toEqual([
      'cannot_do expectations.0.evidence.0',
    ]);
  });

  it('when an action that the log scores is on no sheet', () => {
    expect(
      findingsAfter((script) => (script.evaluation.sheets[0]!.categories[0]!.items[0]!.expectations = [])),
    ).toEqual(['not_scored expectations.0']);
  });

  it('when two parts have one name', () => {
    expect(findingsAfter((script) => (script.injects[1]!.id = 'warn'))).toContain('duplicate_id phases.0.id');
  });

  it('when a blind drill shows its script', () => {
    expect(findingsAfter((script) => (script.blind = { notice: 'none', script: 'outline' }))).toEqual([
      'blind_open blind.script',
    ]);
  });
});

/** A script as a stranger may send it. */
type Loose = { injects: Record<string, unknown>[]; phases: { exits: Record<string, unknown>[] }[] };

describe('a script is not even read', () => {
  const findings = (change: (script: Loose) => void) => {
    const script = exampleScript() as unknown as Loose;
    change(script);
    return lintScript(script).findings.map((finding) => findingSentence(finding));
  };

  it('with code in a condition', () => {
    const [finding] = lintScript({
      ...exampleScript(),
      phases: [{ id: 'a', title: '甲', exits: [{ when: 'process.exit()', to: 'a', label: '乙' }] }],
    }).findings;
    expect(finding).toMatchObject({
      code: 'unreadable',
      path: expect.stringContaining('phases.0.exits.0.when'),
    });
  });

  it('with two triggers on one inject, a wrong duration or an unknown key', () => {
    expect(findings((script) => (script.injects[0]!.trigger = { at: 'PT1M', manual: true }))[0]).toContain(
      'injects.0.trigger',
    );
    expect(findings((script) => (script.injects[0]!.trigger = { at: '5 分钟' }))[0]).toContain(
      'injects.0.trigger',
    );
    expect(findings((script) => (script.injects[0]!.run = 'x'))[0]).toContain('injects.0.run');
  });

  it('with conditions nested beyond reason', () => {
    let condition: unknown = { ref: { of: 'warn', is: 'entered' } };
    for (let depth = 0; depth < 5_000; depth++) condition = { not: condition };
    expect(findings((script) => (script.phases[0]!.exits[0]!.when = condition))).toEqual([
      '条件嵌套过深，请拆成几条',
    ]);
  });
});
