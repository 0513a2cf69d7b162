import type { ModuleSet } from '../../moduleSdk/index.ts';
import type { AccessSet } from '../outcome.ts';
import { conflictEdges, type Edges } from './edges.ts';
import { hotKeys, type HotKey } from './hotKeys.ts';
import { longestChain } from './longestChain.ts';
import { byAccount } from './resources.ts';

const MOST_HOT_KEYS = 16;

/** What a committed block touched, in its order. */
export interface CommittedAccesses {
  readonly accesses: readonly AccessSet[];
  /** Words of the keys that accesses name. */
  readonly keys: readonly Uint32Array[];
  /** Work of each transaction; gas stands for time. */
  readonly work: readonly number[];
}

/** Who must wait for whom in a committed block, and how fast it could be at best. */
export interface ConflictGraph {
  readonly edges: Edges;
  /** Words of what {@link Edges.key} and {@link hotKeys} number: keys, or account markers. */
  readonly keys: readonly Uint32Array[];
  /** Depth of each transaction over read-after-write edges, from 0. */
  readonly wave: Int32Array;
  readonly waves: number;
  /** Waves when every kind of edge counts. */
  readonly wavesSingleVersion: number;
  /** Transactions of the longest chain over read-after-write edges by work, in order. */
  readonly criticalPath: Int32Array;
  readonly hotKeys: readonly HotKey[];
  /** Total work / critical work over read-after-write edges: what several versions of a key allow. */
  readonly idealSpeedup: number;
  /** The same over every edge: what one version of a key allows. */
  readonly idealSpeedupSingleVersion: number;
}

/**
 * The conflict graph of a committed block, by single key or, with `accountGranularity`, by account.
 * Takes O(accesses).
 */
export function conflictGraph(
  modules: ModuleSet,
  committed: CommittedAccesses,
  accountGranularity: boolean,
): ConflictGraph {
  const { keys, accesses } = accountGranularity
    ? byAccount(modules, committed.keys, committed.accesses)
    : committed;
  const edges = conflictEdges(accesses, keys.length);
  // What was refused used no gas; it still takes a moment.
  const weights = committed.work.map((work) => Math.max(1, work));
  const total = weights.reduce((sum, work) => sum + work, 0);
  const versioned = longestChain(edges, weights, false);
  const single = longestChain(edges, weights, true);
  return {
    edges,
    keys,
    wave: versioned.wave,
    waves: versioned.waves,
    wavesSingleVersion: single.waves,
    criticalPath: versioned.path,
    hotKeys: hotKeys(accesses, keys.length, MOST_HOT_KEYS),
    idealSpeedup: total === 0 ? 1 : total / versioned.work,
    idealSpeedupSingleVersion: total === 0 ? 1 : total / single.work,
  };
}
