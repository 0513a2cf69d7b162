import type { ProtocolId } from '../../types/consensus.ts';

/** Names of protocols where people write them. */
export const PROTOCOL_NAMES: { readonly [name: string]: ProtocolId } = {
  nakamoto: 'nakamoto',
  'proof-of-stake': 'proofOfStake',
  tendermint: 'tendermint',
};
