import { describe, expect, it } from 'vitest';
import { makeFixtureRun } from '../../tests/fixtureRun.ts';
import { criticalRanks, EMPHASIS, emphasisOf, type Focus, lanesOf, litEdges } from './relations.ts';

const run = makeFixtureRun({ transactions: 80, hotPermille: 500 });
const nothing: Focus = { tx: null, key: null, hoverTx: null, hoverKey: null, writerTx: null };

describe('relations', () => {
  it('numbers the critical path from 1 and nothing else', () => {
    const ranks = criticalRanks(run.graph, 80);
    expect(ranks[run.graph.criticalPath[0]!]).toBe(1);
    expect(ranks.filter((rank) => rank > 0).length).toBe(run.graph.criticalPath.length);
  });

  it('gives every transaction the lane of its module', () => {
    const { lane, modules } = lanesOf(run);
    expect(modules).toEqual(['amm', 'bank']);
    expect(Array.from(lane, (place) => modules[place])).toEqual(run.transactions.map(({ module }) => module));
  });

  it('lights nothing when nothing is pointed at', () => {
    const into = new Uint8Array(80).fill(9);
    emphasisOf(run.graph, nothing, litEdges(run.graph, nothing), into);
    expect([...new Set(into)]).toEqual([EMPHASIS.none]);
  });

  it('lights a hot key, its transactions and edges, and fades the rest', () => {
    const key = run.graph.hotKeys[0]!.key;
    const focus = { ...nothing, hoverKey: key };
    const lit = litEdges(run.graph, focus);
    expect(lit.length).toBeGreaterThan(0);
    expect(lit.every((edge) => run.graph.key[edge] === key)).toBe(true);
    const into = new Uint8Array(80);
    emphasisOf(run.graph, focus, lit, into);
    expect(into.filter((emphasis) => emphasis === EMPHASIS.lit).length).toBe(
      run.graph.hotKeys[0]!.transactions,
    );
    expect(into.includes(EMPHASIS.faded)).toBe(true);
  });

  it('ties reader and writer of a selected abort together, even beyond the block', () => {
    const into = new Uint8Array(80);
    const focus = { ...nothing, tx: 7, writerTx: 3, key: 0, hoverTx: 900 };
    emphasisOf(run.graph, focus, litEdges(run.graph, focus), into);
    expect(into[7]).toBe(EMPHASIS.selected);
    expect(into[3]).toBe(EMPHASIS.writer);
  });
});
