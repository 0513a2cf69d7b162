/**
 * Who proposes, by CometBFT's rule (`types/validator_set.go`, `spec/consensus/proposer-selection.md`): everybody gains priority by voting power, the
 * first proposes and pays the power of all. Exact for every set that CometBFT takes. Ties go to the lower index, which stands for its lower address.
 */
import { fail, ok, type Result } from '../../base/result.ts';

/** CometBFT's `MaxTotalVotingPower`: an eighth of the largest 64-bit integer, so that no priority overflows. */
export const MAX_TOTAL_POWER = (2n ** 63n - 1n) / 8n;
/** `PriorityWindowSizeFactor`: how many times the power of all the highest and the lowest priority may be apart. */
const WINDOW_FACTOR = 2n;

/** The proposer of a set as it is, and what the next increment starts from. Plain data. */
export interface ProposerSet {
  /** Of each validator; never changed. */
  readonly powers: BigInt64Array;
  readonly total: bigint;
  readonly priorities: BigInt64Array;
  proposer: number;
}

/**
 * A fresh set, whose proposer is that of the first height (`NewValidatorSet`). Fails with `consensus/no_power` when there is none or one is not
 * above zero, and with `consensus/too_much_power` above {@link MAX_TOTAL_POWER}.
 */
export function freshProposers(powers: readonly bigint[]): Result<ProposerSet> {
  const wrong = powers.findIndex((power) => power <= 0n);
  if (powers.length === 0 || wrong >= 0) {
    return fail('consensus/no_power', 'Every validator needs a power above zero, and one there must be.', {
      index: wrong,
    });
  }
  const total = powers.reduce((sum, power) => sum + power, 0n);
  if (total > MAX_TOTAL_POWER) {
    return fail('consensus/too_much_power', `All powers together may not exceed ${MAX_TOTAL_POWER}.`, {
      total: String(total),
      max: String(MAX_TOTAL_POWER),
    });
  }
  // New validators start 1.125 times the total behind. When all are new, centring undoes it.
  const priorities = new BigInt64Array(powers.length).fill(-(total + (total >> 3n)));
  const set: ProposerSet = { powers: BigInt64Array.from(powers), total, priorities, proposer: 0 };
  rescale(set);
  centre(set);
  incrementPriority(set, 1);
  return ok(set);
}

/** `IncrementProposerPriority`: `times` steps at once, from 1 up. */
export function incrementPriority(set: ProposerSet, times: number): void {
  rescale(set);
  centre(set);
  for (let i = 0; i < times; i++) set.proposer = takeTurn(set);
}

/** A copy that goes on by itself: rounds of a height do not change the turns of heights. */
export function copyProposers(set: ProposerSet): ProposerSet {
  return { ...set, priorities: set.priorities.slice() };
}

/** The proposers of the first `steps` heights of a fresh set: indices into the powers. Fails as {@link freshProposers}. */
export function proposerSequence(powers: readonly bigint[], steps: number): Result<number[]> {
  const fresh = freshProposers(powers);
  if (!fresh.ok) return fresh;
  const sequence: number[] = [];
  for (let i = 0; i < steps; i++) {
    sequence.push(fresh.value.proposer);
    incrementPriority(fresh.value, 1);
  }
  return ok(sequence);
}

/** `RescalePriorities`: divides all, towards zero, when they are too far apart. */
function rescale({ priorities, total }: ProposerSet): void {
  let most = priorities[0]!;
  let least = most;
  for (let i = 1; i < priorities.length; i++) {
    const priority = priorities[i]!;
    if (priority > most) most = priority;
    else if (priority < least) least = priority;
  }
  const width = most - least;
  const widest = WINDOW_FACTOR * total;
  if (width <= widest) return;
  const ratio = (width + widest - 1n) / widest;
  for (let i = 0; i < priorities.length; i++) priorities[i]! /= ratio;
}

/** `shiftByAvgProposerPriority`: the average, rounded down, becomes zero. */
function centre({ priorities }: ProposerSet): void {
  let sum = 0n;
  for (let i = 0; i < priorities.length; i++) sum += priorities[i]!;
  const count = BigInt(priorities.length);
  const rest = sum % count;
  const average = (sum - rest) / count - (rest < 0n ? 1n : 0n);
  if (average === 0n) return;
  for (let i = 0; i < priorities.length; i++) priorities[i]! -= average;
}

function takeTurn({ powers, priorities, total }: ProposerSet): number {
  let first = 0;
  for (let i = 0; i < priorities.length; i++) {
    priorities[i]! += powers[i]!;
    if (priorities[i]! > priorities[first]!) first = i;
  }
  priorities[first]! -= total;
  return first;
}
