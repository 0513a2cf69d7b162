import type { ProofOfStakeState } from './state.ts';

// A slot in thirds, as Ethereum's: blocks, votes, aggregates; and a last sixth for votes that no aggregate brought.

/** When the current slot began, by the node's clock. */
export function slotBeginsUs({ slot, constants }: ProofOfStakeState): number {
  return slot * constants.settings.slotUs;
}

/** After so much of a slot votes are cast. */
export function attestationDueUs({ constants }: ProofOfStakeState): number {
  return Math.floor(constants.settings.slotUs / 3);
}

export function aggregateDueUs({ constants }: ProofOfStakeState): number {
  return Math.floor((2 * constants.settings.slotUs) / 3);
}

export function repetitionDueUs({ constants }: ProofOfStakeState): number {
  return Math.floor((5 * constants.settings.slotUs) / 6);
}
