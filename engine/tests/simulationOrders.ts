import {
  prepareSimulation,
  type PreparedSimulation,
  type SimulationOrder,
} from '../runtime/consensus/simulating.ts';
import type { ConsensusSettings, ProtocolId } from '../types/consensus.ts';

/** Tendermint among four, by default, on links of some milliseconds. */
export function orderOf(
  more: Partial<Omit<SimulationOrder, 'settings'>> & {
    readonly protocol?: ProtocolId;
    readonly replicas?: number;
    readonly settings?: Partial<ConsensusSettings>;
  } = {},
): SimulationOrder {
  const { protocol = 'tendermint', replicas = 4, settings, ...rest } = more;
  return {
    settings: {
      protocol,
      seed: 0,
      powers: new Array<number>(replicas).fill(1),
      twins: [],
      network: {
        topology: { kind: 'direct' },
        latency: { kind: 'constant', us: 50_000 },
        bytesPerSecond: 0,
        lossPermille: 0,
        duplicatePermille: 0,
        clockDriftPpm: 0,
        diskUs: 0,
      },
      protocolSettings: {},
      interventions: [],
      blockGas: 10_000,
      gasPerSecond: 10_000_000,
      ...settings,
    },
    faults: [],
    byzantine: 0,
    heights: 10,
    transactions: 10,
    ...rest,
  };
}

export function preparedOf(more: Parameters<typeof orderOf>[0] = {}): PreparedSimulation {
  const prepared = prepareSimulation(orderOf(more));
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value;
}
