import type { ExpectedDigests } from '../api/scenario.ts';
import { SCENARIO_LIMITS } from './limits.ts';

/** Hexadecimal digits of a checkpoint: four bytes. */
export const CHECKPOINT_DIGITS = 8;

/** Heights of the checkpoints of a chain: at most 32, evenly spread, the last block left to the digest itself. */
export function checkpointHeights(blocks: number): number[] {
  const count = Math.min(SCENARIO_LIMITS.checkpoints, Math.max(0, blocks - 1));
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 1) * blocks) / (count + 1)));
}

/** What a chain is expected to give, from its digests by height (hexadecimal, genesis first). */
export function expectedDigests(digests: readonly string[]): ExpectedDigests {
  const blocks = digests.length - 1;
  return {
    digest: digests[blocks]!,
    checkpoints: checkpointHeights(blocks).map((height) => [
      height,
      digests[height]!.slice(0, CHECKPOINT_DIGITS),
    ]),
  };
}

/**
 * Between which heights a chain left what was expected of it: at the first everything was still the same, at the
 * second no longer. Null when it never did. Genesis counts as the same, since nothing vouches for it.
 */
export function differsBetween(
  expected: ExpectedDigests,
  digests: readonly string[],
): readonly [number, number] | null {
  let same = 0;
  const blocks = digests.length - 1;
  for (const [height, prefix] of [...expected.checkpoints, [blocks, expected.digest] as const]) {
    if (digests[height]?.startsWith(prefix) !== true) return [same, height];
    // A checkpoint at the last block says less of it than the digest does.
    if (height < blocks) same = height;
  }
  return null;
}
