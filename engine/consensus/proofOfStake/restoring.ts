import { type Block, GENESIS, type ReplicaSetup } from '../contract.ts';
import { join } from './blocks.ts';
import { chainsOf, type ChainState } from './chain.ts';
import { stateOf } from './chainStates.ts';
import type { ProposalRecord, VoteRecord } from './duties.ts';
import type { FinalRecord } from './finality.ts';
import type { ProofOfStakeSettings } from './settings.ts';
import { createState, type ProofOfStakeState } from './state.ts';
import { findInTree, plantTree } from './tree.ts';

type DiskRecord = VoteRecord | ProposalRecord | FinalRecord;

/** A replica that never says what contradicts what it said before, whatever it forgot beyond its disk. Blocks for which it never voted come again from others. */
export function restoreState(
  setup: ReplicaSetup<ProofOfStakeSettings>,
  records: readonly object[],
  blockOf: (id: number) => Block,
): ProofOfStakeState {
  const state = createState(setup, 1 + records.length);
  const chains = chainsOf(setup);
  const chainOf = (block: Block): ChainState => stateOf(chains, block, blockOf);
  const plant = (root: Block): void => {
    const chain = chainOf(root);
    Object.assign(state, plantTree(chain), { head: chain });
  };
  plant(blockOf(GENESIS));
  state.written = records.length;
  for (const record of records as readonly DiskRecord[]) {
    if ('finalised' in record) {
      const { finalised, root, head: _, ...said } = record;
      Object.assign(state, said);
      state.finalised = finalised;
      state.decided.length = 0;
      for (let block = root; ; block = blockOf(block.parent)) {
        state.decided[block.height] = block.id;
        if (block.height === 0) break;
      }
      plant(root);
    } else if ('proposedSlot' in record) state.proposedSlot = record.proposedSlot;
    else {
      state.votedSource = record.votedSource;
      state.votedTarget = record.votedTarget;
    }
    if ('head' in record) joinUpTo(state, chainOf(record.head));
  }
  return state;
}

/** A chain that was in the tree when the record was written: what of it is still to come. */
function joinUpTo(state: ProofOfStakeState, chain: ChainState): void {
  const missing: ChainState[] = [];
  let at: ChainState | undefined = chain;
  while (at !== undefined && findInTree(state, at.block.id, at.block.height) === undefined) {
    missing.push(at);
    at = at.parent;
  }
  // Beside what became final since.
  if (at === undefined) return;
  for (let next = missing.pop(); next !== undefined; next = missing.pop()) join(state, next);
}
