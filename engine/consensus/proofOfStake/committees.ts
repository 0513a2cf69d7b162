import { belowOf, nextOf, prngWords } from '../../base/prng.ts';

/** Who votes when in an epoch: every validator once. The same on every branch, so nobody has to vote twice because of a fork. */
export interface Schedule {
  /** Identities of each slot's committee. Its first members gather its votes. */
  readonly committees: readonly Int32Array[];
  /** Of each identity the slot in the epoch, and its place in the committee. */
  readonly slotOf: Int32Array;
  readonly placeOf: Int32Array;
}

/**
 * Shuffles all validators and cuts them into committees that differ by one at most. The seed stands for the random beacon that the paper assumes: nobody can
 * foresee or bend it.
 */
export function drawCommittees(
  seed: number,
  epoch: number,
  validators: number,
  slotsPerEpoch: number,
): Schedule {
  const words = prngWords(mixed(seed, epoch), 'committees');
  const order = new Int32Array(validators);
  for (let i = 0; i < validators; i++) {
    const j = belowOf(words, i + 1);
    order[i] = order[j]!;
    order[j] = i;
  }
  const slotOf = new Int32Array(validators);
  const placeOf = new Int32Array(validators);
  const committees: Int32Array[] = [];
  for (let slot = 0; slot < slotsPerEpoch; slot++) {
    const from = Math.floor((validators * slot) / slotsPerEpoch);
    const committee = order.slice(from, Math.floor((validators * (slot + 1)) / slotsPerEpoch));
    committee.forEach((identity, place) => {
      slotOf[identity] = slot;
      placeOf[identity] = place;
    });
    committees.push(committee);
  }
  return Object.freeze({ committees: Object.freeze(committees), slotOf, placeOf });
}

/** The proposer of each slot of an epoch: each validator with a chance that is its part of the stake. −1 where there is no stake. */
export function drawProposers(
  seed: number,
  epoch: number,
  stakes: Float64Array,
  slotsPerEpoch: number,
): Int32Array {
  const words = prngWords(mixed(seed, epoch), 'proposers');
  const sums = new Float64Array(stakes.length);
  let sum = 0;
  for (let i = 0; i < stakes.length; i++) {
    sum += stakes[i]!;
    sums[i] = sum;
  }
  const proposers = new Int32Array(slotsPerEpoch).fill(-1);
  if (sum === 0) return proposers;
  for (let slot = 0; slot < slotsPerEpoch; slot++) proposers[slot] = firstAbove(sums, drawBelow(words, sum));
  return proposers;
}

const TWO_20 = 2 ** 20;
const TWO_52 = 2 ** 52;

/** A whole number from 0 to below `bound`, which is at most 2^52; unbiased (rejection). */
function drawBelow(words: Uint32Array, bound: number): number {
  const limit = TWO_52 - (TWO_52 % bound);
  for (;;) {
    const drawn = nextOf(words) * TWO_20 + (nextOf(words) >>> 12);
    if (drawn < limit) return drawn % bound;
  }
}

function firstAbove(sums: Float64Array, drawn: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! > drawn) high = middle;
    else low = middle + 1;
  }
  return low;
}

function mixed(seed: number, epoch: number): number {
  return (seed + Math.imul(epoch + 1, 0x85ebca6b)) >>> 0;
}
