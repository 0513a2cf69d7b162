import type { Comparison } from '../../api/index.ts';
import { toHex } from '../../base/bytes.ts';
import type { ChainBlock } from '../../chain/blockTree.ts';
import type { BlockComparison } from '../../chain/comparison.ts';
import { keyText, readKeyParts } from '../../moduleSdk/index.ts';
import { valueJson } from './decode.ts';

const MOST_SHOWN = 200;

/** In what two blocks differ, in the words of the door. */
export function comparisonJson(
  left: ChainBlock,
  right: ChainBlock,
  { fork, differences }: BlockComparison,
): Comparison {
  return {
    left: { branch: left.branch, height: left.height, digest: toHex(left.digest) },
    right: { branch: right.branch, height: right.height, digest: toHex(right.digest) },
    forkHeight: fork.height,
    differingKeys: differences.length,
    differences: differences.slice(0, MOST_SHOWN).map(({ table, key, left: a, right: b }) => ({
      key: keyText(table, readKeyParts(table, key, 0)),
      left: valueJson(table, a),
      right: valueJson(table, b),
    })),
  };
}
