import { describe, expect, it } from 'vitest';
import type { GenesisSettings, TrafficSettings } from '../api/settings.ts';
import { toHex } from '../base/bytes.ts';
import { createSha256, sha256 } from '../base/hash.ts';
import { createPrng } from '../base/prng.ts';
import type { OracleOutcome } from '../execution/sequential/oracle.ts';
import { laneOfKey } from '../moduleSdk/index.ts';
import { moduleSet } from '../runtime/modules.ts';
import { LogTree } from '../storage/appendLog/logTree.ts';
import { verifyProof } from '../storage/merkleTree/verifyProof.ts';
import { chainParts, rebuiltRoot, rootsOf, SMALL_GENESIS, SMALL_TRAFFIC } from '../tests/chainParts.ts';
import type { ChainBlock } from './blockTree.ts';
import { Chain } from './chain.ts';
import { blockRoot, orderRoot } from './laneRoots.ts';
import { orderOf, packOrder, statusOf } from './packedOrder.ts';
import { createStateReader } from './stateReader.ts';

const MODULAR: GenesisSettings = {
  ...SMALL_GENESIS,
  modules: ['bank', 'amm', 'identity', 'supplyChain', 'gameAssets'],
  mode: 'modular',
};
const TRAFFIC: TrafficSettings = {
  ...SMALL_TRAFFIC,
  transactionsPerBlock: 40,
  shares: { credentials: 200, shipments: 200, games: 200 },
};

/** Those of the chain, the common one among them. */
const LANES = [0, 1, 2, 4, 6, 7];

function grown(settings: GenesisSettings, blocks: number, traffic = TRAFFIC) {
  const chain = new Chain(chainParts(), settings, traffic);
  for (let i = 0; i < blocks; i++) {
    const made = chain.extend(chain.tree.current, []);
    expect(made.ok).toBe(true);
  }
  return chain;
}

function textOf(chain: Chain<OracleOutcome>, block: ChainBlock): unknown {
  const { before, lanes, root } = rootsOf(chain).after(block);
  return {
    before: toHex(before),
    root: toHex(root),
    lanes: lanes.map(({ lane, kind, keys, sizeBytes, orderRoot: order, stateRoot }) => ({
      lane,
      kind,
      keys,
      sizeBytes,
      order: toHex(order),
      state: toHex(stateRoot),
    })),
  };
}

