import { describe, expect, it } from 'vitest';
import { modelScriptFiles } from '#seeds/reference/scripts.ts';
import { exampleScript } from '#tests/drills/example-script.ts';
import { flowOf, NODE_HEIGHT, NODE_WIDTH } from './flow.ts';
import type { Script } from './script.ts';

describe('the drawing of a script', () => {
  const flow = flowOf(exampleScript());
  const edge = (from: string, to: string) =>
    flow.edges.filter((each) => each.from === from && each.to === to);

  it('joins what brings about what', () => {
    expect(edge('i-rain', 'e-report')).toMatchObject([{ happened: 'released', isFallback: false }]);
    expect(edge('e-report', 'i-press')).toMatchObject([{ happened: 'missed', isFallback: true }]);
    expect(edge('i-ask', 'move')).toMatchObject([{ option: { inject: 'i-ask', id: 'move' } }]);
    expect(edge('warn', 'respond').map(({ label, isFallback }) => [label, isFallback])).toEqual([
      ['已报告', false],
      ['', true],
    ]);
  });

  it('stands at the time of the first dry run in which a part comes', () => {
    const at = (id: string) => flow.nodes.find((node) => node.id === id)!.atMs;
    expect(at('warn')).toBe(0);
    expect(at('i-rain')).toBe(120_000);
    expect(Math.floor(at('i-press')! / 60_000)).toBe(12);
  });

  it.each(modelScriptFiles())('shows every part of $file once, none on top of another', ({ draft }) => {
    const script = draft as Script;
    const { nodes, edges, lanes } = flowOf(script);
    expect(nodes.map(({ id }) => id).sort()).toEqual(
      [...script.phases, ...script.injects, ...script.expectations].map(({ id }) => id).sort(),
    );
    const ids = new Set(nodes.map(({ id }) => id));
    expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    for (const [index, one] of nodes.entries())
      for (const other of nodes.slice(index + 1))
        expect(Math.abs(one.x - other.x) >= NODE_WIDTH || Math.abs(one.y - other.y) >= NODE_HEIGHT).toBe(
          true,
        );
    expect(lanes).toHaveLength(script.storylines.length + 1);
  });
});
