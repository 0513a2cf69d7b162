import { Checkers } from './consensus/checkers/index.ts';
import type { AnyProtocol } from './consensus/contract.ts';
import { nakamoto } from './consensus/nakamoto/index.ts';
import type { Observer } from './consensus/observer.ts';
import { proofOfStake } from './consensus/proofOfStake/index.ts';
import { tendermint } from './consensus/tendermint/index.ts';
import type { ProtocolId } from './types/consensus.ts';

/** The consensus protocols: one line each. Loaded only where one is asked for. */
export const protocols: Partial<Record<ProtocolId, AnyProtocol>> = {
  nakamoto,
  proofOfStake,
  tendermint,
};

/**
 * Everything that is to watch a run: checkers and the pool of evidence. `livenessBoundUs`: within which each height must be decided once all faults are
 * over; without it nobody asks.
 */
export function createCheckers(livenessBoundUs?: number): readonly Observer[] {
  return [Checkers.create(livenessBoundUs)];
}
