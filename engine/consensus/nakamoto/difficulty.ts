import { type Block, GENESIS } from '../contract.ts';
import type { NakamotoSettings } from './settings.ts';

/** The difficulty at which the whole hash rate finds a block an interval on average. */
export const UNIT_DIFFICULTY = 1_000_000;
/** So that the work of two million blocks is still a whole number. */
const MOST_DIFFICULTY = 2 ** 32;
/** Longest mean waiting time that is drawn from, µs: half a year. */
const MOST_MEAN_US = 2 ** 44;
/** No adjustment goes further than by this factor. */
const CLAMP = 4;
/** Blocks whose times' median a block's time must exceed. */
const MEDIAN_BLOCKS = 11;

/** What stands in a block's `extra`. */
export interface Proof {
  readonly difficulty: number;
  /** Of the chain up to and with this block. */
  readonly work: number;
}

type BlockOf = (id: number) => Block;

export function workOf(block: Block): number {
  return block.id === GENESIS ? 0 : (block.extra as Proof).work;
}

/**
 * The difficulty of the block on `parent`: Bitcoin's rule. It is adjusted at heights that are a multiple of the period, by the time from the first to
 * the last block of the period before: one interval fewer than there are blocks, which is Bitcoin's well-known slip.
 */
export function nextDifficulty(settings: NakamotoSettings, parent: Block, blockOf: BlockOf): number {
  const { retargetBlocks, blockIntervalUs, startDifficultyPermille } = settings;
  const current =
    parent.id === GENESIS
      ? (UNIT_DIFFICULTY / 1000) * startDifficultyPermille
      : (parent.extra as Proof).difficulty;
  if (retargetBlocks === 0 || (parent.height + 1) % retargetBlocks !== 0) return current;
  let first = parent;
  for (let i = 1; i < retargetBlocks; i++) first = blockOf(first.parent);
  return retargeted(current, parent.timeUs - first.timeUs, retargetBlocks * blockIntervalUs);
}

/** A difficulty after a period that took `tookUs` where `targetUs` were wanted. */
export function retargeted(difficulty: number, tookUs: number, targetUs: number): number {
  const took = Math.min(Math.max(tookUs, Math.ceil(targetUs / CLAMP)), targetUs * CLAMP);
  const adjusted = Number((BigInt(difficulty) * BigInt(targetUs)) / BigInt(took));
  return Math.min(Math.max(adjusted, 1), MOST_DIFFICULTY);
}

/** The median of the last eleven times: a block's time must be greater. */
export function medianTimePast(parent: Block, blockOf: BlockOf): number {
  const times: number[] = [];
  let block = parent;
  while (times.length < MEDIAN_BLOCKS) {
    times.push(block.timeUs);
    if (block.id === GENESIS) break;
    block = blockOf(block.parent);
  }
  times.sort((a, b) => a - b);
  return times[times.length >> 1]!;
}

/** Whether `timeUs` is greater than {@link medianTimePast}, for which it mostly suffices to see six blocks. */
export function isAfterMedian(timeUs: number, parent: Block, blockOf: BlockOf): boolean {
  let block = parent;
  let earlier = 0;
  let seen = 0;
  for (;;) {
    if (block.timeUs < timeUs) earlier++;
    seen++;
    if (seen === MEDIAN_BLOCKS || block.id === GENESIS) return earlier > seen >> 1;
    if (earlier > MEDIAN_BLOCKS >> 1) return true;
    block = blockOf(block.parent);
  }
}

/** Mean time until a miner finds a block, µs. */
export function meanWaitUs(
  settings: NakamotoSettings,
  power: number,
  totalPower: number,
  difficulty: number,
): number {
  const mean =
    (BigInt(settings.blockIntervalUs) * BigInt(totalPower) * BigInt(difficulty)) /
    (BigInt(power) * BigInt(UNIT_DIFFICULTY));
  return mean > BigInt(MOST_MEAN_US) ? MOST_MEAN_US : Math.max(1, Number(mean));
}
