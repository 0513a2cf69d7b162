import type { Block, ReplicaSetup } from '../contract.ts';
import { chainsOf } from './chain.ts';
import { stateOf } from './chainStates.ts';
import type { ProofOfStakeSettings } from './settings.ts';

/** What validators had at the beginning of an epoch, whole gwei. */
export interface StakesOfEpoch {
  readonly epoch: number;
  /** Of each validator all that it owns, and what of it counts as stake. */
  readonly stakes: readonly number[];
  readonly weights: readonly number[];
  /** Since genesis. All stakes and `burnt` and `spent` less `issued` are what there was at the start. */
  readonly issued: number;
  readonly burnt: number;
  readonly spent: number;
}

/**
 * Stakes over the epochs of the chain up to a block that a replica accepted, from genesis on: how stake gathers. `blockOf`: blocks by number. The same chain
 * gives the same history, whoever asks. Takes O(epochs × validators), and O(blocks) where nobody worked it out before.
 */
export function stakeHistory(
  setup: ReplicaSetup<ProofOfStakeSettings>,
  block: Block,
  blockOf: (id: number) => Block,
): readonly StakesOfEpoch[] {
  const history: StakesOfEpoch[] = [];
  let state = stateOf(chainsOf(setup), block, blockOf).progress.epoch;
  for (;;) {
    const { epoch, accounts, weights, previous } = state;
    const { issued, burnt, spent } = accounts;
    history.push({ epoch, stakes: [...accounts.stakes], weights: [...weights], issued, burnt, spent });
    if (previous === undefined) return history.reverse();
    state = previous;
  }
}
