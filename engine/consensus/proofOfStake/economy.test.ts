import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equals, runToSlot, SLOT_US, stakeNetwork } from '../../tests/stakeNetwork.ts';
import { type Accounts, type Duties, settle } from './economy.ts';
import { proofOfStake } from './index.ts';
import type { ProofOfStakeSettings } from './settings.ts';
import { stakeHistory } from './stakeHistory.ts';

const UNIT = 1_000_000;

function settingsOf(own: Readonly<Record<string, number>> = {}): ProofOfStakeSettings {
  const read = proofOfStake.readSettings({
    stakeUnitGwei: UNIT,
    rewardVoteGwei: 3000,
    rewardHeadGwei: 1000,
    rewardProposalGwei: 500,
    costGwei: 100,
    leakQuotient: 1000,
    ...own,
  });
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}

function accountsOf(stakes: readonly number[]): Accounts {
  return {
    stakes: Float64Array.from(stakes),
    scores: new Int32Array(stakes.length),
    slashed: new Uint8Array(stakes.length),
    issued: 0,
    burnt: 0,
    spent: 0,
  };
}

const NOTHING_DONE: Duties = {
  targets: Uint32Array.of(0),
  heads: Uint32Array.of(0),
  proposers: [],
  slashings: [],
  areVotesDue: true,
  isLeaking: false,
};

function settled(stakes: readonly number[], duties: Partial<Duties>, own?: Readonly<Record<string, number>>) {
  const accounts = accountsOf(stakes);
  return settle(settingsOf(own), UNIT, accounts, accounts.stakes, { ...NOTHING_DONE, ...duties });
}

/** Stakes and what is gone, less what came: always the same. */
function sumOf({ stakes, burnt, spent, issued }: Accounts): number {
  return stakes.reduce((sum, stake) => sum + stake, 0) + burnt + spent - issued;
}

