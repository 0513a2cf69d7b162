import { plainApplication } from '../consensus/application.ts';
import type { Observer } from '../consensus/observer.ts';
import { proofOfStake } from '../consensus/proofOfStake/index.ts';
import { Simulation } from '../consensus/simulator/simulation.ts';
import type { ConsensusSettings } from '../types/consensus.ts';

/** By default a slot of the proof-of-stake networks of tests. */
export const SLOT_US = 60_000;
export const EVENTS = 5_000_000;

interface Given {
  readonly powers?: readonly number[];
  readonly own?: Readonly<Record<string, number>>;
  readonly network?: Partial<ConsensusSettings['network']>;
  readonly rest?: Partial<ConsensusSettings>;
  readonly observers?: readonly Observer[];
}

export const equals = (count: number): number[] => Array.from({ length: count }, () => 1);

/** Validators, by default eight equal ones on links of 1 ms, whose blocks take 1 ms to execute, with eight slots an epoch. */
export function stakeNetwork({
  powers = equals(8),
  own = {},
  network,
  rest,
  observers = [],
}: Given = {}): Simulation {
  const settings: ConsensusSettings = {
    protocol: 'proofOfStake',
    seed: 7,
    powers,
    twins: [],
    network: {
      topology: { kind: 'direct' },
      latency: { kind: 'constant', us: 1000 },
      bytesPerSecond: 0,
      lossPermille: 0,
      duplicatePermille: 0,
      clockDriftPpm: 0,
      diskUs: 0,
      ...network,
    },
    protocolSettings: {},
    interventions: [],
    blockGas: 1000,
    gasPerSecond: 1_000_000,
    ...rest,
  };
  const read = proofOfStake.readSettings({ slotUs: SLOT_US, ...own });
  if (!read.ok) throw new Error(read.error.message);
  return new Simulation(settings, proofOfStake, read.value, plainApplication(1000, 10), observers).begin();
}

/** Runs until a slot begins. */
export function runToSlot(simulation: Simulation, slot: number): void {
  const ending = simulation.run({ untilUs: slot * SLOT_US - 1, events: EVENTS });
  if (ending !== 'time') throw new Error(`ended by ${ending}`);
}
