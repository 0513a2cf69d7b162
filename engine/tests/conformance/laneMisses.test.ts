import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { EVERY_LANE, widenLanes } from '../../execution/moduleLanes/declaredLanes.ts';
import { SCHEDULES } from './choosers.ts';
import { expectEqualsOracle, lanesOf, oracleOf } from './harness.ts';
import { onTrack, someLaneScripts } from './laneBlocks.ts';
import { script } from './scriptBlocks.ts';
import { OP, op } from './scriptModule.ts';
import { TRACKS } from './trackModules.ts';
import { type Block, draft, environmentAt, genesisState, moduleSet, withNonces } from './world.ts';

const state = genesisState({ accounts: 8, assets: 1, pools: 0 });
const blockOf = (drafts: Parameters<typeof withNonces>[1], height = 1): Block => ({
  state,
  environment: environmentAt(height),
  transactions: withNonces(state, drafts),
});

function missesOf(name: string, block: Block, seed = 1): number {
  const setting = { strategy: 'moduleLanes', workers: 3, seed } as const;
  const oracle = oracleOf(block);
  const misses = SCHEDULES.map(
    (schedule) => expectEqualsOracle(name, block, oracle, { ...setting, schedule }).misses,
  );
  return Math.max(...misses);
}

describe('a transaction that touches a lane it has not declared', () => {
  it('costs the block another run, and not its answer', () => {
    let strayed = 0;
    for (let seed = 0; seed < 20; seed++) {
      const prng = createPrng(seed, 'lane misses');
      const honest = blockOf(someLaneScripts(prng, 8, 12, 0));
      expect(missesOf(`honest ${seed}`, honest, seed)).toBe(0);
      if (missesOf(`straying ${seed}`, blockOf(someLaneScripts(prng, 8, 12, 500)), seed) > 0) strayed++;
    }
    expect(strayed).toBeGreaterThan(8);
  });

  it('is told apart from one that only may: reading, writing blindly and reverting all count as touching', () => {
    const stray = (operations: Parameters<typeof script>[1]) =>
      onTrack(script(1, [op(OP.read, 0), ...operations]), 'stray');
    const before = onTrack(script(0, [op(OP.add, 1), op(OP.write, 1)]));
    expect(missesOf('stays', blockOf([before, stray([op(OP.write, 3)])]))).toBe(0);
    expect(missesOf('reads', blockOf([before, stray([op(OP.read, 1)])]))).toBe(1);
    expect(missesOf('writes', blockOf([before, stray([op(OP.write, 1)])]))).toBe(1);
    expect(missesOf('removes', blockOf([before, stray([op(OP.remove, 1)])]))).toBe(1);
    expect(missesOf('reverts', blockOf([before, stray([op(OP.read, 1), op(OP.revertIf, 1, 0)])]))).toBe(1);
    expect(missesOf('two lanes', blockOf([before, stray([op(OP.read, 1), op(OP.read, 2)])]))).toBe(2);
  });

  it('gives all of its kind the lane: a second one of them costs nothing more', () => {
    const strays = [1, 2, 3, 4].map((sender) =>
      onTrack(script(sender, [op(OP.read, 0), op(OP.readMore, 1), op(OP.write, 0)]), 'stray'),
    );
    expect(missesOf('a kind', blockOf(strays))).toBe(1);
  });

  it('goes through one queue when it writes what is no lane’s', () => {
    const configure = draft(1, 'bank', 'configure', { partition: 1 });
    const misses = missesOf(
      'no lane',
      blockOf([draft(2, 'bank', 'transfer', { asset: 0, to: 3, amount: 1n }), configure], 0),
    );
    expect(misses).toBe(1);
  });
});

describe('lanes after a miss', () => {
  const block = blockOf([
    onTrack(script(0, [op(OP.read, 0)]), 'stray'),
    onTrack(script(1, [op(OP.read, 0)])),
    onTrack(script(2, [op(OP.read, 3)]), 'stray'),
  ]);
  const lanes = lanesOf(moduleSet, block);

  it('are wider for the kind that missed, ascending, and the others’ stay', () => {
    expect(lanes).toEqual([[TRACKS[0]], [TRACKS[0]], [TRACKS[0]]]);
    expect(widenLanes(block.transactions, lanes, { tx: 2, lane: 5 }, 1)).toEqual([
      [5, TRACKS[0]],
      [TRACKS[0]],
      [5, TRACKS[0]],
    ]);
  });

  it('are one queue after the eighth, and where no lane would do', () => {
    const one = [[EVERY_LANE], [EVERY_LANE], [EVERY_LANE]];
    expect(widenLanes(block.transactions, lanes, { tx: 0, lane: EVERY_LANE }, 1)).toEqual(one);
    expect(widenLanes(block.transactions, lanes, { tx: 0, lane: 5 }, 8)).toEqual(one);
  });
});
