import type { RunLog } from '../../store/consensus/runLog.ts';

/** Where a block stands in the tree: heights to the right, a lane a branch. */
export interface TreePlace {
  readonly id: number;
  readonly parent: number;
  readonly height: number;
  readonly lane: number;
}

export interface Tree {
  readonly places: readonly TreePlace[];
  readonly lanes: number;
}

/**
 * Lays out blocks in the order of their numbers: the first child of a block goes on in its lane, others take the lowest that is free from there.
 * So nothing moves when blocks are added. Costs O(blocks × lanes).
 */
export function layoutTree(blocks: readonly { id: number; parent: number; height: number }[]): Tree {
  const places = new Map<number, TreePlace>();
  /** Height of the last block in each lane. */
  const ends: number[] = [];
  for (const { id, parent, height } of blocks) {
    const before = places.get(parent);
    let lane = before === undefined || id === parent ? 0 : before.lane;
    if (before !== undefined && (ends[lane] ?? -1) > before.height) {
      lane = ends.findIndex((end) => end < height);
      if (lane < 0) lane = ends.length;
    }
    ends[lane] = Math.max(ends[lane] ?? -1, height);
    places.set(id, { id, parent, height, lane });
  }
  return { places: [...places.values()], lanes: Math.max(1, ends.length) };
}

/** What replicas make of a block by a moment. */
export interface BlockStanding {
  /** Replicas whose chain ends in it, and that decided it. */
  readonly heads: readonly number[];
  readonly decided: number;
  readonly justified: boolean;
  readonly finalised: boolean;
}

/** By block number. A replica that decided a block decided those before it too. */
export function standingsAt(log: RunLog, events: number): ReadonlyMap<number, BlockStanding> {
  const heads = new Map<number, number[]>();
  const decided = new Map<number, number>();
  for (let node = 0; node < log.nodes; node++) {
    const state = log.stateAt(node, events);
    if (state.head >= 0) heads.set(state.head, [...(heads.get(state.head) ?? []), node]);
    for (let id = state.decided; id > 0; id = log.blocks[id]?.parent ?? 0) {
      decided.set(id, (decided.get(id) ?? 0) + 1);
    }
  }
  const justified = new Set<number>();
  const finalised = new Set<number>();
  for (const mark of log.marks) {
    if (mark.events > events) break;
    if (mark.kind === 'justified') justified.add(mark.value);
    else if (mark.kind === 'finalised') finalised.add(mark.value);
  }
  const standings = new Map<number, BlockStanding>();
  for (const { id } of log.blocks) {
    standings.set(id, {
      heads: heads.get(id) ?? [],
      decided: decided.get(id) ?? 0,
      justified: justified.has(id),
      finalised: finalised.has(id),
    });
  }
  return standings;
}