describe('roots of blocks', () => {
  it('has a lane for what belongs to no module and one a module, which together own every key', () => {
    const chain = grown(MODULAR, 3);
    const block = chain.tree.current;
    const { lanes } = rootsOf(chain).after(block);
    expect(lanes.map(({ lane, module }) => [lane, module?.id])).toEqual([
      [0, undefined],
      [1, 'bank'],
      [2, 'amm'],
      [4, 'supplyChain'],
      [6, 'gameAssets'],
      [7, 'identity'],
    ]);
    const owned = new Map<number, number>();
    for (const { key } of chain.stateAfter(block).entries()) {
      const lane = laneOfKey(moduleSet, key);
      owned.set(lane, (owned.get(lane) ?? 0) + 1);
    }
    expect(new Map(lanes.map(({ lane, keys }) => [lane, keys]))).toEqual(owned);
  });

  it('has one lane for everything where the chain is monolithic', () => {
    const chain = grown({ ...MODULAR, mode: 'monolithic' }, 3);
    const block = chain.tree.current;
    const { lanes } = rootsOf(chain).after(block);
    expect(lanes).toHaveLength(1);
    expect(lanes[0]).toMatchObject({ lane: 0, keys: chain.stateAfter(block).size });
    expect(orderOf(block.order, 0)).toHaveLength(block.transactions);
  });

  it('does not change the chain digest', () => {
    const asked = grown(MODULAR, 3);
    for (const block of asked.tree.blocks()) rootsOf(asked).after(block);
    expect(toHex(asked.tree.current.digest)).toBe(toHex(grown(MODULAR, 3).tree.current.digest));
  });

  it('gives the same roots wherever it comes from: back and forth, over branches, and after a branch is dropped', () => {
    const chain = grown(MODULAR, 6);
    const fork = chain.tree.blockAt('main', 3)!;
    const setTraffic = { kind: 'setTraffic', traffic: { transactionsPerBlock: 30 } } as const;
    const first = chain.prepare(fork, [setTraffic]);
    expect(first.ok).toBe(true);
    if (!first.ok) return;
    const recorded = chain.tree.pathBetween(fork, chain.tree.current).slice(1);
    const rest = [...chain.prepareAfter(first.value, fork, recorded, () => {})];
    const edited = chain.appendBranch(fork, first.value, rest, 'other');
    const blocks = chain.tree.blocks();
    const expected = new Map(
      blocks.map((block) => {
        const fresh = grown(MODULAR, 6);
        if (block.branch === 'main') return [block.id, textOf(fresh, fresh.tree.block(block.id))];
        const again = fresh.prepare(fresh.tree.blockAt('main', 3)!, [setTraffic]);
        if (again.ok) {
          const others = fresh.prepareAfter(again.value, fresh.tree.blockAt('main', 3)!, recorded, () => {});
          fresh.appendBranch(fresh.tree.blockAt('main', 3)!, again.value, [...others], 'other');
        }
        return [block.id, textOf(fresh, fresh.tree.block(block.id))];
      }),
    );
    const prng = createPrng(5);
    for (let i = 0; i < 40; i++) {
      const block = blocks[prng.below(blocks.length)]!;
      expect(textOf(chain, block)).toEqual(expected.get(block.id));
      const lanes = rootsOf(chain).after(block).lanes;
      const { lane, stateRoot } = lanes[prng.below(lanes.length)]!;
      expect(toHex(rootsOf(chain).storages.at(block, lane).root())).toBe(toHex(stateRoot));
    }
    rootsOf(chain).storages.at(chain.tree.block(chain.tree.branch(edited.branch).headId), 1);
    const again = chain.prepare(fork, []);
    if (again.ok) chain.appendBranch(fork, again.value, [], 'third', edited.branch);
    const head = chain.tree.blockAt('main', 6)!;
    expect(toHex(rootsOf(chain).storages.at(head, 1).root())).toBe(
      toHex(rootsOf(chain).lane(head, 1)!.stateRoot),
    );
  });

  it('is built anew from a state’s entries alone, or from what was written where a storage is a history', () => {
    const chain = grown(MODULAR, 4);
    for (const block of chain.tree.blocks()) {
      for (const { lane, stateRoot } of rootsOf(chain).after(block).lanes) {
        expect(toHex(rebuiltRoot(chain, block, lane))).toBe(toHex(stateRoot));
      }
    }
  });

  it('changes when a lane is cut out, put elsewhere, or given what another one has', () => {
    const chain = grown(MODULAR, 3);
    const { before, lanes, root } = rootsOf(chain).after(chain.tree.current);
    expect(toHex(blockRoot(before, lanes))).toBe(toHex(root));
    const others = [
      ...lanes.map((_, i) => lanes.filter((_lane, at) => at !== i)),
      ...lanes.slice(1).map((_, i) => {
        const swapped = [...lanes];
        [swapped[i], swapped[i + 1]] = [swapped[i + 1]!, swapped[i]!];
        return swapped;
      }),
      ...lanes.slice(1).map((_, i) => {
        const swapped = [...lanes];
        swapped[i] = { ...lanes[i + 1]!, lane: lanes[i]!.lane };
        swapped[i + 1] = { ...lanes[i]!, lane: lanes[i + 1]!.lane };
        return swapped;
      }),
      ...lanes.map((lane, i) =>
        lanes.with(i, { ...lane, orderRoot: lane.stateRoot, stateRoot: lane.orderRoot }),
      ),
      [...lanes, lanes[0]!],
    ];
    const roots = new Set(others.map((other) => toHex(blockRoot(before, other))));
    expect(roots.size).toBe(others.length);
    expect(roots.has(toHex(root))).toBe(false);
    expect(toHex(blockRoot(sha256(before), lanes))).not.toBe(toHex(root));
  });

  it('commits to the block before', () => {
    const chain = grown(MODULAR, 3);
    const [genesis, ...after] = chain.tree.blocks();
    expect(toHex(rootsOf(chain).after(genesis!).before)).toBe('00'.repeat(32));
    for (const block of after) {
      const parent = chain.tree.block(block.parentId);
      expect(toHex(rootsOf(chain).after(block).before)).toBe(toHex(rootsOf(chain).after(parent).root));
    }
  });

  it('proves a key’s value or absence up to the block’s root, where the lane’s storage can', () => {
    const chain = grown(MODULAR, 3);
    const block = chain.tree.blockAt('main', 2)!;
    const { root } = rootsOf(chain).after(block);
    let proven = 0;
    for (const { key } of [...chain.stateAfter(block).entries()]) {
      const { lane, proof } = rootsOf(chain).prove(block, key);
      if (lane.kind === 'merkleTree') {
        expect(verifyProof(JSON.stringify(proof), toHex(root))).toBe('valid');
        expect(verifyProof(JSON.stringify(proof), toHex(lane.stateRoot))).toBe('valid');
        expect(proof?.value).not.toBeNull();
        proven++;
        const absent = key.slice();
        absent[absent.length - 1] = 0xfffffff0;
        const none = rootsOf(chain).prove(block, absent).proof;
        expect(none?.value).toBeNull();
        expect(verifyProof(JSON.stringify(none), toHex(root))).toBe('valid');
      } else if (lane.kind === 'flatMap') {
        expect(proof).toBeUndefined();
      }
    }
    expect(proven).toBeGreaterThan(10);
  });
});

