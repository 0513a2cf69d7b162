import { type Block, GENESIS, type ReplicaSetup } from '../contract.ts';
import { drawCommittees, type Schedule } from './committees.ts';
import { genesisProgress, nextEpoch, type Progress, type Rules } from './epochs.ts';
import type { ProofOfStakeSettings } from './settings.ts';

/** A chain after a block. Frozen. */
export interface ChainState {
  /** Its last block. */
  readonly block: Block;
  readonly slot: number;
  /** Undefined for genesis. */
  readonly parent: ChainState | undefined;
  readonly progress: Progress;
}

/**
 * The rules of a simulation and what follows from them and from blocks alone, worked out once for all replicas as executions are: whoever asks gets what it would
 * have worked out by itself.
 */
export interface Chains extends Rules {
  readonly genesis: ChainState;
  readonly known: WeakMap<Block, ChainState | string>;
  readonly later: WeakMap<ChainState, Map<number, Progress>>;
  readonly schedules: Map<number, Schedule>;
}

/** Stands for the block that everybody starts from until a replica starts and looks it up. */
const UNSEEN_GENESIS: Block = Object.freeze({
  id: GENESIS,
  parent: GENESIS,
  height: 0,
  round: 0,
  proposer: -1,
  timeUs: 0,
  digest: 0,
  payload: 0,
  transactions: 0,
  sizeBytes: 0,
});

/** All stakes together are at most so much at the start: sums stay exact with what is earned. */
const MOST_STAKE = 2 ** 50;
const KEPT_SCHEDULES = 64;

type Simulations = WeakMap<readonly number[], Map<number, Chains>>;
const simulations = new WeakMap<ProofOfStakeSettings, Simulations>();

/** The same for all replicas of a simulation. */
export function chainsOf({ settings, powers, totalPower, seed }: ReplicaSetup<ProofOfStakeSettings>): Chains {
  const bySetting: Simulations = simulations.get(settings) ?? new WeakMap();
  simulations.set(settings, bySetting);
  const bySeed = bySetting.get(powers) ?? new Map<number, Chains>();
  bySetting.set(powers, bySeed);
  const known = bySeed.get(seed);
  if (known !== undefined) return known;
  const unitGwei = Math.max(1, Math.min(settings.stakeUnitGwei, Math.floor(MOST_STAKE / totalPower)));
  const rules: Rules = {
    settings,
    seed,
    unitGwei,
    initial: Float64Array.from(powers, (power) => power * unitGwei),
  };
  const progress = genesisProgress(rules, GENESIS);
  const chains: Chains = Object.freeze({
    ...rules,
    genesis: Object.freeze({ block: UNSEEN_GENESIS, slot: 0, parent: undefined, progress }),
    known: new WeakMap(),
    later: new WeakMap(),
    schedules: new Map(),
  });
  bySeed.set(seed, chains);
  return chains;
}

export function epochOf({ settings }: Rules, slot: number): number {
  return Math.floor(slot / settings.slotsPerEpoch);
}

/** Who votes in an epoch. */
export function scheduleOf(chains: Chains, epoch: number): Schedule {
  const { schedules, seed, initial, settings } = chains;
  let schedule = schedules.get(epoch);
  if (schedule === undefined) {
    schedule = drawCommittees(seed, epoch, initial.length, settings.slotsPerEpoch);
    schedules.set(epoch, schedule);
    if (schedules.size > KEPT_SCHEDULES) schedules.delete(schedules.keys().next().value!);
  }
  return schedule;
}

/** Who votes in a slot, in their order. */
export function committeeOf(chains: Chains, slot: number): Int32Array {
  const { slotsPerEpoch } = chains.settings;
  return scheduleOf(chains, Math.floor(slot / slotsPerEpoch)).committees[slot % slotsPerEpoch]!;
}

/** A chain in an epoch that begins after its last block, without another block. */
export function progressIn(chains: Chains, state: ChainState, epoch: number): Progress {
  let { progress } = state;
  if (progress.epoch.epoch >= epoch) return progress;
  let later = chains.later.get(state);
  if (later === undefined) {
    later = new Map();
    chains.later.set(state, later);
  }
  for (let next = progress.epoch.epoch + 1; next <= epoch; next++) {
    const known = later.get(next) ?? nextEpoch(chains, progress, state.block.id);
    later.set(next, known);
    progress = known;
  }
  return progress;
}

/** Who may propose in a slot on a chain. */
export function proposerIn(chains: Chains, parent: ChainState, slot: number): number {
  const { slotsPerEpoch } = chains.settings;
  return progressIn(chains, parent, epochOf(chains, slot)).epoch.proposers[slot % slotsPerEpoch]!;
}

/** The block that a chain has at a slot: the last one made by then. Takes O(blocks since). */
export function blockAt(state: ChainState, slot: number): number {
  let at = state;
  while (at.slot > slot && at.parent !== undefined) at = at.parent;
  return at.block.id;
}

/** The block of a chain's checkpoint of an epoch. Takes O(1) for the last one, else O(blocks since). */
export function boundaryIn({ settings }: Rules, state: ChainState, epoch: number): number {
  const { progress } = state;
  return progress.epoch.epoch === epoch ? progress.boundary : blockAt(state, epoch * settings.slotsPerEpoch);
}
