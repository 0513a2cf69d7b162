import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountMarkers } from '../kernel/kernelTables.ts';
import { moduleSet } from '../../runtime/modules.ts';
import { balances } from '../../modules/bank/state.ts';
import { pools } from '../../modules/amm/state.ts';
import type { AccessSet } from '../outcome.ts';
import { conflictGraph } from './conflictGraph.ts';
import { CONFLICT, conflictEdges } from './edges.ts';
import { hotKeys } from './hotKeys.ts';
import { longestChain } from './longestChain.ts';

const KEYS = 5;
const keyList = fc.uniqueArray(fc.integer({ min: 0, max: KEYS - 1 }), { maxLength: KEYS });
const block = fc.array(fc.record({ reads: keyList, writes: keyList }), { maxLength: 14 });

/** The definition, tried on every pair: quadratic, and nothing like the code. */
function bruteForce(accesses: readonly AccessSet[]): string[] {
  const reads = (tx: number, key: number) => accesses[tx]!.reads.includes(key);
  const writes = (tx: number, key: number) => accesses[tx]!.writes.includes(key);
  const found: string[] = [];
  for (let to = 0; to < accesses.length; to++) {
    for (let from = 0; from < to; from++) {
      for (let key = 0; key < KEYS; key++) {
        let writtenBetween = false;
        for (let tx = from + 1; tx < to; tx++) writtenBetween ||= writes(tx, key);
        if (writtenBetween) continue;
        const name = (kind: number) => `${from} ${to} ${kind} ${key}`;
        if (writes(from, key) && reads(to, key)) found.push(name(CONFLICT.readAfterWrite));
        if (writes(from, key) && writes(to, key)) found.push(name(CONFLICT.writeAfterWrite));
        // A writer's own read came before its write, and that write is nearer.
        if (reads(from, key) && !writes(from, key) && writes(to, key))
          found.push(name(CONFLICT.writeAfterRead));
      }
    }
  }
  return found.sort();
}

describe('conflict edges', () => {
  it('are those of the definition, in the order of their ends', () => {
    fc.assert(
      fc.property(block, (accesses) => {
        const edges = conflictEdges(accesses, KEYS);
        const names = Array.from(
          { length: edges.count },
          (_, e) => `${edges.from[e]} ${edges.to[e]} ${edges.kind[e]} ${edges.key[e]}`,
        );
        expect([...names].sort()).toEqual(bruteForce(accesses));
        for (let e = 1; e < edges.count; e++) expect(edges.to[e]).toBeGreaterThanOrEqual(edges.to[e - 1]!);
      }),
      { numRuns: 500 },
    );
  });

  it('are as many as accesses allow, however hot a key', () => {
    const hot = Array.from({ length: 10_000 }, () => ({ reads: [0], writes: [0] }));
    expect(conflictEdges(hot, 1).count).toBe(2 * (10_000 - 1));
    const readers = [
      ...Array.from({ length: 5000 }, () => ({ reads: [0], writes: [] })),
      { reads: [], writes: [0] },
    ];
    expect(conflictEdges(readers, 1).count).toBe(5000);
  });
});