describe('the order of a lane', () => {
  const chain = grown(MODULAR, 3);
  const block = chain.tree.current;
  const pending = chain.remake(block);
  const parent = chain.tree.block(block.parentId);
  const pack = (order: readonly number[]) =>
    packOrder(
      moduleSet,
      'modular',
      createStateReader(chain.stateAfter(parent)),
      order.map((i) => pending.built.transactions[i]!),
      order.map((i) => pending.outcome.receipts[i]!),
    );
  const places = [...pending.outcome.receipts.keys()];

  it('is kept with the block, and made again the same', () => {
    expect(pack(places)).toEqual(block.order);
    expect(pending.order).toEqual(block.order);
  });

  it('has a transaction that crosses lanes in each of them, as the same leaf, and every other in one', () => {
    const { lanes } = block.order;
    const crossing = places.filter((i) => lanes[i]!.length > 1);
    expect(crossing.length).toBeGreaterThan(0);
    expect(crossing.length).toBeLessThan(places.length);
    const total = LANES.reduce((sum, lane) => sum + orderOf(block.order, lane).length, 0);
    expect(total).toBe(lanes.reduce((sum, of) => sum + of.length, 0));
    for (const i of places) {
      const leaves = lanes[i]!.map((lane) => {
        const place = places.slice(0, i).filter((j) => lanes[j]!.includes(lane)).length;
        return toHex(orderOf(block.order, lane)[place]!);
      });
      expect(new Set(leaves).size).toBe(1);
    }
  });

  it('changes in each lane of a transaction that is left out, moved, or ended in another way, and in no other', () => {
    const rootsOf = (order: ReturnType<typeof pack>) =>
      new Map(LANES.map((lane) => [lane, toHex(orderRoot(orderOf(order, lane)))]));
    const before = rootsOf(block.order);
    for (const i of places) {
      const without = rootsOf(pack(places.filter((place) => place !== i)));
      const changed = [...before.keys()].filter((lane) => without.get(lane) !== before.get(lane));
      expect(changed).toEqual(block.order.lanes[i]);
      const bytes = block.order.bytes.slice();
      bytes[block.order.ends[i]! - 1]! ^= 1;
      const ended = rootsOf({ ...block.order, bytes });
      expect([...before.keys()].filter((lane) => ended.get(lane) !== before.get(lane))).toEqual(
        block.order.lanes[i],
      );
    }
    for (const i of places.slice(1)) {
      const swapped = [...places];
      [swapped[i - 1], swapped[i]] = [i, i - 1];
      const moved = rootsOf(pack(swapped));
      const shared = block.order.lanes[i]!.filter((lane) => block.order.lanes[i - 1]!.includes(lane));
      expect([...before.keys()].filter((lane) => moved.get(lane) !== before.get(lane))).toEqual(shared);
    }
  });

  it('says how each transaction ended', () => {
    const statuses = orderOf({ ...block.order, lanes: places.map(() => [0]) }, 0).map(statusOf);
    expect(statuses).toEqual(pending.outcome.receipts.map(({ status }) => status));
  });

  it('has the tree of RFC 6962', () => {
    const tree = new LogTree();
    const leaves: Uint8Array[] = [];
    expect(toHex(orderRoot(leaves))).toBe(toHex(createSha256().digest()));
    for (let i = 0; i < 40; i++) {
      const leaf = new Uint8Array(i % 9).fill(i);
      leaves.push(leaf);
      tree.append(leaf);
      expect(toHex(orderRoot(leaves))).toBe(toHex(tree.root()));
    }
  });

  it('counts what a lane went through', () => {
    const blocks = chain.tree.pathBetween(chain.tree.genesis, block);
    for (const lane of LANES) {
      const leaves = blocks.map(({ order }) => orderOf(order, lane));
      expect(rootsOf(chain).history(block, lane)).toEqual({
        blocks: leaves.filter(({ length }) => length > 0).length,
        transactions: leaves.flat().length,
        failed: leaves.flat().filter((leaf) => statusOf(leaf) !== 0).length,
        each: blocks.flatMap(({ height }, i) => {
          const { length: transactions } = leaves[i]!;
          const failed = leaves[i]!.filter((leaf) => statusOf(leaf) !== 0).length;
          return transactions === 0 ? [] : [{ height, transactions, failed }];
        }),
      });
    }
    expect(rootsOf(chain).history(chain.tree.genesis, 1)).toEqual({
      ...{ blocks: 0, transactions: 0, failed: 0 },
      each: [],
    });
  });
});
