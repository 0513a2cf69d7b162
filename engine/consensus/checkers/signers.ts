import type { World } from '../observer.ts';

/** A set of identities or nodes as a bit each, lowest first, in words of 32. Plain numbers: there are many of these, most of one word. */
export type Signers = number[];

export function emptySigners(identities: number): Signers {
  const words: Signers = [0];
  for (let more = (identities - 1) >>> 5; more > 0; more--) words.push(0);
  return words;
}

export function has(signers: ArrayLike<number>, identity: number): boolean {
  return ((signers[identity >>> 5] ?? 0) & (1 << (identity & 31))) !== 0;
}

export function add(signers: Signers, identity: number): void {
  signers[identity >>> 5]! |= 1 << (identity & 31);
}

export function take(signers: Signers, identity: number): void {
  signers[identity >>> 5]! &= ~(1 << (identity & 31));
}

/** Those in a set, ascending. */
export function membersOf(signers: ArrayLike<number>): number[] {
  const members: number[] = [];
  for (let word = 0; word < signers.length; word++) {
    for (let rest = signers[word]!; rest !== 0; rest &= rest - 1) {
      members.push(32 * word + 31 - Math.clz32(rest & -rest));
    }
  }
  return members;
}

export function powerOf(signers: ArrayLike<number>, powers: readonly number[]): number {
  let power = 0;
  for (const identity of membersOf(signers)) power += powers[identity] ?? 0;
  return power;
}

/** Thousandths that stand for more than two thirds, and for two thirds at least, which they cannot name. */
const MORE_THAN_TWO_THIRDS = 667;
const TWO_THIRDS_AT_LEAST = 666;

/** Whether so much power is a quorum. */
export function isQuorum(world: World, power: number): boolean {
  const { quorumPermille, totalPower } = world;
  if (quorumPermille === MORE_THAN_TWO_THIRDS) return 3 * power > 2 * totalPower;
  if (quorumPermille === TWO_THIRDS_AT_LEAST) return 3 * power >= 2 * totalPower;
  return 1000 * power > quorumPermille * totalPower;
}

/** Whether so much power can be in two quorums, with nobody else in both: more than a third, or a third exactly where two thirds exactly are a quorum. */
export function isOverlap(world: World, power: number): boolean {
  const threefold = 3 * power;
  if (threefold !== world.totalPower) return threefold > world.totalPower;
  return isQuorum(world, world.totalPower - power);
}

/** Whether an identity never lied, never had a lying disk, and runs once. Nodes of the first copies have their identity's number. */
export function isHonest(world: World, identity: number): boolean {
  return !world.isFaulty(identity);
}

export function faultyPower(world: World): number {
  const { powers } = world;
  let power = 0;
  for (let identity = 0; identity < powers.length; identity++) {
    if (world.isFaulty(identity)) power += powers[identity]!;
  }
  return power;
}
