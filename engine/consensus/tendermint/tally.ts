import type { BitWords, Proposal } from './messages.ts';

/** Votes of one kind and round for one value. */
export interface Choice {
  value: number;
  digest: number;
  power: number;
  readonly signers: Uint32Array;
}

/** Votes of one kind and round. Objects are used again: only the first `count` choices count. */
export interface Tally {
  readonly voters: Uint32Array;
  /** Of all voters, each once. */
  power: number;
  count: number;
  readonly choices: Choice[];
}

/** What a replica heard of a round. */
export interface RoundVotes {
  height: number;
  round: number;
  proposal: Proposal | undefined;
  readonly prevotes: Tally;
  readonly precommits: Tally;
  /** Who said anything in it while it was still to come, and their power. */
  readonly heard: Uint32Array;
  heardPower: number;
}

export function emptyRound(height: number, round: number, words: number): RoundVotes {
  return {
    height,
    round,
    proposal: undefined,
    prevotes: emptyTally(words),
    precommits: emptyTally(words),
    heard: new Uint32Array(words),
    heardPower: 0,
  };
}

/** Makes a round that is over an empty one. */
export function reuseRound(votes: RoundVotes, height: number, round: number): RoundVotes {
  votes.height = height;
  votes.round = round;
  votes.proposal = undefined;
  clear(votes.prevotes);
  clear(votes.precommits);
  votes.heard.fill(0);
  votes.heardPower = 0;
  return votes;
}

/** When there are so many, only somebody's first vote opens another. */
const MANY_CHOICES = 256;

/**
 * Counts a vote. Answers the choice that it is now part of; undefined when it was counted before. Somebody who votes for two values counts for
 * each, since others may have seen either, and once for the whole.
 */
export function count(
  tally: Tally,
  author: number,
  power: number,
  value: number,
  digest: number,
): Choice | undefined {
  const word = author >>> 5;
  const bit = 1 << (author & 31);
  const isFirst = (tally.voters[word]! & bit) === 0;
  let choice = choiceOf(tally, value, digest);
  if (choice === undefined) {
    if (!isFirst && tally.count >= MANY_CHOICES) return undefined;
    choice = openChoice(tally, value, digest);
  } else if (!isFirst && (choice.signers[word]! & bit) !== 0) return undefined;
  choice.signers[word]! |= bit;
  choice.power += power;
  if (isFirst) {
    tally.voters[word]! |= bit;
    tally.power += power;
  }
  return choice;
}

export function choiceOf(tally: Tally, value: number, digest: number): Choice | undefined {
  for (let i = 0; i < tally.count; i++) {
    const choice = tally.choices[i]!;
    if (choice.value === value && choice.digest === digest) return choice;
  }
  return undefined;
}

export function powerFor(tally: Tally, value: number, digest: number): number {
  return choiceOf(tally, value, digest)?.power ?? 0;
}

export function hasBit(words: Uint32Array | BitWords, bit: number): boolean {
  return (words[bit >>> 5]! & (1 << (bit & 31))) !== 0;
}

export function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5]! |= 1 << (bit & 31);
}

export function bitWords(words: Uint32Array): BitWords {
  const copy: number[] = [];
  for (let i = 0; i < words.length; i++) copy.push(words[i]! | 0);
  return copy;
}

/** Whether something is bits of identities in so many words. What the words say need not be checked. */
export function isBitWords(given: unknown, words: number): given is BitWords {
  return Array.isArray(given) && given.length === words;
}

/** Whether `some` has a bit that `others` lacks. */
export function hasMore(some: Uint32Array, others: BitWords): boolean {
  for (let i = 0; i < some.length; i++) if ((some[i]! & ~(others[i] ?? 0)) !== 0) return true;
  return false;
}

/** Power of the identities whose bits are set; bits beyond them count nothing. */
export function powerOf(signers: BitWords, powers: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < powers.length; i++) if (hasBit(signers, i)) sum += powers[i]!;
  return sum;
}

function emptyTally(words: number): Tally {
  return { voters: new Uint32Array(words), power: 0, count: 0, choices: [] };
}

function clear(tally: Tally): void {
  tally.voters.fill(0);
  tally.power = 0;
  tally.count = 0;
}

function openChoice(tally: Tally, value: number, digest: number): Choice {
  let choice = tally.choices[tally.count];
  if (choice === undefined) {
    choice = { value, digest, power: 0, signers: new Uint32Array(tally.voters.length) };
    tally.choices.push(choice);
  } else {
    choice.value = value;
    choice.digest = digest;
    choice.power = 0;
    choice.signers.fill(0);
  }
  tally.count++;
  return choice;
}
