import type { Block, ReplicaSetup } from '../contract.ts';
import { join } from './blocks.ts';
import { chainsOf } from './chain.ts';
import { stateAfter, stateOf } from './chainStates.ts';
import type { ProposalRecord, VoteRecord } from './duties.ts';
import type { FinalRecord } from './finality.ts';
import type { ProofOfStakeSettings } from './settings.ts';
import { createState, type ProofOfStakeState } from './state.ts';
import { placeOf, plantTree } from './tree.ts';

type DiskRecord = Block | VoteRecord | ProposalRecord | FinalRecord;

/** A replica that never says what contradicts what it said before, whatever it forgot beyond its disk. */
export function restoreState(
  setup: ReplicaSetup<ProofOfStakeSettings>,
  records: readonly object[],
  blockOf: (id: number) => Block,
): ProofOfStakeState {
  const state = createState(setup, 1 + records.length);
  state.written = records.length;
  for (const record of records as readonly DiskRecord[]) {
    if ('finalised' in record) restoreFinal(state, setup, record, blockOf);
    else if ('payload' in record) restoreBlock(state, record);
    else if ('proposedSlot' in record) state.proposedSlot = record.proposedSlot;
    else {
      state.votedSource = record.votedSource;
      state.votedTarget = record.votedTarget;
    }
  }
  return state;
}

function restoreFinal(
  state: ProofOfStakeState,
  setup: ReplicaSetup<ProofOfStakeSettings>,
  { finalised, blocks, ...said }: FinalRecord,
  blockOf: (id: number) => Block,
): void {
  const [root, ...rest] = blocks;
  Object.assign(state, said);
  state.finalised = finalised;
  state.decided.length = 0;
  for (let block = root!; ; block = blockOf(block.parent)) {
    state.decided[block.height] = block.id;
    if (block.height === 0) break;
  }
  state.tree = plantTree(root!, stateOf(chainsOf(setup), root!, blockOf));
  state.pool.clear();
  for (const block of rest) restoreBlock(state, block);
}

/** It was accepted before. */
function restoreBlock(state: ProofOfStakeState, block: Block): void {
  const { tree, constants } = state;
  const parent = placeOf(tree, block.parent);
  if (parent < 0 || placeOf(tree, block.id) >= 0) return;
  const chain = stateAfter(constants.chains, tree.nodes[parent]!.chain, block);
  if (typeof chain !== 'string') join(state, block, chain, parent);
}
