import { describe, expect, it } from 'vitest';
import { OneValidator } from '../../tests/oneValidator.ts';
import { equals, runToSlot, stakeNetwork } from '../../tests/stakeNetwork.ts';
import { chainsOf } from './chain.ts';
import { genesisProgress, nextEpoch, type Progress } from './epochs.ts';

const ALL = [...equals(9).keys()];
const SIX = ALL.slice(0, 6);
const FIVE = ALL.slice(0, 5);
const NOBODY: readonly number[] = [];

/** Checkpoints after epochs in which some of nine vote for theirs in time, and some (`late`) only in the epoch after. Block numbers are those of the epochs. */
function after(
  epochs: readonly { readonly inTime: readonly number[]; readonly late?: readonly number[] }[],
  own: Readonly<Record<string, number>> = {},
) {
  const bench = new OneValidator({ powers: equals(9), own });
  const chains = chainsOf(bench.setup());
  let progress: Progress = genesisProgress(chains, 0);
  epochs.forEach(({ inTime }, epoch) => {
    const late = epochs[epoch - 1]?.late ?? NOBODY;
    const previousTargets = setOf([...membersOf(progress.previousTargets), ...late]);
    const voted = { ...progress, targets: setOf(inTime), previousTargets, boundary: epoch };
    progress = nextEpoch(chains, voted, epoch);
  });
  const { justified, finalised } = progress.epoch;
  expect([justified.block, finalised.block]).toEqual([justified.epoch, finalised.epoch]);
  return [justified.epoch, finalised.epoch];
}

function setOf(identities: readonly number[]): Uint32Array {
  return Uint32Array.of(identities.reduce((words, identity) => words | (1 << identity), 0));
}

function membersOf(words: Uint32Array): number[] {
  return ALL.filter((identity) => (words[0]! & (1 << identity)) !== 0);
}

describe('a checkpoint', () => {
  it('is justified by two thirds of the stake, and not by less', () => {
    const [full, two, less] = [{ inTime: ALL }, { inTime: SIX }, { inTime: FIVE }] as const;
    expect(after([full, full])).toEqual([1, 0]);
    expect(after([full, two])).toEqual([1, 0]);
    expect(after([full, less])).toEqual([0, 0]);
  });

  it('is finalised when the next one is justified by a link from it', () => {
    const full = { inTime: ALL };
    const none = { inTime: NOBODY };
    expect(after([full, full, full])).toEqual([2, 1]);
    expect(after([full, full, full, full])).toEqual([3, 2]);
    // A gap: nothing is finalised until two in a row are justified.
    expect(after([full, full, none, full])).toEqual([3, 0]);
    expect(after([full, full, none, full, full])).toEqual([4, 3]);
  });

  it('is justified by votes that come an epoch late, and then finalises over two epochs', () => {
    const full = { inTime: ALL };
    const late = { inTime: FIVE, late: SIX };
    // The votes of epoch 2 come in epoch 3: when that ends 1, 2 and 3 are justified, and 3 by a link from 1.
    expect(after([full, full, late])).toEqual([1, 0]);
    expect(after([full, full, late, full])).toEqual([3, 1]);
    // Also where each comes late.
    expect(after([full, late, late])).toEqual([1, 0]);
    expect(after([full, late, late, late])).toEqual([2, 0]);
    expect(after([full, late, late, late, late])).toEqual([3, 1]);
    expect(after([full, late, late, late, late, late])).toEqual([4, 2]);
  });

  it('counts those who were slashed no longer, neither among the voters nor in the whole', () => {
    const bench = new OneValidator({ powers: equals(9) });
    const chains = chainsOf(bench.setup());
    const second = nextEpoch(chains, genesisProgress(chains, 0), 0);
    const justifiedWith = (targets: readonly number[], slashings: readonly number[]): number =>
      nextEpoch(chains, { ...second, targets: setOf(targets), slashings }, 1).epoch.justified.epoch;
    expect(justifiedWith(SIX, [0])).toBe(0);
    expect(justifiedWith(SIX, [8])).toBe(1);
    expect(justifiedWith(FIVE, [7, 8])).toBe(1);
  });
});

describe('a chain', () => {
  it('takes stakes into account, not heads', () => {
    const justifiedBy = (voters: readonly number[]): number => {
      const powers = [6, 1, 1, 1];
      const bench = new OneValidator({ identity: 3, powers });
      bench.grow(bench.genesis, 9, () => voters);
      return bench.state.justified.epoch;
    };
    expect(justifiedBy([0, 1, 2])).toBe(1);
    expect(justifiedBy([0])).toBe(1);
    expect(justifiedBy([1, 2, 3])).toBe(0);
  });

  it('is decided up to its finalised checkpoint, in the order of heights', () => {
    const bench = new OneValidator();
    const chain = bench.grow(bench.genesis, 17, () => [...equals(8).keys()]);
    expect(bench.checkpoints('justified')).toEqual(
      [1, 2, 3].map((epoch) => `epoch ${epoch}: ${chain[4 * epoch - 1]!.id}`),
    );
    expect(bench.checkpoints('finalised')).toEqual(
      [1, 2].map((epoch) => `epoch ${epoch}: ${chain[4 * epoch - 1]!.id}`),
    );
    expect(bench.decided).toEqual(chain.slice(0, 8));
    expect(bench.state.root.block).toBe(chain[7]);
  });

  it('whose epoch has no block in its first slot has the block before as its checkpoint', () => {
    const bench = new OneValidator();
    const everybody = (): readonly number[] => [...equals(8).keys()];
    const before = bench.grow(bench.genesis, 3, everybody);
    const third = before.at(-1)!;
    // Nobody proposes in slot 4; votes of slots 4 to 7 are for the block of slot 3 as the checkpoint of epoch 1.
    const votes = [3, 4].map((slot) => bench.signed(bench.data(third, slot)));
    const fifth = bench.made(third, 5, { attestations: votes });
    bench.passToSlot(5);
    bench.take(fifth);
    bench.grow(fifth, 9, everybody);
    expect(bench.refusals).toEqual([]);
    expect(bench.checkpoints('justified')).toEqual([`epoch 1: ${third.id}`]);
  });

  it('once final stays, though a branch with more votes is shown', () => {
    const bench = new OneValidator();
    const everybody = (): readonly number[] => [...equals(8).keys()];
    const chain = bench.grow(bench.genesis, 18, everybody);
    expect(bench.decided).toHaveLength(8);
    // Heights 8, 9 and 10, of which 8 is final.
    const other = bench.made(chain[6]!, 16);
    const child = bench.made(other, 17);
    bench.take(bench.made(chain[2]!, 18), other, child, bench.made(child, 18));
    const why = 'against what is final';
    expect(bench.refusals).toEqual([why, why, why, 'parent']);
    expect(bench.head).toBe(chain.at(-1)!.id);
  });
});

describe('finality', () => {
  it('comes with two thirds of the stake awake, and not with less', () => {
    const epochsWith = (asleep: number): unknown => {
      const simulation = stakeNetwork({ powers: equals(9), own: { leakQuotient: 0 } });
      for (let node = 9 - asleep; node < 9; node++) {
        simulation.intervene({ kind: 'crash', node, loseUnsynced: false });
      }
      runToSlot(simulation, 8 * 12);
      return simulation.viewOf(0).details.finalisedEpoch;
    };
    const [all, two, less] = [0, 3, 4].map(epochsWith);
    expect([all, less]).toEqual([9, 0]);
    // Every vote is needed: some come in the epoch after.
    expect(two).toBeGreaterThanOrEqual(6);
  });
});
