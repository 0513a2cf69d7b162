import type { ConsensusSettings, ProtocolId } from '../../../engine/api/index.ts';

/**
 * What a protocol starts with here, where the field's defaults would be too slow to watch: CometBFT waits seconds for a proposal,
 * Bitcoin ten minutes for a block.
 */
const PROTOCOL_SETTINGS: Readonly<Record<ProtocolId, Readonly<Record<string, number>>>> = {
  tendermint: {
    timeoutProposeUs: 400_000,
    timeoutProposeDeltaUs: 200_000,
    timeoutPrevoteUs: 200_000,
    timeoutPrevoteDeltaUs: 100_000,
    timeoutPrecommitUs: 200_000,
    timeoutPrecommitDeltaUs: 100_000,
  },
  nakamoto: { blockIntervalUs: 600_000, retargetBlocks: 0 },
  proofOfStake: {},
};

/** Four equal replicas on a wide network. */
export function firstSettings(protocol: ProtocolId): ConsensusSettings {
  return {
    protocol,
    seed: 1,
    powers: [1, 1, 1, 1],
    twins: [],
    network: {
      topology: { kind: 'direct' },
      latency: { kind: 'uniform', minUs: 20_000, maxUs: 80_000 },
      bytesPerSecond: 0,
      lossPermille: 0,
      duplicatePermille: 0,
      clockDriftPpm: 0,
      diskUs: 1000,
    },
    protocolSettings: PROTOCOL_SETTINGS[protocol],
    interventions: [],
    blockGas: 10_000_000,
    gasPerSecond: 1_000_000_000,
  };
}

/** The same network and replicas under another protocol. */
export function underProtocol(settings: ConsensusSettings, protocol: ProtocolId): ConsensusSettings {
  if (settings.protocol === protocol) return settings;
  const { protocolSettings } = firstSettings(protocol);
  const { script: _, ...rest } = settings;
  return { ...rest, protocol, protocolSettings, interventions: [] };
}

/** How far a lost message is seen to get: half of a usual way. */
export function lostUs({ network: { latency } }: ConsensusSettings): number {
  if (latency.kind === 'constant') return latency.us / 2;
  if (latency.kind === 'uniform') return (latency.minUs + latency.maxUs) / 4;
  return (latency.minUs + latency.meanUs) / 2;
}
