import { drawProposers } from './committees.ts';
import { type Accounts, type Duties, hasBit, settle } from './economy.ts';
import { type Checkpoint, checkpointOf } from './messages.ts';
import type { ProofOfStakeSettings } from './settings.ts';

/** What is the same in a whole simulation. */
export interface Rules {
  readonly settings: ProofOfStakeSettings;
  readonly seed: number;
  /** A unit of stake, gwei. */
  readonly unitGwei: number;
  /** What each validator stakes at the start, gwei. */
  readonly initial: Float64Array;
}

/** A chain as it is at the beginning of an epoch. Frozen, and nobody changes its arrays. */
export interface EpochState {
  readonly epoch: number;
  /** Of the same chain; undefined before epoch 0. */
  readonly previous: EpochState | undefined;
  readonly accounts: Accounts;
  /**
   * What each validator's vote counts, gwei: its stake at the last finalised checkpoint, so that branches that have that in common count alike; less what leaked
   * since, and nothing once it is slashed.
   */
  readonly weights: Float64Array;
  readonly totalWeight: number;
  /** The last justified checkpoint, as it was in the epoch before and as it is: what votes of that epoch and of this have as their source. */
  readonly previousJustified: Checkpoint;
  readonly justified: Checkpoint;
  readonly finalised: Checkpoint;
  /** Bit i: the checkpoint of i epochs before the last is justified. */
  readonly justificationBits: number;
  readonly isLeaking: boolean;
  /** Of each slot. */
  readonly proposers: Int32Array;
}

/** What a chain's blocks have brought so far in an epoch. Frozen, and nobody changes its arrays. Sets: a bit for each identity. */
export interface Progress {
  readonly epoch: EpochState;
  /** Whose votes for this epoch's checkpoint, and the one before it, are in blocks; and of those whose named the right head. */
  readonly targets: Uint32Array;
  readonly heads: Uint32Array;
  readonly previousTargets: Uint32Array;
  readonly previousHeads: Uint32Array;
  /** Who was slashed in this epoch's blocks, and who made them. */
  readonly slashings: readonly number[];
  readonly proposers: readonly number[];
  /** The blocks of this epoch's checkpoint and of the one before. */
  readonly boundary: number;
  readonly previousBoundary: number;
}

const NOBODY: readonly number[] = Object.freeze([]);

export function genesisProgress(rules: Rules, genesis: number): Progress {
  const { initial, seed, settings } = rules;
  const validators = initial.length;
  const checkpoint = checkpointOf(0, genesis);
  const accounts: Accounts = Object.freeze({
    stakes: initial.slice(),
    scores: new Int32Array(validators),
    slashed: new Uint8Array(validators),
    issued: 0,
    burnt: 0,
    spent: 0,
  });
  const epoch: EpochState = Object.freeze({
    epoch: 0,
    previous: undefined,
    accounts,
    weights: initial,
    totalWeight: sumOf(initial),
    previousJustified: checkpoint,
    justified: checkpoint,
    finalised: checkpoint,
    justificationBits: 0,
    isLeaking: false,
    proposers: drawProposers(seed, 0, initial, settings.slotsPerEpoch),
  });
  const words = Math.ceil(validators / 32);
  return Object.freeze({
    epoch,
    targets: new Uint32Array(words),
    heads: new Uint32Array(words),
    previousTargets: new Uint32Array(words),
    previousHeads: new Uint32Array(words),
    slashings: NOBODY,
    proposers: NOBODY,
    boundary: genesis,
    previousBoundary: genesis,
  });
}