describe('the longest chain', () => {
  const weighted = block.chain((accesses) =>
    fc.tuple(
      fc.constant(accesses),
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: accesses.length, maxLength: accesses.length }),
    ),
  );

  it('is the heaviest of all, and its waves are depths', () => {
    fc.assert(
      fc.property(weighted, fc.boolean(), ([accesses, weights], allKinds) => {
        const edges = conflictEdges(accesses, KEYS);
        const { work, path, wave, waves } = longestChain(edges, weights, allKinds);
        const causes = weights.map((_, tx) =>
          Array.from({ length: edges.count }, (_, e) => e)
            .filter((e) => edges.to[e] === tx && (allKinds || edges.kind[e] === CONFLICT.readAfterWrite))
            .map((e) => edges.from[e]!),
        );
        const heaviest = (tx: number): number => weights[tx]! + Math.max(0, ...causes[tx]!.map(heaviest));
        const depth = (tx: number): number => Math.max(-1, ...causes[tx]!.map(depth)) + 1;
        expect(work).toBe(Math.max(0, ...weights.map((_, tx) => heaviest(tx))));
        expect([...wave]).toEqual(weights.map((_, tx) => depth(tx)));
        expect(waves).toBe(Math.max(-1, ...wave) + 1);
        expect([...path].reduce((sum, tx) => sum + weights[tx]!, 0)).toBe(work);
        for (let i = 1; i < path.length; i++) expect(causes[path[i]!]).toContain(path[i - 1]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('hot keys', () => {
  it('are counted by transaction, once each, hottest first', () => {
    fc.assert(
      fc.property(block, (accesses) => {
        const found = hotKeys(accesses, KEYS, 16);
        const expected = Array.from({ length: KEYS }, (_, key) => ({
          key,
          transactions: accesses.filter(({ reads, writes }) => reads.includes(key) || writes.includes(key))
            .length,
          writers: accesses.filter(({ writes }) => writes.includes(key)).length,
        })).filter(({ transactions, writers }) => transactions > 1 && writers > 0);
        expect([...found].sort((a, b) => a.key - b.key)).toEqual(expected);
        for (let i = 1; i < found.length; i++) {
          expect(found[i]!.transactions).toBeLessThanOrEqual(found[i - 1]!.transactions);
        }
      }),
    );
    expect(
      hotKeys(
        [
          { reads: [0, 1], writes: [0, 1] },
          { reads: [0, 1], writes: [0, 1] },
        ],
        2,
        1,
      ),
    ).toHaveLength(1);
  });
});

describe('the graph of a block', () => {
  const asset = (account: number, id: number) => Uint32Array.of(balances.id, 0, id, account);
  const pool = (id: number) => Uint32Array.of(pools.id, id);

  it('knows both bounds: blind writes only matter to one version', () => {
    const keys = [asset(1, 0)];
    const accesses = Array.from({ length: 4 }, () => ({ reads: [], writes: [0] }));
    const graph = conflictGraph(moduleSet, { accesses, keys, work: [10, 10, 10, 10] }, false);
    expect(graph).toMatchObject({
      idealSpeedup: 4,
      idealSpeedupSingleVersion: 1,
      waves: 1,
      wavesSingleVersion: 4,
    });
  });

  it('by account joins whatever names the same account, and keeps people and pools apart', () => {
    const keys = [asset(1, 0), asset(1, 1), pool(1), asset(2, 0)];
    const accesses = [
      { reads: [0], writes: [0] },
      { reads: [1], writes: [1] },
      { reads: [2], writes: [2] },
      { reads: [1, 0, 3], writes: [3] },
    ];
    const work = [1, 1, 1, 1];
    expect(conflictGraph(moduleSet, { accesses, keys, work }, false).waves).toBe(2);
    const graph = conflictGraph(moduleSet, { accesses, keys, work }, true);
    expect(graph.waves).toBe(3);
    expect(graph.keys).toEqual([
      Uint32Array.of(accountMarkers.id, 0, 1),
      Uint32Array.of(accountMarkers.id, 1, 1),
      Uint32Array.of(accountMarkers.id, 0, 2),
    ]);
    expect([...graph.wave]).toEqual([0, 1, 0, 2]);
    expect(graph.hotKeys).toEqual([{ key: 0, transactions: 3, writers: 2 }]);
  });

  it('of an empty block is empty', () => {
    const graph = conflictGraph(moduleSet, { accesses: [], keys: [], work: [] }, false);
    expect(graph).toMatchObject({ waves: 0, idealSpeedup: 1, idealSpeedupSingleVersion: 1, hotKeys: [] });
    expect(graph.criticalPath).toHaveLength(0);
  });

  it('takes refused transactions, which use no gas, as a moment', () => {
    const graph = conflictGraph(
      moduleSet,
      { accesses: [{ reads: [], writes: [] }], keys: [], work: [0] },
      false,
    );
    expect(graph.idealSpeedup).toBe(1);
  });
});
