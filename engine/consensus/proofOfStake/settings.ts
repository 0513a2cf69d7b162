import { fail, ok, type Result } from '../../base/result.ts';
import type { ProtocolSetting } from '../../types/consensusLog.ts';
import { readProtocolSettings } from '../readProtocolSettings.ts';

export interface ProofOfStakeSettings {
  readonly slotUs: number;
  readonly slotsPerEpoch: number;
  /** Of each committee; committees that are not larger vote one by one. */
  readonly aggregators: number;
  /** What a unit of power stakes at the start, gwei. */
  readonly stakeUnitGwei: number;
  /** An epoch, for a stake of one unit. */
  readonly rewardVoteGwei: number;
  readonly rewardHeadGwei: number;
  /** A block, whatever the stake: the larger draws more often. */
  readonly rewardProposalGwei: number;
  /** In thousandths of `rewardVoteGwei`. */
  readonly penaltyPermille: number;
  /** An epoch, for each validator, whatever its stake. */
  readonly costGwei: number;
  /** 1: rewards count as stake. */
  readonly compounding: number;
  readonly slashPermille: number;
  readonly leakAfterEpochs: number;
  /** 0: no leak. */
  readonly leakQuotient: number;
  readonly proposerBoostPermille: number;
}

const DAY_US = 86_400_000_000;
const MOST_GWEI = 1_000_000_000_000;

export const SETTINGS: readonly ProtocolSetting[] = [
  {
    name: 'slotUs',
    title: 'Slot',
    about:
      'In each slot one proposer may make a block, and one committee votes; Ethereum: 12 s. Votes leave after a third of it, aggregates after two thirds: with slow links a third is too short, and votes miss blocks.',
    unit: 'µs',
    initial: 12_000_000,
    min: 1000,
    max: DAY_US,
  },
  {
    name: 'slotsPerEpoch',
    title: 'Slots an epoch',
    about:
      'Each validator votes once an epoch, and an epoch’s first block is what two thirds justify and finalise; Ethereum: 32. More slots mean smaller committees, fewer messages a slot, and later finality.',
    unit: 'slots',
    initial: 8,
    min: 2,
    max: 1024,
  },
  {
    name: 'aggregators',
    title: 'Aggregators a committee',
    about:
      'So many members gather the votes of their committee, and each sends everybody one message with all of them. A vote that no aggregate brought is sent by who cast it. 0: all votes go to everybody one by one.',
    unit: 'count',
    initial: 2,
    min: 0,
    max: 1000,
  },
  {
    name: 'stakeUnitGwei',
    title: 'Stake of a unit of power',
    about:
      'What a validator of power 1 stakes at the start; Ethereum: 32 ETH. Less where all together would have more than 2⁵⁰ gwei.',
    unit: 'gwei',
    initial: 32_000_000_000,
    min: 1,
    max: MOST_GWEI,
  },
  {
    name: 'rewardVoteGwei',
    title: 'Reward for a vote',
    about:
      'For each vote with the right source and target, a unit of stake and epoch. Ethereum’s is some thousand gwei; here it is so large that compounding shows within a hundred epochs.',
    unit: 'gwei',
    initial: 24_000_000,
    min: 0,
    max: MOST_GWEI,
  },
  {
    name: 'rewardHeadGwei',
    title: 'Reward for the right head',
    about: 'For a vote that also names the block that turned out to be the chain’s at its slot.',
    unit: 'gwei',
    initial: 8_000_000,
    min: 0,
    max: MOST_GWEI,
  },
  {
    name: 'rewardProposalGwei',
    title: 'Reward for a block',
    about: 'For each block of the chain. Large stakes propose more often, so this too goes by stake.',
    unit: 'gwei',
    initial: 4_000_000,
    min: 0,
    max: MOST_GWEI,
  },
  {
    name: 'penaltyPermille',
    title: 'Penalty for a missing vote',
    about: 'In thousandths of the reward for a vote: who misses it, or has a wrong target, loses so much.',
    unit: 'permille',
    initial: 1000,
    min: 0,
    max: 10_000,
  },
  {
    name: 'costGwei',
    title: 'Cost of running a validator',
    about:
      'Each validator spends so much an epoch, small or large. Where it eats up the reward of small stakes, stake gathers with the large.',
    unit: 'gwei',
    initial: 4_000_000,
    min: 0,
    max: MOST_GWEI,
  },
  {
    name: 'compounding',
    title: 'Compounding',
    about:
      '1: what was earned counts as stake as soon as it is final, and earns more. 0: a stake counts as what it was at the start, at most.',
    unit: 'count',
    initial: 1,
    min: 0,
    max: 1,
  },
  {
    name: 'slashPermille',
    title: 'Slashed of a stake',
    about:
      'What who votes or proposes twice, or surrounds an own vote, loses when a block brings the proof; its vote counts no longer. Casper takes all.',
    unit: 'permille',
    initial: 1000,
    min: 0,
    max: 1000,
  },
  {
    name: 'leakAfterEpochs',
    title: 'Leak after',
    about:
      'After so many epochs without finality the stakes of those who do not vote begin to leak away, until those who do have two thirds again; Ethereum: 4.',
    unit: 'count',
    initial: 4,
    min: 0,
    max: 100_000,
  },
  {
    name: 'leakQuotient',
    title: 'Slowness of the leak',
    about:
      'In the n-th epoch of the leak who is away loses n parts in so many of the stake. Faster leaks bring finality back sooner, also to both sides of a partition, which then never agree. 0: no leak.',
    unit: 'count',
    initial: 16_384,
    min: 0,
    max: 1_000_000_000,
  },
  {
    name: 'proposerBoostPermille',
    title: 'Proposer boost',
    about:
      'A block in time counts, in its slot, as if it had such a part of a committee’s votes; Ethereum: 400. Without it late votes can push it aside.',
    unit: 'permille',
    initial: 400,
    min: 0,
    max: 1000,
  },
];

/** Fails with `consensus/bad_setting`. */
export function readSettings(given: Readonly<Record<string, number>>): Result<ProofOfStakeSettings> {
  const read = readProtocolSettings(SETTINGS, given);
  if (!read.ok) return read;
  const settings = read.value as Readonly<Record<keyof ProofOfStakeSettings, number>>;
  const { stakeUnitGwei, rewardVoteGwei, rewardHeadGwei } = settings;
  if (rewardVoteGwei + rewardHeadGwei > stakeUnitGwei) {
    return fail(
      'consensus/bad_setting',
      `Rewards of ${rewardVoteGwei} and ${rewardHeadGwei} gwei an epoch for a stake of ${stakeUnitGwei} would more than double it.`,
      { setting: 'rewardVoteGwei', value: String(rewardVoteGwei), max: stakeUnitGwei - rewardHeadGwei },
    );
  }
  return ok(Object.freeze({ ...settings }));
}