/** The next epoch of a chain whose last block is `last`. Takes O(validators). */
export function nextEpoch(rules: Rules, ended: Progress, last: number): Progress {
  const { settings, seed, unitGwei } = rules;
  const before = ended.epoch;
  const justification = justify(ended);
  const { finalised } = justification;
  // The votes that can be in by now are those of the epoch before.
  const delay = Math.max(0, before.epoch - 1 - finalised.epoch);
  const isLeaking = settings.leakQuotient > 0 && delay > settings.leakAfterEpochs;
  const duties: Duties = {
    targets: ended.previousTargets,
    heads: ended.previousHeads,
    proposers: ended.proposers,
    slashings: ended.slashings,
    areVotesDue: before.epoch > 0,
    isLeaking,
  };
  const accounts = settle(settings, unitGwei, before.accounts, before.weights, duties);
  const weights = weightsOf(rules, before, accounts, finalised, isLeaking);
  const epoch: EpochState = Object.freeze({
    epoch: before.epoch + 1,
    previous: before,
    accounts,
    weights,
    totalWeight: sumOf(weights),
    previousJustified: before.justified,
    ...justification,
    isLeaking,
    proposers: drawProposers(seed, before.epoch + 1, weights, settings.slotsPerEpoch),
  });
  return Object.freeze({
    epoch,
    targets: new Uint32Array(ended.targets.length),
    heads: new Uint32Array(ended.heads.length),
    previousTargets: ended.targets,
    previousHeads: ended.heads,
    slashings: NOBODY,
    proposers: NOBODY,
    boundary: last,
    previousBoundary: ended.boundary,
  });
}

/**
 * Supermajority links of this epoch and the one before justify; of four checkpoints in a row, justified without a gap, the first is finalised when it is the
 * source of a link to one of them (“Combining GHOST and Casper”, definition 4.9, with k of 1 and 2, for votes that come up to an epoch late).
 */
function justify(ended: Progress): Pick<EpochState, 'justified' | 'finalised' | 'justificationBits'> {
  const { epoch: state, boundary, previousBoundary } = ended;
  const { epoch } = state;
  // Genesis is justified and final by itself.
  if (epoch === 0) return { justified: state.justified, finalised: state.finalised, justificationBits: 1 };
  let { justified, finalised } = state;
  let bits = (state.justificationBits << 1) & 0b1111;
  if (epoch > 1 && isSupermajority(ended, ended.previousTargets)) {
    justified = checkpointOf(epoch - 1, previousBoundary);
    bits |= 0b10;
  }
  if (isSupermajority(ended, ended.targets)) {
    justified = checkpointOf(epoch, boundary);
    bits |= 0b1;
  }
  const { previousJustified: older, justified: old } = state;
  const all = (mask: number): boolean => (bits & mask) === mask;
  if (all(0b1110) && older.epoch + 3 === epoch) finalised = older;
  if (all(0b110) && older.epoch + 2 === epoch) finalised = older;
  if (all(0b111) && old.epoch + 2 === epoch) finalised = old;
  if (all(0b11) && old.epoch + 1 === epoch) finalised = old;
  return { justified, finalised, justificationBits: bits };
}

/** Two thirds of the stake and more, without those who were slashed meanwhile. */
function isSupermajority({ epoch, slashings }: Progress, voters: Uint32Array): boolean {
  const { weights } = epoch;
  let sum = 0;
  let total = 0;
  for (let identity = 0; identity < weights.length; identity++) {
    if (slashings.length > 0 && slashings.includes(identity)) continue;
    total += weights[identity]!;
    if (hasBit(voters, identity)) sum += weights[identity]!;
  }
  return total > 0 && 3 * sum >= 2 * total;
}

function weightsOf(
  { settings, initial }: Rules,
  before: EpochState,
  { stakes, slashed }: Accounts,
  finalised: Checkpoint,
  isLeaking: boolean,
): Float64Array {
  let basis = before.weights;
  if (finalised.epoch > before.finalised.epoch) {
    let then = before;
    while (then.epoch > finalised.epoch) then = then.previous!;
    basis = then.accounts.stakes;
    if (settings.compounding === 0)
      basis = basis.map((stake, identity) => Math.min(stake, initial[identity]!));
  }
  // While stakes leak, or right after, they count as what is left.
  const isLess = isLeaking || before.isLeaking;
  return basis.map((weight, identity) => {
    if (slashed[identity] === 1) return 0;
    return isLess ? Math.min(weight, stakes[identity]!) : weight;
  });
}

function sumOf(stakes: Float64Array): number {
  let sum = 0;
  for (const stake of stakes) sum += stake;
  return sum;
}
