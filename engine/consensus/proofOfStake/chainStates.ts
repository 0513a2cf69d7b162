import type { Block } from '../contract.ts';
import type { Chains, ChainState } from './chain.ts';
import { applyBody } from './includes.ts';

/** The chain after a block on another one; a word where what it carries is against the rules. Nothing is asked of proposer and digest. */
export function stateAfter(chains: Chains, parent: ChainState, block: Block): ChainState | string {
  const known = chains.known.get(block);
  if (known !== undefined) return known;
  const state = applyBody(chains, parent, block);
  chains.known.set(block, state);
  return state;
}

/** The chain after a block that was accepted before, and so all before it. Takes O(1) where that is still known, O(blocks) where it is not. */
export function stateOf(chains: Chains, block: Block, blockOf: (id: number) => Block): ChainState {
  const missing: Block[] = [];
  let at = block;
  let state = chains.known.get(at);
  while (state === undefined && at.height > 0) {
    missing.push(at);
    at = blockOf(at.parent);
    state = chains.known.get(at);
  }
  if (state === undefined) {
    state = Object.freeze({ ...chains.genesis, block: at });
    chains.known.set(at, state);
  }
  for (let next = missing.pop(); next !== undefined; next = missing.pop()) {
    state = stateAfter(chains, state as ChainState, next);
  }
  return state as ChainState;
}
