import { CONFLICT, type Edges } from './edges.ts';

/** The heaviest chain of transactions that must run one after another. */
export interface LongestChain {
  /** Its work. */
  readonly work: number;
  /** Its transactions, in order. */
  readonly path: Int32Array;
  /** Depth of each transaction in edges, from 0: the first wave it can run in. */
  readonly wave: Int32Array;
  /** How many waves there are. */
  readonly waves: number;
}

/**
 * Walks the edges once, in the order of their ends. `weights` is each transaction's work. With
 * `allKinds`, every edge counts (one version of a key); else a read waits for a write alone
 * (many versions of a key).
 */
export function longestChain(edges: Edges, weights: ArrayLike<number>, allKinds: boolean): LongestChain {
  const count = weights.length;
  const wave = new Int32Array(count);
  const finish = new Float64Array(count);
  const before = new Int32Array(count).fill(-1);
  let edge = 0;
  let last = -1;
  let waves = 0;
  for (let tx = 0; tx < count; tx++) {
    let start = 0;
    for (; edge < edges.count && edges.to[edge] === tx; edge++) {
      if (!allKinds && edges.kind[edge] !== CONFLICT.readAfterWrite) continue;
      const from = edges.from[edge]!;
      if (wave[from]! >= wave[tx]!) wave[tx] = wave[from]! + 1;
      if (finish[from]! > start) {
        start = finish[from]!;
        before[tx] = from;
      }
    }
    finish[tx] = start + weights[tx]!;
    if (last < 0 || finish[tx]! > finish[last]!) last = tx;
    waves = Math.max(waves, wave[tx]! + 1);
  }
  const path: number[] = [];
  for (let tx = last; tx >= 0; tx = before[tx]!) path.push(tx);
  return {
    work: last < 0 ? 0 : finish[last]!,
    path: Int32Array.from(path.reverse()),
    wave,
    waves,
  };
}