describe('an epoch', () => {
  it('rewards votes and heads by stake, takes as much for missing votes, and costs each the same', () => {
    // Two vote, one of them for another head; the third is away.
    const after = settled([UNIT, 2 * UNIT, UNIT], {
      targets: Uint32Array.of(0b011),
      heads: Uint32Array.of(0b001),
    });
    expect([...after.stakes]).toEqual([UNIT + 4000 - 100, 2 * UNIT + 6000 - 100, UNIT - 3000 - 100]);
    expect([after.issued, after.burnt, after.spent]).toEqual([10_000, 3000, 300]);
  });

  it('penalises as much as the setting says', () => {
    const lost = (penaltyPermille: number): number =>
      UNIT - 100 - settled([UNIT], {}, { penaltyPermille }).stakes[0]!;
    expect([0, 500, 1000, 10_000].map(lost)).toEqual([0, 1500, 3000, 30_000]);
  });

  it('rewards each block the same', () => {
    const none = { areVotesDue: false };
    const after = settled([UNIT, 5 * UNIT], { ...none, proposers: [0, 1, 1] });
    expect([...after.stakes]).toEqual([UNIT + 500 - 100, 5 * UNIT + 1000 - 100]);
    expect([...settled([UNIT], none).stakes]).toEqual([UNIT - 100]);
  });

  it('takes no more than there is', () => {
    const after = settled(
      [50, 2000],
      { areVotesDue: true },
      { costGwei: 1500, rewardVoteGwei: 1_000_000, rewardHeadGwei: 0 },
    );
    expect([...after.stakes]).toEqual([0, 0]);
    expect([after.burnt, after.spent]).toEqual([2050, 0]);
  });

  it('takes a slashed stake, and nothing comes to it any more', () => {
    for (const [slashPermille, left] of [
      [1000, 0],
      [300, 700_000],
    ] as const) {
      const own = { slashPermille, costGwei: 0 };
      const none = { areVotesDue: false };
      const after = settled([UNIT, UNIT], { ...none, slashings: [0] }, own);
      expect([...after.stakes]).toEqual([left, UNIT]);
      expect([...after.slashed]).toEqual([1, 0]);
      const later = settle(settingsOf(own), UNIT, after, Float64Array.of(0, UNIT), {
        ...NOTHING_DONE,
        targets: Uint32Array.of(0b11),
        proposers: [0],
      });
      expect([...later.stakes]).toEqual([left, UNIT + 3000]);
    }
  });

  it('in a leak pays nothing for votes, and takes more each epoch from who is away', () => {
    let accounts = accountsOf([UNIT, UNIT]);
    const lost: number[] = [];
    for (let epoch = 0; epoch < 4; epoch++) {
      const duties = { ...NOTHING_DONE, targets: Uint32Array.of(0b01), isLeaking: true };
      const before = accounts.stakes[1]!;
      const own = { costGwei: 0, penaltyPermille: 0 };
      accounts = settle(settingsOf(own), UNIT, accounts, Float64Array.of(UNIT, UNIT), duties);
      lost.push(before - accounts.stakes[1]!);
    }
    expect(lost).toEqual([1000, 2000, 3000, 4000]);
    expect(accounts.stakes[0]).toBe(UNIT);
    expect([...accounts.scores]).toEqual([0, 4]);
    // Over: scores fall, and so does what is taken, also from who is still away.
    const over = settle(
      settingsOf({ costGwei: 0 }),
      UNIT,
      accounts,
      Float64Array.of(UNIT, UNIT),
      NOTHING_DONE,
    );
    expect([...over.scores]).toEqual([0, 0]);
  });

  it('conserves what there is, whatever happens', () => {
    const own = fc.record({
      rewardVoteGwei: fc.integer({ min: 0, max: UNIT / 2 }),
      rewardHeadGwei: fc.integer({ min: 0, max: UNIT / 2 }),
      rewardProposalGwei: fc.integer({ min: 0, max: 10 ** 12 }),
      penaltyPermille: fc.integer({ min: 0, max: 10_000 }),
      costGwei: fc.integer({ min: 0, max: 10 ** 12 }),
      slashPermille: fc.integer({ min: 0, max: 1000 }),
      leakQuotient: fc.integer({ min: 0, max: 100 }),
    });
    const duties = fc.record({
      targets: fc.nat(255).map((bits) => Uint32Array.of(bits)),
      heads: fc.nat(255).map((bits) => Uint32Array.of(bits)),
      proposers: fc.array(fc.nat(7), { maxLength: 8 }),
      slashings: fc.uniqueArray(fc.nat(7), { maxLength: 3 }),
      areVotesDue: fc.boolean(),
      isLeaking: fc.boolean(),
    });
    const stakes = fc.array(fc.integer({ min: 0, max: 2 ** 47 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(stakes, own, fc.array(duties, { maxLength: 20 }), (given, settings, epochs) => {
        let accounts = accountsOf(given);
        const sum = sumOf(accounts);
        for (const each of epochs) {
          const weights = accounts.stakes.map((stake, at) => (accounts.slashed[at] === 1 ? 0 : stake));
          accounts = settle(settingsOf(settings), UNIT, accounts, weights, each);
          expect(sumOf(accounts)).toBe(sum);
          for (const stake of accounts.stakes) expect(Number.isSafeInteger(stake) && stake >= 0).toBe(true);
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('a chain over many epochs', () => {
  const run = (
    own: Readonly<Record<string, number>>,
    powers: readonly number[],
    epochs: number,
    away: readonly number[] = [],
  ) => {
    const simulation = stakeNetwork({ powers, own: { stakeUnitGwei: UNIT, ...PLAIN, ...own } });
    for (const node of away) simulation.intervene({ kind: 'crash', node, loseUnsynced: false });
    runToSlot(simulation, 8 * epochs + 2);
    const { head } = simulation.viewOf(0);
    const blockOf = (id: number) => simulation.blocks[id]!;
    return stakeHistory(simulation.setupOf(0) as never, blockOf(head), blockOf);
  };
  const PLAIN = { rewardVoteGwei: 8000, rewardHeadGwei: 2000, rewardProposalGwei: 0, costGwei: 0 };

  it('has the same history for whoever asks, epoch by epoch, and conserves', () => {
    const history = run({ costGwei: 100, rewardProposalGwei: 300 }, [3, 2, 2, 1], 12, [3]);
    expect(history.map(({ epoch }) => epoch)).toEqual([...new Array(13).keys()]);
    expect(history[0]!.stakes).toEqual([3 * UNIT, 2 * UNIT, 2 * UNIT, UNIT]);
    for (const { stakes, burnt, spent, issued } of history) {
      const sum = stakes.reduce((all, stake) => all + stake, 0);
      expect(sum + burnt + spent - issued).toBe(8 * UNIT);
    }
    const { stakes, burnt } = history.at(-1)!;
    expect(stakes[0]).toBeGreaterThan(3 * UNIT);
    expect(stakes[3]).toBeLessThan(UNIT);
    expect(burnt).toBe(8000 * 11 - driftOf(history, 3));
  });

  /** What a penalty by a weight that fell is less than one by the stake at the start. */
  function driftOf(history: ReturnType<typeof stakeHistory>, identity: number): number {
    return history
      .slice(1, -1)
      .reduce((sum, { weights }) => sum + 8000 - Math.floor((weights[identity]! * 8000) / UNIT), 0);
  }

  it('compounds if it is to: what was earned earns', () => {
    const [plain, compound] = [0, 1].map((compounding) => run({ compounding }, equals(4), 40));
    const earned = (history: typeof plain): number => history!.at(-1)!.stakes[0]! - UNIT;
    // A hundredth an epoch, for the votes of 39 of them.
    expect(earned(plain)).toBe(39 * 10_000);
    expect(plain!.at(-1)!.weights[0]).toBe(UNIT);
    // The weight follows two epochs behind.
    const { weights } = compound!.at(-1)!;
    expect(weights[0]).toBe(compound!.at(-3)!.stakes[0]);
    let stake = UNIT;
    for (let epoch = 1; epoch < 40; epoch++) {
      stake += Math.floor((compound![epoch]!.weights[0]! * 10_000) / UNIT);
    }
    expect(earned(compound)).toBe(stake - UNIT);
    expect(earned(compound)).toBeGreaterThan(1.15 * earned(plain));
  });

  it('with costs gathers stake with the large: the small earn less than they spend', () => {
    const share = (costGwei: number): readonly [number, number] => {
      const history = run({ costGwei }, [20, 1, 1, 1, 1], 60);
      const { stakes } = history.at(-1)!;
      return [stakes[0]! / stakes.reduce((sum, stake) => sum + stake, 0), stakes[1]! / UNIT];
    };
    const [fair, small] = share(0);
    const [concentrated, poor] = share(12_000);
    expect(fair).toBeCloseTo(20 / 24, 3);
    expect(small).toBeGreaterThan(1.5);
    expect(concentrated).toBeGreaterThan(0.9);
    expect(poor).toBeLessThan(0.9);
  });

  it('leaks until those who are awake have two thirds again, and then is final', () => {
    const simulation = stakeNetwork({ powers: equals(10), own: { leakQuotient: 500 } });
    for (const node of [6, 7, 8, 9]) simulation.intervene({ kind: 'crash', node, loseUnsynced: false });
    const at = (epoch: number) => {
      simulation.run({ untilUs: 8 * epoch * SLOT_US, events: 1_000_000 });
      return simulation.viewOf(0).details;
    };
    expect(at(10).finalisedEpoch).toBe(0);
    const early = at(12).weightGwei;
    // Away: e^(−t²/1000) falls to three quarters at 17 epochs, and the leak begins with the sixth.
    const late = at(40);
    expect(late.finalisedEpoch).toBeGreaterThan(20);
    expect(simulation.decidedHeight()).toBeGreaterThan(90);
    expect(late.weightGwei).toBeGreaterThanOrEqual(early as number);
    // Without the leak never.
    const stuck = stakeNetwork({ powers: equals(10), own: { leakQuotient: 0 } });
    for (const node of [6, 7, 8, 9]) stuck.intervene({ kind: 'crash', node, loseUnsynced: false });
    runToSlot(stuck, 8 * 60);
    expect(stuck.decidedHeight()).toBe(0);
  });
});
