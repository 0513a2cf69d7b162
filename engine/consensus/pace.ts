import type { ConsensusSettings, Latency } from '../types/consensus.ts';

const SECOND_US = 1_000_000;

/** How fast a protocol is with some settings. For planning faults and for knowing when somebody waits too long; nothing rests on it. */
export interface Pace {
  /** About how long a height takes where nothing is wrong, µs. */
  readonly heightUs: number;
  /** Within which a height is decided, µs, once nothing is wrong any more: many times what is to be expected. */
  readonly patienceUs: number;
}

/** Of one that is waited for: so much longer than the mean. An exponential wait exceeds it once in 10^17 times. */
const LONG_WAIT = 40;
/** Rounds in which liars, and replicas that were elsewhere, may be in the way: until everybody has proposed some times. */
const MORE_ROUNDS = 4;
const TURNS = 3;
const MOST_ROUNDS_OF_TURNS = 60;
/** A latency’s tail, as a multiple of its mean. */
const TAIL = 4;
/** For so many lost in a thousand, patience is doubled, trebled, … */
const LOSS_STEP_PERMILLE = 20;
const MESSAGE_BYTES = 200;
const BLOCK_BYTES = 15_000;

/** `own`: the protocol's settings, by name, all there. */
export function paceOf(settings: ConsensusSettings, own: Readonly<Record<string, number>>): Pace {
  const { lossPermille } = settings.network;
  const { heightUs, patienceUs } = PACES[settings.protocol](settings, own);
  return { heightUs, patienceUs: patienceUs * (1 + Math.ceil(lossPermille / LOSS_STEP_PERMILLE)) };
}

type PaceOf = (settings: ConsensusSettings, own: Readonly<Record<string, number>>) => Pace;

const PACES: { readonly [P in ConsensusSettings['protocol']]: PaceOf } = {
  nakamoto(settings, { blockIntervalUs = 1, confirmations = 1, startDifficultyPermille = 1000 }) {
    const heightUs = Math.ceil((blockIntervalUs * startDifficultyPermille) / 1000);
    const travelUs = hopUs(settings);
    return { heightUs, patienceUs: (confirmations + LONG_WAIT) * (heightUs + travelUs) };
  },
  proofOfStake(settings, { slotUs = SECOND_US, slotsPerEpoch = 1 }) {
    return { heightUs: slotUs, patienceUs: LONG_WAIT * slotUs * slotsPerEpoch + hopUs(settings) };
  },
  tendermint(settings, own) {
    const travelUs = hopUs(settings);
    const workUs = executionUs(settings);
    const neededUs = travelUs + workUs;
    // Until timeouts, which grow by round, are long enough.
    let slowRounds = 0;
    const stages = ['timeoutPropose', 'timeoutPrevote', 'timeoutPrecommit'] as const;
    let firstUs = 0;
    let deltaUs = 0;
    for (const stage of stages) {
      const timeoutUs = own[`${stage}Us`] ?? 0;
      const growthUs = own[`${stage}DeltaUs`] ?? 0;
      firstUs += timeoutUs;
      deltaUs += growthUs;
      if (growthUs > 0) slowRounds = Math.max(slowRounds, Math.ceil((neededUs - timeoutUs) / growthUs));
    }
    const rounds = slowRounds + MORE_ROUNDS + Math.min(TURNS * settings.powers.length, MOST_ROUNDS_OF_TURNS);
    const pauseUs = own.timeoutCommitUs ?? 0;
    const patienceUs =
      rounds * (firstUs + stages.length * neededUs) + (deltaUs * rounds * (rounds - 1)) / 2 + pauseUs;
    return {
      heightUs: Math.max(1, stages.length * meanUs(settings.network.latency) + 2 * workUs + pauseUs),
      patienceUs,
    };
  },
};

/** How long a message may take to everybody, with its sender's disk. */
function hopUs({ network, powers }: ConsensusSettings): number {
  const { latency, topology, bytesPerSecond, diskUs } = network;
  const nodes = powers.length;
  const hops = topology.kind === 'direct' ? 1 : 34 - Math.clz32(nodes);
  const sentBytes = nodes * (BLOCK_BYTES + nodes * MESSAGE_BYTES);
  const busyUs = bytesPerSecond === 0 ? 0 : Math.ceil((sentBytes * SECOND_US) / bytesPerSecond);
  return hops * (TAIL * meanUs(latency) + busyUs) + diskUs;
}

function executionUs({ blockGas, gasPerSecond }: ConsensusSettings): number {
  return Math.ceil((blockGas * SECOND_US) / gasPerSecond);
}

/** The mean of a latency, µs. */
export function meanUs(latency: Latency): number {
  if (latency.kind === 'constant') return latency.us;
  if (latency.kind === 'uniform') return Math.floor((latency.minUs + latency.maxUs) / 2);
  return latency.minUs + latency.meanUs;
}
